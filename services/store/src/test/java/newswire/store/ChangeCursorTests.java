package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeCursorTests {

    @ParameterizedTest
    @ValueSource(strings = {"", "0:1", "r:3,0:17,11:4"})
    void readsWhatItWrites(String text) {
        assertThat(ChangeCursor.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "0:", ":1", "0:1,", ",", "x:1", "0:-1", "0:1;1:2", "0:9999999999999999999", "Infinity"})
    void refusesWhatItNeverWrote(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ChangeCursor.of(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # a       | b       | covers
        0:5,1:2   | 0:5,1:2 | true
        0:5,1:2   | 0:5     | true
        0:5       | 0:5,1:2 | false
        0:4,1:9   | 0:5,1:2 | false
        0:5       | 0:5,1:0 | true
        """)
    void coversWhatIsBehindItEverywhere(String a, String b, boolean covers) {
        assertThat(ChangeCursor.of(a).covers(ChangeCursor.of(b))).isEqualTo(covers);
    }

    @Test
    void movesForwardOnly() {
        assertThat(ChangeCursor.of("0:5").to(0, 3).to(1, 2)).hasToString("0:5,1:2");
        assertThat(ChangeCursor.of("0:5,1:1").or(ChangeCursor.of("0:4,1:7,2:1")))
                .hasToString("0:5,1:7,2:1");
    }
}
