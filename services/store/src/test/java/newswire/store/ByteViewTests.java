package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteViewTests {
    private static ByteView ofText(String text) {
        return ByteView.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # bytes                 , shown
        plain                   , plain
        '{"a": "é한"}'          , '{"a": "é한"}'
        'two\tparts\r\nlines'   , 'two\tparts\r\nlines'
        'one nul: \u0000 here'  , 'one nul: ⟨U+0000⟩ here'
        'turned \u202Egpj.exe'  , 'turned ⟨U+202E⟩gpj.exe'
        """)
    void textIsShownWithWhatCannotBeSeenSpelledOut(String bytes, String shown) {
        assertThat(ofText(bytes)).isEqualTo(new ByteView(shown, false, false));
    }

    @Test
    void whatIsNoTextIsShownInHex() {
        assertThat(ByteView.of(new byte[] {0x1f, (byte) 0x8b, 'o', 'k'}))
                .isEqualTo(
                        new ByteView("000000  1f 8b 6f 6b                                      ..ok\n", true, false));
        assertThat(ofText("\u0000\u0001\u0002\u0003ab").hex()).isTrue();
        assertThat(ByteView.of(new byte[0])).isEqualTo(new ByteView("", false, false));
    }

    @Test
    void whatIsLongIsCutBetweenCharacters() {
        var text = ofText("😀".repeat(20_000));
        assertThat(text.cut()).isTrue();
        assertThat(text.text()).isEqualTo("😀".repeat(16 * 1024));
        var hex = ByteView.of(new byte[5000]);
        assertThat(hex.cut()).isTrue();
        assertThat(hex.text().lines()).hasSize(256);
    }
}
