package newswire.store;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Bytes of unknown kind as a page shows them: text if that is what they are, else in hex.
 *
 * @param text what can be seen of them, where nothing is invisible
 * @param cut whether they go on
 */
record ByteView(String text, boolean hex, boolean cut) {
    private static final int MOST_CHARACTERS = 16 * 1024;
    private static final int MOST_BYTES = 4 * 1024;
    private static final int LINE = 16;

    static ByteView of(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return isText(text) ? ofText(text) : ofHex(bytes);
        } catch (CharacterCodingException ex) {
            return ofHex(bytes);
        }
    }

    /** Text has a control character here and there at most. */
    private static boolean isText(String text) {
        return text.codePoints().filter(ByteView::isInvisible).count() * 10 <= text.length();
    }

    private static ByteView ofText(String text) {
        int count = text.codePointCount(0, text.length());
        boolean cut = count > MOST_CHARACTERS;
        return new ByteView(
                visible(cut ? text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS)) : text), false, cut);
    }

    private static ByteView ofHex(byte[] bytes) {
        int end = Math.min(bytes.length, MOST_BYTES);
        var text = new StringBuilder();
        for (int at = 0; at < end; at += LINE) {
            int next = Math.min(at + LINE, end);
            text.append(String.format(
                    Locale.ROOT,
                    "%06x  %-47s  %s\n",
                    at,
                    HexFormat.ofDelimiter(" ").formatHex(bytes, at, next),
                    ascii(bytes, at, next)));
        }
        return new ByteView(text.toString(), true, end < bytes.length);
    }

    private static String ascii(byte[] bytes, int from, int to) {
        var text = new StringBuilder();
        for (int at = from; at < to; at++) {
            text.append(bytes[at] >= ' ' && bytes[at] < 0x7f ? (char) bytes[at] : '.');
        }
        return text.toString();
    }

    /** A text in which what has no shape, or turns the direction of reading, is spelled out. */
    static String visible(String text) {
        var visible = new StringBuilder(text.length());
        text.codePoints().forEach(it -> {
            if (isInvisible(it)) {
                visible.append(String.format(Locale.ROOT, "⟨U+%04X⟩", it));
            } else {
                visible.appendCodePoint(it);
            }
        });
        return visible.toString();
    }

    private static boolean isInvisible(int codePoint) {
        return codePoint != '\n'
                && codePoint != '\r'
                && codePoint != '\t'
                && (Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.FORMAT);
    }
}
