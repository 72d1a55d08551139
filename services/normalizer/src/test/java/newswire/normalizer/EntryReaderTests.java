package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import newswire.contract.Article;
import newswire.contract.Format;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the fields of each syntax become. */
class EntryReaderTests {

    private static Article rss(String item) {
        return Raw.normalized(Raw.of(Format.RSS_2_0, Raw.rss(item))).article();
    }

    private static Article atom(String feed, String entry) {
        var document = """
                <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://b.example/blog/">
                  <title type="html">B &amp;amp; C</title><link href="https://b.example/"/><updated>2020-03-31T08:00:00Z</updated>
                  %s<entry>%s</entry>
                </feed>""".formatted(feed, entry);
        return Raw.normalized(Raw.of(Format.ATOM_1_0, document)).article();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A &amp;amp; B                     | A & B
            A &amp; B                         | A & B
            <![CDATA[A <b>bold</b> word]]>    | A bold word
            1 &lt; 2                          | 1 < 2
            It&amp;#8217;s                    | It’s
            A\u202Etxt.exe                    | Atxt.exe
            """)
    void titleIsPlainText(String title, String plain) {
        assertThat(rss("<title>" + title + "</title><guid>1</guid>").title()).isEqualTo(plain);
    }

    @Test
    void titleIsDerivedFromTheFirstSentence() {
        var article = rss("<guid>1</guid><description>It rained. Then it stopped.</description>");
        assertThat(article.title()).isEqualTo("It rained.");
        assertThat(article.headlines().getFirst().role()).isEqualTo("derived");
        assertThat(article.provenance().flags()).contains("title-derived");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <author>jane@a.example (Jane Roe)</author>                    | Jane Roe
            <author>Jane Roe &lt;jane@a.example&gt;</author>              | Jane Roe
            <dc:creator>By Jane Roe</dc:creator>                          | Jane Roe
            <dc:creator>Jane Roe</dc:creator><dc:creator>Joe Doe</dc:creator> | Jane Roe, Joe Doe
            <dc:creator>Jane Roe and Joe Doe</dc:creator>                 | Jane Roe and Joe Doe
            <author>noreply@blogger.com (Jane Roe)</author>               | Jane Roe
            """)
    void bylineIsVerbatim(String element, String by) {
        assertThat(rss("<guid>1</guid><title>T</title>" + element).by()).isEqualTo(by);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <guid>https://a.example/one</guid>                                                          | https://a.example/one
            <guid isPermaLink='false'>https://a.example/?p=1</guid>                                     |
            <guid ispermalink='false'>https://a.example/?p=1</guid>                                     |
            <guid isPermaLink='false'>x</guid><link> https://a.example/one </link>                      | https://a.example/one
            <guid isPermaLink='false'>x</guid><link/><atom:link rel='alternate' href='/one'/>           | https://www.dailynk.com/one
            <guid isPermaLink='false'>x</guid><link>javascript:alert(1)</link>                          |
            """)
    void addressIsThePermalink(String elements, URI url) {
        assertThat(rss("<title>T</title>" + elements).url()).isEqualTo(url);
    }

    @Test
    void descriptionBesideAContentIsASummary() {
        var article = rss("<guid>1</guid><title>T</title><description>In short.</description>"
                + "<content:encoded>&lt;p&gt;The whole story.&lt;/p&gt;</content:encoded>");
        assertThat(article.bodies().getFirst().value()).isEqualTo("The whole story.");
        assertThat(article.descriptions())
                .containsExactly(new Article.Description("summary", "text/plain", "In short."));
        assertThat(article.representationType()).isEqualTo(Article.RepresentationType.FULL);
        assertThat(article.provenance().contentSource()).isEqualTo("feed-content");
    }

    @Test
    void shortDescriptionAloneIsAPart() {
        var article = rss("<guid>1</guid><title>T</title><description>In short.</description>");
        assertThat(article.bodies().getFirst().value()).isEqualTo("In short.");
        assertThat(article.representationType()).isEqualTo(Article.RepresentationType.PARTIAL);
        assertThat(article.provenance().contentSource()).isEqualTo("feed-summary");
    }

    @Test
    void tooMuchOfAnythingIsCut() {
        var many = IntStream.range(0, 10_000)
                .mapToObj(n -> "<category>c%1$d</category><dc:creator>Jane Roe %1$d</dc:creator>".formatted(n)
                        + "<enclosure url='https://a.example/%d.mp3' type='audio/mpeg'/>".formatted(n))
                .collect(Collectors.joining());
        var article = rss("<guid>1</guid><title>x%s</title><description>x%s</description>%s"
                .formatted("\uD83D\uDE00".repeat(250_000), "\uD83D\uDE00".repeat(1_250_000), many));
        assertThat(article.title().codePointCount(0, article.title().length())).isEqualTo(1_000);
        var body = article.bodies().getFirst().value();
        assertThat(body.length()).isBetween(500_000, 512 * 1024);
        assertThat(body.codePoints()).as("no half of a character").noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
        assertThat(article.provenance().flags()).contains("body-truncated");
        assertThat(article.subjects()).hasSize(50);
        assertThat(article.contributors()).hasSize(20);
        assertThat(article.associations()).hasSizeBetween(1, 40);
        assertThat(Encoding.encode(article).length).isLessThan(4_000_000);
    }

    @Test
    void futureDateIsKeptButNotChosen() {
        var article = rss("<guid>1</guid><title>T</title><pubDate>Tue, 31 Mar 2026 08:00:00 GMT</pubDate>");
        assertThat(article.datePublished()).isNull();
        assertThat(article.dates().getFirst().flags()).containsExactly("future");
        assertThat(article.provenance().flags()).contains("date-future", "date-missing");
    }

    @Test
    void dateWithZoneIsChosenBeforeOneWithout() {
        var article = rss(
                "<guid>1</guid><title>T</title><pubDate>31 Mar 2020 04:00:00</pubDate><dc:date>2020-03-31T07:00:00+09:00</dc:date>");
        assertThat(article.datePublished()).isEqualTo(Instant.parse("2020-03-30T22:00:00Z"));
    }

    @Test
    void mediaOfOneGroupAreRenditionsOfOneThing() {
        var article = rss("""
                <guid>1</guid><title>T</title>
                <media:content url="https://i0.wp.com/a.example/boat.jpg?w=300" medium="image"><media:credit>Jane</media:credit></media:content>
                <media:group><media:content url="/film-hd.mp4" type="video/mp4" width="1280" height="720"/>
                <media:content url="/film-sd.mp4" type="video/mp4" width="640" height="360"/></media:group>
                <content:encoded><![CDATA[<p>Text</p><img src="https://a.example/boat-300x200.jpg" alt="A boat">
                <img src="https://a.example/dot.gif" width="1" height="1"><img src="https://secure.gravatar.com/avatar/1">]]></content:encoded>
                """);
        assertThat(article.associations()).extracting(Article.Association::name).contains("image-1", "video-1");
        assertThat(article.associations().stream().filter(it -> it.type().equals("picture")))
                .hasSize(1);
        var picture = article.associations().stream()
                .filter(it -> it.name().equals("image-1"))
                .findFirst()
                .orElseThrow();
        assertThat(picture.by()).isEqualTo("Jane");
        assertThat(picture.renditions()).hasSize(2);
        assertThat(picture.descriptions()).containsExactly(new Article.Description("alt", "text/plain", "A boat"));
    }

    @Test
    void rdfHasItsItemBesideTheChannel() {
        var document = """
                <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
                    xmlns:dc="http://purl.org/dc/elements/1.1/">
                  <channel rdf:about="https://r.example/"><title>R</title><link>https://r.example/</link><dc:language>fr</dc:language></channel>
                  <item rdf:about="https://r.example/1"><title>Un</title><link>https://r.example/1</link>
                    <description>Texte</description><dc:date>2020-03-27T10:00:00+01:00</dc:date><dc:subject>Mer</dc:subject></item>
                </rdf:RDF>""";
        var article = Raw.normalized(Raw.of(Format.RSS_1_0, document)).article();
        assertThat(article.title()).isEqualTo("Un");
        assertThat(article.language()).isEqualTo("fr");
        assertThat(article.datePublished()).isEqualTo(Instant.parse("2020-03-27T09:00:00Z"));
        assertThat(article.subjects()).extracting(Article.Subject::name).containsExactly("Mer");
        assertThat(article.altIds()).extracting(Article.AltId::role).containsExactly("guid", "url");
        assertThat(article.infoSources().getFirst().name()).isEqualTo("R");
    }

    @Test
    void atomUpdatedNeverStandsInForPublished() {
        var article = atom("", "<id>x</id><title>T</title><updated>2020-03-27T10:00:00Z</updated>");
        assertThat(article.datePublished()).isNull();
        assertThat(article.dateModified()).isEqualTo(Instant.parse("2020-03-27T10:00:00Z"));
    }

    @Test
    void atomTextHasTypes() {
        var article = atom("<author><name>Feed Author</name></author>", """
                <id>x</id><title type="text">1 &lt; 2 &amp; "&lt;b&gt;"</title><link rel="alternate" type="text/html" href="one"/>
                <content type="xhtml" xml:base="https://c.example/d/"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>Eins
                <x:a href="zwei">zwei</x:a></x:p><x:script>alert(1)</x:script></x:div></content>
                """);
        assertThat(article.title()).isEqualTo("1 < 2 & \"<b>\"");
        assertThat(article.url()).isEqualTo(URI.create("https://b.example/blog/one"));
        assertThat(article.language()).isEqualTo("de");
        assertThat(article.by()).isEqualTo("Feed Author");
        assertThat(article.bodies().getFirst().value()).isEqualTo("Eins zwei");
        assertThat(article.bodies().get(1).value())
                .contains("href=\"https://c.example/d/zwei\"")
                .doesNotContain("script");
        assertThat(article.infoSources().getFirst().name()).isEqualTo("B & C");
    }

    @Test
    void otherAtomAlternatesAreTranslations() {
        var article = atom("", """
                <id>x</id><title>T</title><link rel="alternate" href="https://b.example/de/1"/>
                <link rel="alternate" hreflang="en" href="https://b.example/en/1"/>
                """);
        assertThat(article.url()).isEqualTo(URI.create("https://b.example/de/1"));
        assertThat(article.languageVersions())
                .containsExactly(new Article.LanguageVersion(
                        "en", "unknown", URI.create("https://b.example/en/1"), null, List.of("hreflang")));
    }

    @Test
    void jsonFeed() {
        var document = """
                {"version":"https://jsonfeed.org/version/1.1","title":"J","home_page_url":"https://j.example/","language":"ja",
                 "items":[{"id":7,"url":"https://j.example/7","title":"題","content_html":"<p>本文</p>","summary":"要約",
                 "date_published":"2020-03-27T10:00:00+09:00","authors":[{"name":"花子","url":"https://j.example/hanako"}],
                 "tags":["海"],"image":"https://j.example/7.jpg","attachments":[{"url":"https://j.example/7.mp3",
                 "mime_type":"audio/mpeg","size_in_bytes":10,"duration_in_seconds":3.5}]}]}""";
        var article = Raw.normalized(Raw.of(Format.JSON_FEED_1_1, document)).article();
        assertThat(article.altIds().getFirst()).isEqualTo(new Article.AltId("guid", "7"));
        assertThat(article.language()).isEqualTo("ja");
        assertThat(article.by()).isEqualTo("花子");
        assertThat(article.datePublished()).isEqualTo(Instant.parse("2020-03-27T01:00:00Z"));
        assertThat(article.descriptions())
                .extracting(Article.Description::value)
                .containsExactly("要約");
        assertThat(article.associations()).extracting(Article.Association::name).containsExactly("image-1", "audio-1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"version":"https://jsonfeed.org/version/1.1","items":[{"title":"T"}]} | item-without-id
            {"version":"https://jsonfeed.org/version/1.1","items":[]}              | not-a-feed
            [1]                                                                    | not-a-feed
            {"version":                                                            | malformed-json
            """)
    void jsonFeedIsRejected(String document, String code) {
        assertThat(Normalizer.normalize(Raw.of(Format.JSON_FEED_1_1, document)))
                .isInstanceOfSatisfying(
                        Normalizer.Rejected.class,
                        rejected -> assertThat(rejected.code()).hasToString(code));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <rss><channel>                                                             | malformed-xml
            <!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><rss>&e;</rss>       | malformed-xml
            <html/>                                                                    | not-a-feed
            <rss><channel><title>T</title></channel></rss>                             | not-a-feed
            <rss><channel><item/></channel></rss>                                      | item-without-identity
            """)
    void xmlIsRejected(String document, String code) {
        assertThat(Normalizer.normalize(Raw.of(Format.RSS_2_0, document)))
                .isInstanceOfSatisfying(
                        Normalizer.Rejected.class,
                        rejected -> assertThat(rejected.code()).hasToString(code));
    }

    @Test
    void newsSitemap() {
        var document = """
                <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
                <url><loc>https://s.example/1</loc><news:news><news:publication><news:name>S</news:name><news:language>el</news:language>
                </news:publication><news:publication_date>2020-03-27</news:publication_date><news:title>Τ</news:title></news:news></url></urlset>""";
        var article = Raw.normalized(Raw.of(Format.NEWS_SITEMAP, document)).article();
        assertThat(article.title()).isEqualTo("Τ");
        assertThat(article.language()).isEqualTo("el");
        assertThat(article.bodies()).isEmpty();
        assertThat(article.url()).isEqualTo(URI.create("https://s.example/1"));
        assertThat(article.dates().getFirst().precision()).isEqualTo("day");
    }

    @Test
    void feedInfoIsWhatTheDocumentSaysOfItself() {
        var info = NormalizerApplication.feedInfo(
                Format.RSS_2_0,
                Raw.rss("").replace("<description>", "<image><url>/logo.png</url></image><description>"),
                Raw.FEED);
        assertThat(info)
                .isEqualTo(new NormalizerApplication.FeedInfo(
                        "Daily NK",
                        "https://www.dailynk.com/english/",
                        "en-US",
                        "News of North Korea",
                        List.of(),
                        null,
                        "https://www.dailynk.com/logo.png"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <dcterms:creator>Jane Roe</dcterms:creator>                                               | author Jane Roe
            <media:credit role='photographer'>Jo Lund</media:credit>                                   | photographer Jo Lund
            <media:credit>Jo Lund</media:credit>                                                       | contributor Jo Lund
            <p:person xmlns:p='https://podcastindex.org/namespace/1.0' role='Guest'>Al Ice</p:person>  | contributor Al Ice
            <p:person xmlns:p='https://podcastindex.org/namespace/1.0' role='Author'>Al Ice</p:person> | author Al Ice
            <atom:contributor><atom:name>Al Ice</atom:name></atom:contributor>                         | contributor Al Ice
            <dc:contributor>Al Ice</dc:contributor>                                                    | contributor Al Ice
            """)
    void modulesCreditPeople(String element, String person) {
        assertThat(rss("<guid>1</guid><title>T</title>" + element).contributors())
                .extracting(it -> it.role() + " " + it.name())
                .containsExactly(person);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <dcterms:license>https://l.example/by</dcterms:license>                                              | https://l.example/by
            <atom:link rel='license' href='https://l.example/by'/>                                               | https://l.example/by
            <media:license href='https://l.example/by'>By</media:license>                                        | https://l.example/by
            <c:license xmlns:c='http://backend.userland.com/creativeCommonsRssModule'>https://l.example/by</c:license> | https://l.example/by
            """)
    void licenceIsWhereverItStands(String element, URI license) {
        var rights = rss("<guid>1</guid><title>T</title>" + element).rightsInfo();
        assertThat(rights).isEqualTo(new Article.RightsInfo(null, license));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <title>1990&#150;2020</title>                        | 1990–2020
            <title>&#147;So&#148; &#128;5&#133;</title>          | “So” €5…
            <title>&amp;#147;So&amp;#148;</title>                | “So”
            <title>a&#129;b</title>                              | ab
            <atom:title>Atom in RSS</atom:title>                 | Atom in RSS
            <dcterms:title>Terms</dcterms:title>                 | Terms
            """)
    void referencesOfWindowsAreWhatBrowsersShow(String element, String title) {
        assertThat(rss("<guid>1</guid>" + element).title()).isEqualTo(title);
    }

