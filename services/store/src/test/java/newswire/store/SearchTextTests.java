package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTextTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', nullValues = "-", textBlock = """
        # typed                                | words              | title           | prefixes | publisher
        flood -korea "in the"                  | flood -korea "in the" | §§           | §§       | -
        title:flood rain                       | rain               | flood           | §§       | -
        TITLE:"big flood" title:x              | §§                 | "big flood" x   | §§       | -
        publisher:"Daily NK" smugglers         | smugglers          | §§              | §§       | Daily NK
        smug* rain                             | rain               | §§              | smug     | -
        "smug* x" a*                           | "smug* x" a*       | §§              | §§       | -
        subtitle:x                             | subtitle:x         | §§              | §§       | -
        title: x                               | title: x           | §§              | §§       | -
        """)
    void isTakenApart(String typed, String words, String title, String prefixes, String publisher) {
        assertThat(SearchText.of(typed))
                .isEqualTo(new SearchText(
                        words, title, prefixes.isEmpty() ? List.of() : List.of(prefixes.split(" ", -1)), publisher));
    }
}
