package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import newswire.contract.Format;
import org.junit.jupiter.api.Test;

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

    @Property(tries = 400)
    void anyTextInAnyFieldHasAResult(
            @ForAll("markup") String title, @ForAll("markup") String body, @ForAll("markup") String link) {
        var item = "<guid>1</guid><title>%s</title><link>%s</link><pubDate>%s</pubDate><description>%s</description>"
                .formatted(escaped(title), escaped(link), escaped(title), escaped(body));
        assertThat(Normalizer.normalize(Raw.of(Format.RSS_2_0, Raw.rss(item).replace("\u0000", ""))))
                .satisfiesAnyOf(
                        result -> assertThat(result).isInstanceOf(Normalizer.Normalized.class),
                        result -> assertThat(((Normalizer.Rejected) result).code())
                                .isEqualTo("malformed-xml"));
    }

    @Property(tries = 400)
    void sanitisingTwiceIsSanitisingOnce(@ForAll("markup") String html) {
        var once = Html.read("<p>.</p>" + html, true, Raw.FEED).without(List.of(), java.util.Map.of());
        var twice = Html.read(once, true, Raw.FEED).without(List.of(), java.util.Map.of());
        assertThat(twice).isEqualTo(once);
    }

    @Property(tries = 400)
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
}
