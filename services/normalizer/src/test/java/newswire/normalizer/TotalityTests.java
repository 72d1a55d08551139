package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import newswire.contract.Format;
import newswire.contract.RawArticle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every input has a result, soon. */
class TotalityTests {
    private static final List<String> PIECES = List.of(
            "<p>",
            "</p>",
            "<div>",
            "<a href='x'>",
            "</a>",
            "<br>",
            "<img src='a.jpg'>",
            "<figure>",
            "<figcaption>",
            "<table><tr><td>",
            "<script>",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]&gt;",
            "&amp;",
            "&#0;",
            "\u202E",
            "\uD83D\uDE00",
            "한국",
            " ",
            "\n\n",
            "Photo: ",
            " / Image: X",
            "[caption]",
            "Translated by ",
            "word ",
            "12 March 2020 ",
            "©",
            "a@b.example",
            "https://a.example/?utm_source=x#y",
            "%zz",
            "<",
            ">",
            "\"");

    @Provide
    Arbitrary<String> markup() {
        return Arbitraries.of(PIECES).list().ofMaxSize(60).map(pieces -> String.join("", pieces));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Property(tries = 400, seed = "2020")
    void anyTextInAnyFieldHasAResult(
            @ForAll("markup") String title, @ForAll("markup") String body, @ForAll("markup") String link) {
        var item = "<guid>1</guid><title>%s</title><link>%s</link><pubDate>%s</pubDate><description>%s</description>"
                .formatted(escaped(title), escaped(link), escaped(title), escaped(body));
        assertThat(Normalizer.normalize(Raw.of(Format.RSS_2_0, Raw.rss(item).replace("\u0000", ""))))
                .satisfiesAnyOf(
                        result -> assertThat(result).isInstanceOf(Normalizer.Normalized.class),
                        result -> assertThat(((Normalizer.Rejected) result).code())
                                .isEqualTo(RejectCode.MALFORMED_XML));
    }

    @Property(tries = 400, seed = "2020")
    void sanitisingTwiceIsSanitisingOnce(@ForAll("markup") String html) {
        var once = Html.read("<p>.</p>" + html, true, Raw.FEED).without(List.of(), java.util.Map.of());
        var twice = Html.read(once, true, Raw.FEED).without(List.of(), java.util.Map.of());
        assertThat(twice).isEqualTo(once);
    }

    @Property(tries = 400, seed = "2020")
    void anyDocumentHasAResult(@ForAll String document) {
        for (var format : Format.values()) {
            assertThat(Normalizer.normalize(Raw.of(format, document))).isInstanceOf(Normalizer.Rejected.class);
        }
    }

    @Test
    void hugeAndDeepInputsEndSoon() {
        var bodies = List.of(
                "<div>".repeat(100_000),
                "<b><i>".repeat(50_000),
                "<table><tr><td>".repeat(20_000),
                "x".repeat(3_000_000),
                "a@".repeat(200_000),
                "(Photo: ".repeat(50_000),
                "( ".repeat(200),
                "Translated by A".repeat(30_000),
                "1 ".repeat(300_000),
                "\n \n".repeat(200_000),
                "[caption".repeat(50_000),
                " ".repeat(500_000),
                "[".repeat(500_000));
        for (var body : bodies) {
            var raw = Raw.of(
                    Format.RSS_2_0,
                    Raw.rss("<guid>1</guid><title>T</title><description>%s</description>".formatted(escaped(body))));
            org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThat(Normalizer.normalize(raw)).isInstanceOf(Normalizer.Normalized.class));
        }
    }

    /** Values repeat something so often that a pattern which recurses for each would overflow the stack. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.", "-a", " van", ", ", " and A", "a ", " A", "(", "A, ", "<b>", "1 ", "%41", "/a", "=a&", "@a", ".a"
            })
    void longValuesInAnyFieldAreNoAttack(String unit) {
        var value = escaped("en" + unit.repeat(20_000));
        var item = """
                <guid isPermaLink="false">%1$s</guid><title>%1$s</title><link>https://%1$s.example/%1$s?%1$s#%1$s</link>
                <author>a@%1$s (%1$s)</author><dc:creator>%1$s</dc:creator><dc:language>%1$s</dc:language>
                <category domain="%1$s">%1$s</category><pubDate>%1$s</pubDate><dc:rights>%1$s</dc:rights>
                <source url="%1$s">%1$s</source><media:content url="%1$s" type="%1$s" medium="%1$s"/>
                <enclosure url="https://a.example/%1$s" type="%1$s" length="%1$s"/>
                <description>Translated by A%1$s</description><content:encoded>Photo: A%1$s (AP) - A%1$s</content:encoded>
                """.formatted(value);
        Raw.normalized(Raw.of(Format.RSS_2_0, Raw.rss(item)));
    }

    @Test
    void deepXmlIsRejected() {
        var deep = "<rss><channel><item>" + "<a>".repeat(5_000) + "</a>".repeat(5_000) + "</item></channel></rss>";
        assertThat(Normalizer.normalize(Raw.of(Format.RSS_2_0, deep))).isInstanceOf(Normalizer.Rejected.class);
        var json = "{\"items\":[{\"id\":\"1\",\"tags\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}]}";
        assertThat(Normalizer.normalize(Raw.of(Format.JSON_FEED_1_1, json))).isInstanceOf(Normalizer.Rejected.class);
    }

    @Test
    void manyReferencesAreNoAttack() {
        var item = "<guid>1</guid><description>" + "&lt;p&gt;a&lt;/p&gt;".repeat(30_000) + "</description>";
        assertThat(Normalizer.normalize(Raw.of(Format.RSS_2_0, Raw.rss(item))))
                .isInstanceOf(Normalizer.Normalized.class);
    }

    @Provide
    Arbitrary<String> brokenPages() {
        var pages = LabelledPage.all().stream().map(LabelledPage::html).toList();
        return Combinators.combine(
                        Arbitraries.of(pages),
                        Arbitraries.of(PIECES).list().ofMinSize(1).ofMaxSize(8),
                        Arbitraries.integers().between(0, 100_000))
                .as(TotalityTests::broken);
    }

    private static String broken(String page, List<String> pieces, int seed) {
        var random = new Random(seed);
        var broken = new StringBuilder(page);
        for (var piece : pieces) {
            int at = random.nextInt(broken.length());
            broken.replace(at, Math.min(broken.length(), at + random.nextInt(40)), piece);
        }
        return broken.toString();
    }

    @Property(tries = 300, seed = "2020")
    void anyPageHasAnArticleAndTheSameAgain(@ForAll("brokenPages") String page) {
        var raw = paged(page);
        var article = Raw.normalized(raw).article();
        assertThat(Raw.normalized(raw).article()).isEqualTo(article);
        for (var body : article.bodies()) {
            boolean html = body.role().equals("html");
            if (html) {
                assertThat(Html.read(body.value(), true, Raw.FEED).without(List.of(), java.util.Map.of()))
                        .doesNotContainIgnoringCase("<script", "<iframe", "javascript:", " onerror=");
            }
        }
    }

    private static RawArticle paged(String page) {
        var item = "<guid isPermaLink='false'>1</guid><title>T</title><link>https://www.dailynk.com/1</link>";
        return Raw.withPage(
                Raw.of(Format.RSS_2_0, Raw.rss(item)), java.net.URI.create("https://www.dailynk.com/1"), page);
    }

    @Test
    void hugeAndDeepPagesEndSoon() {
        var sentence = "<p>It rained for a week in the valley, and nobody minded.</p>";
        var pages = List.of(
                "<div>".repeat(200_000) + sentence,
                "<div class='a-b c-d'>".repeat(100_000) + sentence,
                ("<div class='x'>" + sentence).repeat(20_000),
                "<b><i><a href='x'>".repeat(60_000) + "x",
                "<span>".repeat(200_000) + sentence,
                "<span><div>".repeat(100_000) + sentence,
                "<ul><li><a href='x'>Some title of some story</a>".repeat(50_000),
                sentence.repeat(40_000),
                "<p>x</p>".repeat(200_000),
                "<table><tr><td>".repeat(60_000) + sentence,
                "<h2>Heading</h2>".repeat(100_000),
                "<div class='" + "a-".repeat(500_000) + "'>" + sentence,
                "<div class='" + "a ".repeat(300_000) + "'>" + sentence,
                "<meta name='a' content='b'>".repeat(100_000) + sentence,
                "<link rel='alternate' hreflang='de' href='x'>".repeat(100_000) + sentence,
                "<link rel='" + "a ".repeat(500_000) + "' href='x'>" + sentence,
                "<script type='application/ld+json'>" + "{\"@graph\":[".repeat(300_000) + "</script>" + sentence,
                "<script type='application/ld+json'>[" + "{\"@type\":\"NewsArticle\"},".repeat(100_000) + "</script>"
                        + sentence,
                "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\""
                        + "word ".repeat(400_000) + "\"}</script>" + sentence.repeat(5_000),
                "<title>" + "a | ".repeat(300_000) + "</title><meta property='og:site_name' content='a'>" + sentence);
        for (var page : pages) {
            var raw = paged(page);
            org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                    Duration.ofMinutes(2),
                    () -> assertThat(Normalizer.normalize(raw)).isInstanceOf(Normalizer.Normalized.class),
                    page.substring(0, Math.min(60, page.length())));
        }
    }
}
