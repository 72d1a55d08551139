package newswire.normalizer;

import java.text.Normalizer.Form;
import java.util.regex.Pattern;

/** Text without what no reader should see: control characters, direction overrides, halves of characters. */
final class PlainText {
    private static final Pattern SPACE = Pattern.compile("(?U)[\\s\\x{FEFF}]+");
    private static final Pattern ENDS = Pattern.compile("(?U)^[\\s\\x{FEFF}\\x{200B}]+|[\\s\\x{FEFF}\\x{200B}]+$");

    private PlainText() {}

    /** One line. */
    static String line(String text) {
        return strip(SPACE.matcher(clean(text)).replaceAll(" "));
    }

    /** Without white space of any kind at its ends, no-break spaces included. */
    static String strip(String text) {
        return ENDS.matcher(text).replaceAll("");
    }

    /** NFC, without what PostgreSQL, browsers or readers stumble over. */
    static String clean(String text) {
        var kept = new StringBuilder(text.length());
        text.codePoints().filter(PlainText::isHarmless).forEachOrdered(kept::appendCodePoint);
        return java.text.Normalizer.normalize(kept, Form.NFC);
    }

    private static boolean isHarmless(int point) {
        boolean control =
                (point < 0x20 && point != '\n' && point != '\t' && point != '\r') || (point >= 0x7F && point < 0xA0);
        boolean override = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
        boolean half = point >= 0xD800 && point <= 0xDFFF;
        boolean none = (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
        return !control && !override && !half && !none;
    }

    /** At most so many code points. */
    static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most));
    }
}
