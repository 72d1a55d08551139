package newswire.normalizer;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The detector against ten sentences in each of 54 languages ({@code languages.tsv}). */
class LanguageDetectorTests {
    private static final List<String[]> SENTENCES =
            TestText.lines("languages.tsv").map(line -> line.split("\t", -1)).toList();

    @Test
    void isRightInAlmostEverySentence() {
        assertThat(share(SENTENCES)).isGreaterThan(0.97);
    }

    @Test
    void isGoodInEveryLanguage() {
        Map<String, List<String[]>> languages = SENTENCES.stream().collect(groupingBy(row -> row[0]));
        assertThat(languages).hasSizeGreaterThan(50).allSatisfy((tag, sentences) -> {
            assertThat(sentences).as(tag).hasSizeGreaterThanOrEqualTo(10);
            assertThat(share(sentences)).as(tag).isGreaterThanOrEqualTo(0.8);
        });
    }

    @Test
    void answersManyThreadsAlike() {
        var alone = SENTENCES.stream().map(row -> String.valueOf(LanguageDetector.detect(row[1])));
        var together = SENTENCES.parallelStream().map(row -> String.valueOf(LanguageDetector.detect(row[1])));
        assertThat(together.toList()).isEqualTo(alone.toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2:1 (1:0)",
                "12345 67890 12 12 12",
                "🎉🎉🎉",
                "asdkj qwlkje zxcm qwpoe mzxncb alskdj qpwoei",
                "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore.",
                "Müller Neuer Kimmich Ronaldo Benzema Courtois Kroos Valverde Alaba Mendy Carvajal Nacho"
            })
    void doesNotGuess(String text) {
        assertThat(LanguageDetector.detect(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            km      | ខ្ញុំចូលចិត្តអានសៀវភៅនៅបណ្ណាល័យ
            my      | ကျွန်တော် စာအုပ် ဖတ်ရတာ ကြိုက်ပါတယ်
            lo      | ພາສາລາວ ເປັນພາສາ
            am      | ሰላም ለዓለም እንዴት ናችሁ
            si      | සිංහල භාෂාව ශ්‍රී ලංකාවේ
            ja      | 首相は東京で記者会見を開いた
            ko      | 金正恩 위원장이 平壤에서 회의를 열었다
            zh-Hant | 總統府發言人說
            zh-Hans | 总统府发言人说
            el      | Η Apple ανακοίνωσε το νέο iPhone στην Καλιφόρνια
            """)
    void scriptsTellLanguages(String tag, String text) {
        assertThat(LanguageDetector.detect(text))
                .isNotNull()
                .extracting(LanguageDetector.Detected::language)
                .isEqualTo(tag);
    }

    private static double share(List<String[]> sentences) {
        long right = sentences.stream()
                .filter(row -> {
                    var detected = LanguageDetector.detect(row[1]);
                    return detected != null && detected.language().equals(row[0]);
                })
                .count();
        return (double) right / sentences.size();
    }
}
