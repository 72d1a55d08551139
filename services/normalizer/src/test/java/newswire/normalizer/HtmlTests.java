package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTML that is safe to show. */
class HtmlTests {
    private static final URI BASE = URI.create("https://a.example/dir/one");

    private static String safe(String html) {
        return Html.read(html, true, BASE).without(List.of(), Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>x<script>alert(1)</script></p>",
                "<img src=x onerror=alert(1)>",
                "<svg onload=alert(1)><p>x</p></svg>",
                "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
                "<object data='x'></object><embed src='x'>",
                "<form action='x'><input name=y><button>z</button></form>",
                "<meta http-equiv=refresh content='0;url=x'><base href='https://evil.example/'><p>x</p>",
                "<p style='background:expression(alert(1))' class=x id=y>x</p>",
                "<a href='javascript:alert(1)'>x</a><a href=' java\nscript:alert(1)'>y</a>",
                "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
                "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
                "<img src='data:image/svg+xml;base64,PHN2Zz4='>",
                "<a href='data:text/html,x'>x</a>",
                "<p><![CDATA[<script>alert(1)</script>]]></p>",
                "<template><img src=x onerror=alert(1)></template>"
            })
    void nothingActiveIsLeft(String html) {
        var safe = safe("<p>Before.</p>" + html);
        assertThat(safe.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain(
                        "<script",
                        "onerror=",
                        "onload=",
                        "<iframe",
                        "<object",
                        "<embed",
                        "<form",
                        "<input",
                        "<meta",
                        "<base",
                        "style=",
                        "class=",
                        "id=",
                        "javascript:",
                        "<svg",
                        "<math",
                        "data:",
                        "<noscript",
                        "<template");
        assertThat(safe(safe)).isEqualTo(safe);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <a href="x">y</a>              | <a href="https://a.example/dir/x" rel="noopener noreferrer nofollow ugc">y</a>
            <img src="/b.jpg" alt="c">     | <img src="https://a.example/b.jpg" alt="c">
            <img src="" data-src="b.jpg">  | <img src="https://a.example/dir/b.jpg">
            <b>x</b><u>y                   | <b>x</b><u>y</u>
            <img src="b.gif" width="1">    | ''
            <font>x</font>                 | x
            """)
    void referencesAreAbsolute(String html, String safe) {
        assertThat(safe(html)).isEqualTo(safe);
    }

    @Test
    void embeddedFilmsAreKnown() {
        var html = Html.read(
                "<p>x</p><iframe src='//www.youtube.com/embed/1'></iframe><audio src='a.mp3'></audio>", true, BASE);
        assertThat(html.embedded())
                .extracting(Block.Picture::href)
                .contains("https://a.example/dir/a.mp3", "https://www.youtube.com/embed/1");
    }

    @Test
    void depthAndSizeAreBounded() {
        assertThat(safe("<div>".repeat(100_000) + "x").length()).isLessThan(1_200_000);
        assertThat(safe("<a href=x>".repeat(20_000) + "x").length()).isLessThan(5_000_000);
        assertThat(safe("<p " + "a=b ".repeat(100_000) + ">x")).isEqualTo("<p>x</p>");
    }
}
