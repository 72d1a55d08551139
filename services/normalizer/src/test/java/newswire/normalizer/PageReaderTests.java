package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import newswire.contract.Article;
import newswire.contract.Feed;
import newswire.contract.Format;
import newswire.contract.RawArticle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page adds to an entry, and what is believed where they differ. */
class PageReaderTests {
    private static final URI URL = URI.create("https://a.example/2020/rain");
    private static final String STORY =
            "<article><p>It rained for a week in the valley, and nobody minded.</p><p>Then the river rose, and everybody did.</p></article>";

    private static Article article(String item, String head, String body) {
        return article(Feed.Content.DEFAULT, item, head, body);
    }

    private static Article article(Feed.Content rules, String item, String head, String body) {
        var html = "<!DOCTYPE html><html><head>" + head + "</head><body>" + body + "</body></html>";
        var document = "<rss version=\"2.0\"><channel><title>A</title><item>%s<link>%s</link></item></channel></rss>"
                .formatted(item, URL);
        var raw = Raw.withPage(
                Raw.of(Raw.feed(URI.create("https://a.example/feed")), Format.RSS_2_0, document, Raw.FETCHED),
                URL,
                html);
        return Raw.normalized(withRules(raw, rules)).article();
    }

    private static RawArticle withRules(RawArticle raw, Feed.Content rules) {
        var from = raw.feed();
        var feed = new RawArticle.Origin(
                from.feedId(),
                from.xmlUrl(),
                from.publisher(),
                from.title(),
                from.language(),
                from.dates(),
                from.identity(),
                rules,
                from.updates(),
                from.rights());
        return new RawArticle(
                raw.schemaVersion(),
                raw.rawId(),
                feed,
                raw.fetch(),
                raw.repairs(),
                raw.format(),
                raw.document(),
                raw.entryDigest(),
                raw.page());
    }

    private static String ld(String json) {
        return "<script type=\"application/ld+json\">" + json + "</script>";
    }