    @Test
    void defaultOfAGroupComesFirstAndSizesAreOnePicture() {
        var article = rss("""
                <guid>1</guid><title>T</title><media:group><media:content url="/small.jpg" medium="image" width="100" height="50"/>
                <media:content url="/large.jpg" medium="image" isDefault="true" width="800" height="400"/></media:group>""");
        assertThat(article.associations()).hasSize(1);
        assertThat(article.associations().getFirst().renditions())
                .extracting(Article.Rendition::width)
                .containsExactly(800, 100);
    }

    @Test
    void newsSitemapHasPicturesAndGenres() {
        var document = """
                <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
                  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
                <url><loc>https://s.example/1</loc><news:news><news:genres>Blog, Opinion</news:genres><news:title>T</news:title></news:news>
                <image:image><image:loc>https://s.example/1.jpg</image:loc><image:caption>A boat</image:caption></image:image></url></urlset>""";
        var article = Raw.normalized(Raw.of(Format.NEWS_SITEMAP, document)).article();
        assertThat(article.genres()).extracting(Article.Concept::name).containsExactly("opinion");
        assertThat(article.associations().getFirst().descriptions().getFirst().value())
                .isEqualTo("A boat");
    }

    @Test
    void atomHasTheTermsOfDublinCore() {
        var article = atom("", """
                <id>x</id><title>T</title><dc:created xmlns:dc="http://purl.org/dc/terms/">2020-03-01T00:00:00Z</dc:created>
                <dc:valid xmlns:dc="http://purl.org/dc/terms/">2021-03-01T00:00:00Z</dc:valid>
                <o:origLink xmlns:o="http://www.pheedo.com/namespace/pheedo">https://b.example/real</o:origLink>""");
        assertThat(article.contentCreated()).isEqualTo(Instant.parse("2020-03-01T00:00:00Z"));
        assertThat(article.expires()).isEqualTo(Instant.parse("2021-03-01T00:00:00Z"));
        assertThat(article.url()).isEqualTo(URI.create("https://b.example/real"));
    }
}
