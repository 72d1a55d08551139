package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassagesTests {
    private static final String FILLER = "Nothing of interest stands in this sentence at all. ".repeat(20);

    private static String passages(String language, String text, String typed) {
        return Passages.of(text, WordAnalyzers.of(language), SearchText.of(typed));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
        # language, text                     | typed                | html
        en | The floods & <b>rain</b>        | flood                | The <mark>floods</mark> &amp; &lt;b&gt;rain&lt;/b&gt;
        en | Sea of rain, rain of sea        | "rain of sea"        | Sea of rain, <mark>rain</mark> <mark>of</mark> <mark>sea</mark>
        en | Smugglers smuggled              | smuggl*              | <mark>Smugglers</mark> <mark>smuggled</mark>
        en | Flood, no rain                  | flood -rain          | <mark>Flood</mark>, no rain
        en | Flood in Rome                   | title:flood          | <mark>Flood</mark> in Rome
        en | Flood in Rome                   | publisher:flood      | Flood in Rome
        ko | 서울시장은 북한을 비판했다            | 북한                   | 서울시장은 <mark>북한</mark>을 비판했다
        ko | 서울시장은 북한을 비판했다            | 서울시장                | <mark>서울시장</mark>은 북한을 비판했다
        ja | 昨日、東京で食べました。              | 食べる                 | 昨日、東京で<mark>食べ</mark>ました。
        zh | 我住在北京，他学习中文。              | 北京                   | 我住在<mark>北京</mark>，他学习中文。
        fr | Pris dans l'avion               | avion                | Pris dans <mark>l&#39;avion</mark>
        en | 🚀 a\uD83Dlaunch                | 🚀                    | <mark>🚀</mark> a\uD83Dlaunch
        """)
    void wordsAreMarkedAndAllElseIsEscaped(String language, String text, String typed, String html) {
        assertThat(passages(language, text, typed)).isEqualTo(html);
    }

    @Test
    void thePassagesWithTheMostAreShown() {
        var text = FILLER + "A flood came. " + FILLER + "After the flood another flood. " + FILLER + "Flood once more.";
        assertThat(passages("en", text, "flood"))
                .contains("the <mark>flood</mark> another <mark>flood</mark>")
                .contains("A <mark>flood</mark> came", " … ")
                .doesNotContain("once more")
                .hasSizeLessThan(600);
    }

    @Test
    void withoutAnyTheBeginningIsShown() {
        assertThat(passages("en", "Big news. " + FILLER, "flood"))
                .startsWith("Big news.")
                .hasSizeLessThan(250);
    }
}
