package newswire.normalizer;

import java.text.Normalizer.Form;
import java.util.regex.Pattern;

/** Text without what no reader should see: control characters, direction overrides, halves of characters. */
final class PlainText {
    private static final Pattern SPACE = Pattern.compile("(?U)[\\s\\x{FEFF}]+");

    private static final String WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    private PlainText() {}

    /** One line. */
    static String line(String text) {
        return strip(isSingleSpaced(text) ? text : SPACE.matcher(clean(text)).replaceAll(" "));
    }

    /** Without white space of any kind at its ends, no-break spaces included. */
    static String strip(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && isSpace(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static boolean isSpace(char one) {
        return one <= ' ' || Character.isSpaceChar(one) || one == 0x85 || one == 0xFEFF || one == 0x200B;
    }

    /** NFC, without what PostgreSQL, browsers or readers stumble over. */
    static String clean(String text) {
        return isAscii(text) ? text : java.text.Normalizer.normalize(isHarmless(text) ? text : kept(text), Form.NFC);
    }

    private static String kept(String text) {
        var kept = new StringBuilder(text.length());
        text.codePoints().map(PlainText::printed).filter(PlainText::isHarmless).forEachOrdered(kept::appendCodePoint);
        return kept.toString();
    }

    /** Whether nothing has to be left out; surrogates are not looked at. */
    private static boolean isHarmless(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (!isHarmless((int) text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a text is ASCII with nothing but single spaces between its words, as most short ones are. */
    static boolean isSingleSpaced(String text) {
        char before = 'x';
        for (int at = 0; at < text.length(); at++) {
            char one = text.charAt(at);
            if (one > 0x7E || one < 0x20 || (one == ' ' && before == ' ')) {
                return false;
            }
            before = one;
        }
        return true;
    }

    /** Whether a text is printable ASCII throughout: most are, and nothing need be done to them. */
    private static boolean isAscii(String text) {
        for (int at = 0; at < text.length(); at++) {
            char one = text.charAt(at);
            if (one > 0x7E || (one < 0x20 && one != '\n')) {
                return false;
            }
        }
        return true;
    }

    /** Browsers show the references &#128; to &#159; as windows-1252 has them, and software writes them for that. */
    private static int printed(int point) {
        boolean control = point >= 0x80 && point <= 0x9F;
        return control ? WINDOWS_1252.charAt(point - 0x80) : point;
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
