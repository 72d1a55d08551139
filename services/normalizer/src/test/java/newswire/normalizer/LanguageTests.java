package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # text | stated, best first | language | mismatch
            en     | en-US              | en-US    | false
            en     | en_GB              | en-GB    | false
            ko     | en-US              | ko       | true
            ko     | en-US, ko-KR       | ko-KR    | true
            de     |                    | de       | false
            de     | rubbish            | de       | false
            nb     | no                 | no       | false
            nb     | da                 | da       | false
            ms     | id                 | id       | false
            zh-Hant| zh-TW              | zh-TW    | false
            pt     | pt-BR              | pt-BR    | false
            short  | fr, de             | fr       | false
            short  | Deutsch            | de       | false
            short  |                    | und      | false
            """)
    void textTellsItWhenLongEnough(String text, String stated, String tag, boolean mismatch) {
        var values = stated == null ? List.<String>of() : List.of(stated.split(", ", -1));
        assertThat(Language.of(values, text(text))).isEqualTo(new Language(tag, mismatch));
    }

    private static String text(String language) {
        return TestText.lines("languages.tsv")
                .filter(line -> line.startsWith(language + "\t"))
                .map(line -> line.substring(language.length() + 1))
                .collect(Collectors.joining("\n\n"));
    }
}
