package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTextTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
        # typed                                | meant
        flood -korea "in the"                  | flood, not korea, in the
        flood or rain snow                     | flood / rain, snow
        or flood OR                            | flood
        title:flood rain                       | TITLE flood, rain
        TITLE:"big flood" title:x              | TITLE big flood, TITLE x
        publisher:"Daily NK" smugglers         | PUBLISHER Daily NK, smugglers
        -publisher:example subject:"Sea Ports" | not PUBLISHER example, SUBJECT Sea Ports
        smug* rain                             | smug..., rain
        title:smug* -"a b"                     | TITLE smug..., not a b
        "smug* x" a* b-c*                      | smug* x, a*, b-c*
        aa* bb* cc* dd* ee* ff*                | aa..., bb..., cc..., dd..., ee..., ff*
        subtitle:x                             | subtitle:x
        title: x                               | title:, x
        a"b c"d                                | a, b c, d
        "not closed                            | not closed
        --                                     | not -
        """)
    void isTakenApart(String typed, String meant) {
        assertThat(SearchText.of(typed).alternatives().stream()
                        .map(clauses ->
                                clauses.stream().map(SearchTextTests::said).collect(Collectors.joining(", ")))
                        .collect(Collectors.joining(" / ")))
                .isEqualTo(meant);
    }

    private static String said(SearchText.Clause clause) {
        return (clause.negated() ? "not " : "")
                + (clause.field() == SearchText.Field.TEXT ? "" : clause.field() + " ")
                + clause.text()
                + (clause.beginning() ? "..." : "");
    }
}
