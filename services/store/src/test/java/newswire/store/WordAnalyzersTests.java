package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What counts as a word, and which words count as the same, in each language. */
class WordAnalyzersTests {
    static final List<String> LANGUAGES = List.of(
            ("ar bg bn ca ckb cs da de el en es et eu fa fi fr ga gl hi hu hy id it ja ko lt lv ne nl no pl pt ro ru sr"
                            + " sv ta te tr uk zh und")
                    .split(" "));

    private static String words(String language, String text) {
        return WordAnalyzers.of(language).words(text).stream().map(Word::term).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        en    | floods      | Flooded
        en-US | mayor's     | mayors
        de    | Fluten      | Flut
        de    | Häuser      | Hauser
        fr    | chevaux     | cheval
        fr    | l'avion     | avions
        es    | ciudades    | ciudad
        es    | elección    | eleccion
        it    | gatti       | gatto
        pt-BR | cidades     | cidade
        nl    | katten      | kat
        sv    | flickorna   | flicka
        da    | husene      | hus
        nb    | bilene      | bilen
        fi    | talossa     | talon
        pl    | miasta      | miasto
        cs    | města       | město
        uk    | міста       | місто
        ru    | городах     | город
        bg    | градове     | град
        el    | πόλεις      | πόλη
        tr    | evler       | ev
        hu    | házak       | ház
        ro    | orașele     | oraș
        ar    | الكتاب      | كتاب
        fa    | كتاب        | کتاب
        hi    | लड़कियों      | लड़की
        id    | makanan     | makan
        ko    | 서울에서       | 서울은
        ja    | 食べました      | 食べる
        ja    | ｶﾞｿﾘﾝ       | ガソリン
        und   | ÉCOLE       | école
        xx    | Ægir        | ægir
        """)
    void formsOfAWordAreOne(String language, String one, String other) {
        assertThat(words(language, one)).isNotEmpty().isEqualTo(words(language, other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ja  | 関西国際空港で日本語を学ぶ | 関西 国際 空港 日本語 学ぶ
        ko  | 서울시장은 북한을 비판했다  | 서울 시장 북한 비판
        zh  | 我住在北京，他学习中文。    | 我 住 在 北京 他 学习 中文
        und | ประเทศไทยมีฝนตก         | ประเทศไทย มี ฝน ตก
        en  | The the of a            | the the of a
        en  | Samsung 삼성 in 北京     | samsung 삼성 in 北 京
        ko  | 삼성 Samsung은 AI로      | 삼성 samsung ai
        en  | 🚀 launch 🚀             | 🚀 launch 🚀
        und | 4.2 percent, a-b a_b     | 4.2 percent a b a_b
        he  | הדפסה 3D                  | הדפסה 3d
        """)
    void textsHaveTheseWords(String language, String text, String words) {
        assertThat(words(language, text)).isEqualTo(words);
    }

    static Stream<String> hostile() {
        var all = new StringBuilder();
        for (int c = 0; c < 0x3000; c++) {
            all.append((char) c).append(c % 7 == 0 ? " " : "");
        }
        return Stream.of(
                "",
                "x".repeat(1_000_000),
                "語".repeat(20_000),
                "𠮷".repeat(3_000),
                "a\0b \ud800 \udc00x \ud83d",
                "'quoted' \\back\\slashed\\ \"double\" '''' \\'",
                "e\u0301".repeat(2_000),
                "\u200f\u202e\ufeff\u00ad",
                "👨‍👩‍👧‍👦".repeat(500),
                all.toString());
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void nothingIsTooMuchForAnyAnalyzer(String text) {
        for (var language : LANGUAGES) {
            for (var word : WordAnalyzers.of(language).words(text)) {
                assertThat(word.term()).as(language).isNotBlank().doesNotContain("\0");
                assertThat(word.term().length()).isLessThanOrEqualTo(WordAnalyzer.LONGEST);
                assertThat(word.term().codePoints().noneMatch(c -> c >= 0xD800 && c < 0xE000))
                        .isTrue();
                assertThat(word.start()).isBetween(0, word.end());
                assertThat(word.end()).isLessThanOrEqualTo(text.length());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"en, en-GB", "no, nn", "zh, zh-Hant-TW", "und, tlh", "und, ''", "und, x-private"})
    void aLanguageIsReadWhateverItsRegion(String one, String other) {
        assertThat(WordAnalyzers.of(other)).isSameAs(WordAnalyzers.of(one));
    }
}
