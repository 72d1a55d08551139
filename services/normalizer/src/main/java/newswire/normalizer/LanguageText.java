package newswire.normalizer;

import java.util.Arrays;
import opennlp.tools.util.normalizer.AggregateCharSequenceNormalizer;
import opennlp.tools.util.normalizer.CharSequenceNormalizer;
import opennlp.tools.util.normalizer.EmojiCharSequenceNormalizer;
import opennlp.tools.util.normalizer.NumberCharSequenceNormalizer;
import opennlp.tools.util.normalizer.ShrinkCharSequenceNormalizer;
import opennlp.tools.util.normalizer.TwitterCharSequenceNormalizer;
import opennlp.tools.util.normalizer.UrlCharSequenceNormalizer;

/**
 * A text as OpenNLP cleans it before it asks for its language: without addresses, numbers, smileys and laughter, and nothing
 * more than twice in a row. Most texts have few of these, and are cleaned here in one go; the others by OpenNLP.
 */
final class LanguageText {
    private static final CharSequenceNormalizer WHOLE = new AggregateCharSequenceNormalizer(
            EmojiCharSequenceNormalizer.getInstance(),
            UrlCharSequenceNormalizer.getInstance(),
            TwitterCharSequenceNormalizer.getInstance(),
            NumberCharSequenceNormalizer.getInstance(),
            ShrinkCharSequenceNormalizer.getInstance());

    private static final int FIRST_SURROGATE = 0xD800;
    private static final int THRICE = 3;

    private LanguageText() {}

    /** The text without what says nothing of its language. */
    static CharSequence cleaned(String text) {
        return isProse(text) ? shrunk(spaced(text.toCharArray())) : WHOLE.normalize(text);
    }

    /** Whether there is surely no address, no tag, no emoji, no laughter and no retweet in a text. */
    private static boolean isProse(String text) {
        for (int at = 0; at < text.length(); at++) {
            char one = text.charAt(at);
            if (one >= FIRST_SURROGATE
                    || one == '@'
                    || one == '#'
                    || (one == ':' && text.startsWith("//", at + 1))
                    || isRetweet(text, at)
                    || isLaughter(text, at)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRetweet(String text, int at) {
        boolean within = at > 0 && text.charAt(at - 1) < 0x80 && Character.isLetterOrDigit(text.charAt(at - 1));
        return !within && text.regionMatches(true, at, "rt", 0, 2) && isOneOf(text, at + 2, " :-");
    }

    /** Whether an h or j, vowels, the same letter and the last vowel begin here, as in "haha". */
    private static boolean isLaughter(String text, int at) {
        if (!isOneOf(text, at, "hjHJ")) {
            return false;
        }
        int end = at + 1;
        while (isOneOf(text, end, "aeiouAEIOU")) {
            end++;
        }
        int again = end;
        while (again < text.length() && folded(text.charAt(again)) == folded(text.charAt(at))) {
            again++;
        }
        return end > at + 1
                && again > end
                && again < text.length()
                && folded(text.charAt(again)) == folded(text.charAt(end - 1));
    }

    private static boolean isOneOf(CharSequence text, int at, String characters) {
        return at < text.length() && characters.indexOf(text.charAt(at)) >= 0;
    }

    /** With a blank for hyphens, which OpenNLP takes for emoji, for each smiley and for each number. */
    private static char[] spaced(char[] text) {
        int length = blanked(text, text.length, '-', '-');
        int kept = 0;
        for (int at = 0; at < length; at++) {
            boolean smiley = isSmiley(text, at, length);
            text[kept++] = smiley ? ' ' : text[at];
            at += smiley ? 1 : 0;
        }
        return Arrays.copyOf(text, blanked(text, kept, '0', '9'));
    }

    /** Puts a blank in the place of each run of some characters; returns how many are left. */
    private static int blanked(char[] text, int length, char first, char last) {
        int kept = 0;
        boolean before = false;
        for (int at = 0; at < length; at++) {
            boolean one = text[at] >= first && text[at] <= last;
            if (!one || !before) {
                text[kept++] = one ? ' ' : text[at];
            }
            before = one;
        }
        return kept;
    }

    /** Whether a smiley begins here; many a word has one, as "explain". */
    private static boolean isSmiley(char[] text, int at, int length) {
        return ":;xX".indexOf(text[at]) >= 0 && at + 1 < length && "()dopDOP".indexOf(text[at + 1]) >= 0;
    }

    private static CharSequence shrunk(char[] text) {
        int length = 0;
        for (int at = 0; at < text.length; ) {
            int end = at;
            while (end < text.length && isSpace(text[end])) {
                end++;
            }
            text[length++] = end > at + 1 ? ' ' : text[at];
            at = Math.max(end, at + 1);
        }
        var shrunk = new StringBuilder(length);
        for (int at = 0; at < length; ) {
            int end = at + 1;
            while (end < length && folded(text[end]) == folded(text[at])) {
                end++;
            }
            boolean often = end - at >= THRICE && !isLineEnd(text[at]);
            shrunk.append(text[at]);
            if (often) {
                shrunk.append(text[at]);
            }
            at = often ? end : at + 1;
        }
        return shrunk.toString().trim();
    }

    private static boolean isSpace(char one) {
        return one == ' ' || (one >= '\t' && one <= '\r');
    }

    private static boolean isLineEnd(char one) {
        return one == '\n' || one == '\r' || one == 0x85 || one == 0x2028 || one == 0x2029;
    }

    private static char folded(char one) {
        return one >= 'A' && one <= 'Z' ? (char) (one + ('a' - 'A')) : one;
    }
}