    @Test
    void everythingFromJsonLd() {
        var article = article("", ld("""
                {"@context":"https://schema.org","@type":"OpinionNewsArticle","headline":"Rain &amp; river",
                 "alternativeHeadline":"A wet week","description":"How it came.","datePublished":"2020-03-30T08:00:00+09:00",
                 "dateModified":"2020-03-30T09:00:00+09:00","dateCreated":"2020-03-29T00:00:00Z","expires":"2021-01-01T00:00:00Z",
                 "author":[{"@type":"Person","name":"Jane Roe","url":"https://a.example/jane"},"Joe Doe"],
                 "editor":{"name":"Ed Itor"},"translator":{"name":"Trans Lator"},
                 "publisher":{"@type":"Organization","name":"The A","url":"https://a.example/","logo":"https://a.example/logo.png"},
                 "sourceOrganization":{"name":"Wire Service"},"isBasedOn":{"name":"B Paper","url":"https://b.example/1"},
                 "image":{"@type":"ImageObject","url":"https://a.example/r.jpg","width":800,"height":"600","caption":"Rain","creditText":"Jo"},
                 "video":{"contentUrl":"https://a.example/r.mp4","name":"Film"},
                 "inLanguage":"en-GB","keywords":"rain, river","articleSection":["Weather"],"about":[{"name":"Floods"}],
                 "isAccessibleForFree":"False","copyrightHolder":{"name":"The A"},"copyrightNotice":"© The A",
                 "license":"https://creativecommons.org/licenses/by/4.0/","locationCreated":{"name":"Millbrook"},
                 "contentLocation":{"name":"Valley","geo":{"latitude":51.5,"longitude":-2.5}},
                 "correction":{"@type":"CorrectionComment","text":"The river is the Avon.","datePublished":"2020-03-31T00:00:00Z"},
                 "translationOfWork":{"@type":"NewsArticle","inLanguage":"cy","url":"https://a.example/cy/1"},
                 "digitalSourceType":"http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"}"""), STORY);
        assertThat(article.title()).isEqualTo("Rain & river");
        assertThat(article.headlines())
                .extracting(Article.Headline::value)
                .containsExactly("Rain & river", "A wet week");
        assertThat(article.descriptions())
                .extracting(Article.Description::value)
                .containsExactly("How it came.");
        assertThat(article.datePublished()).isEqualTo(Instant.parse("2020-03-29T23:00:00Z"));
        assertThat(article.dateModified()).isEqualTo(Instant.parse("2020-03-30T00:00:00Z"));
        assertThat(article.contentCreated()).isEqualTo(Instant.parse("2020-03-29T00:00:00Z"));
        assertThat(article.expires()).isEqualTo(Instant.parse("2021-01-01T00:00:00Z"));
        assertThat(article.by()).isEqualTo("Jane Roe, Joe Doe");
        assertThat(article.contributors())
                .extracting(person -> person.role() + " " + person.name())
                .containsExactly("author Jane Roe", "author Joe Doe", "editor Ed Itor", "translator Trans Lator");
        assertThat(article.infoSources())
                .extracting(source -> source.role() + " " + source.name())
                .containsExactly("publisher A", "agency Wire Service", "originator B Paper");
        assertThat(article.associations()).extracting(Article.Association::name).containsExactly("image-1", "video-1");
        var picture = article.associations().getFirst();
        assertThat(picture.by()).isEqualTo("Jo");
        assertThat(picture.descriptions().getFirst().value()).isEqualTo("Rain");
        assertThat(picture.renditions().getFirst().width()).isEqualTo(800);
        assertThat(article.language()).isEqualTo("en-GB");
        assertThat(article.subjects())
                .extracting(Article.Subject::name)
                .containsExactly("Weather", "Floods", "rain", "river");
        assertThat(article.genres()).extracting(Article.Concept::name).containsExactly("opinion");
        assertThat(article.representationType()).isEqualTo(Article.RepresentationType.PARTIAL);
        assertThat(article.copyrightHolder()).isEqualTo("The A");
        assertThat(article.copyrightNotice()).isEqualTo("© The A");
        assertThat(article.rightsInfo()).isNotNull();
        assertThat(article.located()).isEqualTo("Millbrook");
        assertThat(article.places().getFirst().geoJSON()).isEqualTo(new Article.GeoJson("Point", List.of(-2.5, 51.5)));
        assertThat(article.corrections().getFirst().text()).isEqualTo("The river is the Avon.");
        assertThat(article.languageVersions().getFirst())
                .isEqualTo(new Article.LanguageVersion(
                        "cy", "original", URI.create("https://a.example/cy/1"), null, List.of("json-ld")));
        assertThat(article.digitalSourceType()).isNotNull();
        assertThat(article.bodies().getFirst().value())
                .startsWith("It rained for a week")
                .endsWith("everybody did.");
        assertThat(article.provenance().contentSource()).isEqualTo("page");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"@type\":\"WebPage\"},{\"@type\":\"NewsArticle\",\"headline\":\"Told\"}]",
                "{\"@graph\":[{\"@type\":\"WebPage\"},{\"@type\":[\"Thing\",\"BlogPosting\"],\"headline\":\"Told\"}]}",
                "{\"@type\":\"WebPage\",\"mainEntity\":{\"@type\":\"Article\",\"headline\":\"Told\"}}",
                "{\"@type\":\"http://schema.org/NewsArticle\",\"headline\":[\"Told\",\"Other\"]}",
                "{\"@type\":\"NewsArticle\",\"headline\":\"Told\",}",
                "{\"@type\":\"NewsArticle\",\"headline\":\"Told\",\"articleBody\":\"a\nb\tc\"}",
                "{\"@type\":\"NewsArticle\",\"headline\":\"Told\",\"author\":{\"name\":\"Cut off",
                "<!-- {\"@type\":\"NewsArticle\",\"headline\":\"Told\"} -->",
                "//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"Told\"}\n//]]>",
                "/* c */ {'@type':'NewsArticle',headline:'Told'};",
                "{\"@type\":\"NewsArticle\",\"headline\":{\"@value\":\"Told\",\"@language\":\"en\"}}",
                "[{\"@type\":\"NewsArticle\",\"headline\":\"Other\",\"url\":\"https://a.example/other\"},"
                        + "{\"@type\":\"NewsArticle\",\"headline\":\"Told\",\"url\":\"https://a.example/2020/rain/\"}]",
                "{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"NewsArticle\",\"headline\":\"Other\"}],"
                        + "\"mainEntity\":{\"@type\":\"NewsArticle\",\"headline\":\"Told\"}}"
            })
    void jsonLdHasManyShapes(String json) {
        assertThat(article("", ld(json), STORY).title()).isEqualTo("Told");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "{",
                "[[[[",
                "{\"@type\":7}",
                "null",
                "\"x\"",
                "{\"@type\":\"NewsArticle\",\"headline\":{}}"
            })
    void brokenJsonLdHarmsNothing(String json) {
        var article =
                article("", "<meta property='og:title' content='Shared'>" + ld(json) + ld("[".repeat(5_000)), STORY);
        assertThat(article.title()).isEqualTo("Shared");
        assertThat(article.bodies().getFirst().value()).contains("It rained");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <meta property='og:title' content='Rain - The A'><meta property='og:site_name' content='The A'> | Rain
            <title>Rain – The A</title><meta property='og:site_name' content='The A'>                     | Rain
            <title>The A: Rain</title>                                                                    | The A: Rain
            <meta name='twitter:title' content='Rain'>                                                    | Rain
            """)
    void titleIsWithoutTheSite(String head, String title) {
        assertThat(article("", head, STORY).title()).isEqualTo(title);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # in the feed      | in the page        | title              | others
            Rain in the valley | Rain in the valley | Rain in the valley |
            Rain in…           | Rain in the valley | Rain in the valley |
            Rain in [...]      | Rain in the valley | Rain in the valley |
            Rain in…           | Other words        | Rain in…           | Other words
            Rain               | Rain in the valley | Rain               | Rain in the valley
            """)
    void feedsTitleStandsUnlessItIsCut(String feed, String page, String title, String others) {
        var article =
                article("<title>" + feed + "</title>", "<meta property='og:title' content='" + page + "'>", STORY);
        assertThat(article.title()).isEqualTo(title);
        assertThat(article.headlines().stream()
                        .skip(1)
                        .map(Article.Headline::value)
                        .toList())
                .isEqualTo(others == null ? List.of() : List.of(others));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <link rel='canonical' href='/2020/rain/'>                                                        | https://a.example/2020/rain/
            <link rel='canonical' href='https://a.example/rain?utm_source=x'>                                | https://a.example/rain
            <link rel='canonical' href='https://a.example/'>                                                 | https://a.example/2020/rain
            <link rel='canonical' href='https://a.example/1'><link rel='canonical' href='https://a.example/2'> | https://a.example/2020/rain
            <link rel='canonical' href='https://b.example/rain'>                                             | https://a.example/2020/rain
            <link rel='canonical' href='javascript:alert(1)'>                                                | https://a.example/2020/rain
            <link rel='canonical' href='https://a.example/'><meta property='og:url' content='https://a.example/og'> | https://a.example/og
            """)
    void addressIsTheCanonicalOneIfItCanBe(String head, URI url) {
        var article = article("<guid isPermaLink='false'>1</guid>", head, STORY);
        assertThat(article.url()).isEqualTo(url);
        assertThat(article.altIds())
                .contains(new Article.AltId("guid", "1"), new Article.AltId("url", "a.example/2020/rain"));
    }

    @Test
    void anotherPublishersCanonicalAddressIsWhereItCameFrom() {
        var article = article("", "<link rel='canonical' href='https://b.example/rain'>", STORY);
        assertThat(article.infoSources().get(1))
                .isEqualTo(new Article.InfoSource(
                        "b.example", "originator", URI.create("https://b.example/rain"), null, List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>Feed Author</dc:creator> | Feed Author
            <dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>A</dc:creator>           | Page Author
            ''                                                                               | Page Author
            """)
    void authorIsThePagesIfTheFeedHasNoneOrItsOwnName(String creator, String by) {
        assertThat(article(creator, "<meta name='author' content='Page Author'>", STORY)
                        .by())
                .isEqualTo(by);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <meta property='article:author' content='https://facebook.com/jane'> |
            <meta property='article:author' content='Jane Roe'>                  | Jane Roe
            <meta name='byl' content='By Jane Roe'>                              | Jane Roe
            <meta name='author' content='@jane'>                                 |
            """)
    void authorOfMetaIsAName(String head, String by) {
        assertThat(article("", head, STORY).by()).isEqualTo(by);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # date of the feed                               | head                                                                        | published
            <pubDate>Mon, 30 Mar 2020 08:00:00 GMT</pubDate> | <meta property='article:published_time' content='2020-03-30T07:30:00Z'>     | 2020-03-30T07:30:00Z
            <pubDate>Mon, 30 Mar 2020 08:00:00 GMT</pubDate> | <meta property='article:published_time' content='2020-03-30'>               | 2020-03-30T08:00:00Z
            <pubDate>Mon, 30 Mar 2020 08:00:00 GMT</pubDate> | <meta name='date' content='2020-03-29T07:30:00Z'>                           | 2020-03-30T08:00:00Z
            ''                                               | <meta name='dcterms.date' content='2020-03-29T07:30:00+02:00'>              | 2020-03-29T05:30:00Z
            ''                                               | <meta itemprop='datePublished' content='2020-03-29T07:30:00Z'>              | 2020-03-29T07:30:00Z
            """)
    void datesOfTheHeadAreWeighed(String item, String head, Instant published) {
        assertThat(article(item, head, STORY).datePublished()).isEqualTo(published);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # text of the feed                                                              | source
            It rained for a week in the valley, and nobody minded.                          | page
            It rained for a week [...]                                                      | page
            A quite different teaser of the same story that the page has nothing of at all. | feed-summary
            ''                                                                              | page
            """)
    void pagesTextTakesThePlaceOfASummary(String text, String source) {
        var article = article("<title>T</title><description>" + text + "</description>", "", STORY);
        assertThat(article.provenance().contentSource()).isEqualTo(source);
        assertThat(article.representationType())
                .isEqualTo(
                        source.equals("page") ? Article.RepresentationType.FULL : Article.RepresentationType.PARTIAL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # page                                                                             | source
            <p>It rained for a week in the valley, and nobody minded.</p>                      | feed-content
            <p>We use cookies. Do you agree to that, and to all of our partners doing so?</p>  | feed-content
            <p>It rained for a week in the valley, and nobody minded.</p><p>Then the river rose, and everybody did.</p><p>Nobody was hurt, the mayor said on Monday.</p> | page
            """)
    void noSentenceOfTheFeedsIsGivenUp(String page, String source) {
        var item = "<title>T</title><content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'><![CDATA["
                + STORY + "]]></content:encoded>";
        var article = article(item, "", "<article>" + page + "</article>");
        assertThat(article.provenance().contentSource()).isEqualTo(source);
        assertThat(article.bodies().getFirst().value()).contains("nobody minded.\n\nThen the river rose");
    }

    @ParameterizedTest
    @CsvSource({"FEED, feed-summary", "AUTO, page", "PAGE, page"})
    void feedsDefinitionSaysWhoseTextItIs(Feed.Content.Source wanted, String source) {
        var rules = new Feed.Content(wanted, List.of(), List.of(), List.of());
        var article = article(rules, "<title>T</title><description>It rained for a week.</description>", "", STORY);
        assertThat(article.provenance().contentSource()).isEqualTo(source);
    }

    @Test
    void feedsDefinitionSaysWhereTheTextIs() {
        var rules = new Feed.Content(null, List.of("((", ".none", ".here"), List.of(".promo", "]"), List.of());
        var body = "<div class='here'><p>One.</p><div class='promo'>Buy!</div></div>" + STORY
                + "<div class='here'><p>Two.</p></div>";
        var article = article(rules, "<title>T</title>", "", body);
        assertThat(article.bodies().getFirst().value()).isEqualTo("One.\n\nTwo.");
    }

    @Test
    void describedBodyStandsInForOneThatScriptsBuild() {
        var text = "It rained for a week. ".repeat(20).strip();
        var article = article(
                "<title>T</title>",
                ld("{\"@type\":\"NewsArticle\",\"articleBody\":\"" + text + "\\n\\nThen the river rose.\"}"),
                "<div id='root'><p>Please enable JavaScript to read this page.</p></div>");
        assertThat(article.bodies().getFirst().value()).isEqualTo(text + "\n\nThen the river rose.");
    }

    @Test
    void pageThatIsGoneWithdrawsTheArticle() {
        var raw = Raw.withPage(Raw.of(Format.RSS_2_0, Raw.rss("<guid>1</guid><title>T</title>")), URL, "");
        var page = new RawArticle.Page(URL, URL, 410, Raw.FETCHED, null, null, null, false);
        var gone = new RawArticle(
                raw.schemaVersion(),
                raw.rawId(),
                raw.feed(),
                raw.fetch(),
                raw.repairs(),
                raw.format(),
                raw.document(),
                raw.entryDigest(),
                page);
        assertThat(Raw.normalized(gone).article().pubStatus()).isEqualTo(Article.PubStatus.CANCELED);
    }

    @Test
    void languagesHaveAnOrder() {
        var locale = "<meta property='og:locale' content='de_DE'>";
        assertThat(article("<title>T</title>", locale, STORY).language()).isEqualTo("de-DE");
        assertThat(article("<title>T</title>", locale + "<meta http-equiv='content-language' content='fr'>", STORY)
                        .language())
                .isEqualTo("fr");
        assertThat(article("<title>T</title>", locale + ld("{\"@type\":\"NewsArticle\",\"inLanguage\":\"es\"}"), STORY)
                        .language())
                .isEqualTo("es");
    }

    @Test
    void alternatesAreOtherLanguages() {
        var article = article(
                "<title>T</title><language>en</language>",
                "<link rel='alternate' hreflang='de' href='/de/rain'><link rel='alternate' hreflang='x-default' href='/rain'>"
                        + "<link rel='alternate' hreflang='fr' href='/'>",
                STORY);
        assertThat(article.languageVersions())
                .containsExactly(new Article.LanguageVersion(
                        "de", "unknown", URI.create("https://a.example/de/rain"), null, List.of("hreflang")));
    }
}
