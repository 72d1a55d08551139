package newswire.normalizer;

import java.lang.Character.UnicodeScript;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import newswire.contract.Article;

/** Hashes that stay the same when only the form of a text changes. */
final class Fingerprints {
    private static final String ALGORITHM = "canon-1";
    private static final String INVISIBLE = "\u200B\u200C\u200D\u2060\uFEFF\u00AD";

    /** Scripts that part no words. */
    private static final Set<UnicodeScript> UNPARTED =
            Set.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.THAI);

    private static final int FIRST_UNPARTED = 0x0E00;
    private static final int SHINGLE = 3;

    private Fingerprints() {}

    /** The fingerprints of a title and a body. */
    static Article.Fingerprints of(String title, List<String> paragraphs) {
        var canonical = paragraphs.stream()
                .map(Fingerprints::canon)
                .filter(text -> !text.isEmpty())
                .toList();
        var body = String.join("\n", canonical);
        return new Article.Fingerprints(
                ALGORITHM,
                sha256(canon(title) + "\n" + body),
                sha256(body),
                HexFormat.of().toHexDigits(simHash(body)));
    }

    /** The canonical form of a text: NFKC, nothing invisible, single spaces. */
    static String canon(String text) {
        var compatible = java.text.Normalizer.normalize(text, Form.NFKC);
        var canonical = new StringBuilder(compatible.length());
        boolean spaced = false;
        for (int at = 0; at < compatible.length(); at++) {
            char one = compatible.charAt(at);
            if (isSpace(one)) {
                canonical.append(spaced ? "" : " ");
                spaced = true;
            } else if (one < 0xAD || INVISIBLE.indexOf(one) < 0) {
                canonical.append(one);
                spaced = false;
            }
        }
        return canonical.toString().strip();
    }

    /** Unicode's White_Space. */
    private static boolean isSpace(char one) {
        return one <= 0x20
                ? one == 0x20 || (one >= 0x09 && one <= 0x0D)
                : one == 0x85
                        || one == 0xA0
                        || one == 0x1680
                        || (one >= 0x2000 && one <= 0x200A)
                        || one == 0x2028
                        || one == 0x2029
                        || one == 0x202F
                        || one == 0x205F
                        || one == 0x3000;
    }

    /** Sixty-four bits of which texts that share most of their three-word shingles share most (Charikar 2002). */
    static long simHash(String text) {
        var digest = digest();
        int[] ones = new int[Long.SIZE];
        var shingles = shingles(canon(text).toLowerCase(Locale.ROOT));
        for (var shingle : shingles) {
            long hash = ByteBuffer.wrap(digest.digest(shingle.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
            for (int bit = 0; bit < Long.SIZE; bit++) {
                ones[bit] += (int) (hash >>> bit & 1);
            }
        }
        long majority = 0;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            majority |= 2 * ones[bit] > shingles.size() ? 1L << bit : 0;
        }
        return majority;
    }

    /** The share of one text's three-word shingles that another text has too, from 0 to 1. */
    static double covered(String text, String by) {
        var shingles = shingles(canon(text).toLowerCase(Locale.ROOT));
        var others = shingles(canon(by).toLowerCase(Locale.ROOT));
        return shingles.isEmpty()
                ? 1
                : (double) shingles.stream().filter(others::contains).count() / shingles.size();
    }

    private static Set<String> shingles(String text) {
        var tokens = tokens(text);
        var shingles = new HashSet<String>();
        for (int at = 0; at + SHINGLE <= tokens.size(); at++) {
            shingles.add(String.join(" ", tokens.subList(at, at + SHINGLE)));
        }
        if (shingles.isEmpty() && !tokens.isEmpty()) {
            shingles.add(String.join(" ", tokens));
        }
        return shingles;
    }

    /** Runs of letters, marks and numbers; of scripts that part no words single characters. */
    static List<String> tokens(String text) {
        var tokens = new ArrayList<String>();
        int begin = -1;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            int next = at + Character.charCount(point);
            boolean alone = point >= FIRST_UNPARTED && UNPARTED.contains(UnicodeScript.of(point));
            boolean word = !alone && isWord(point);
            if (!word && begin >= 0) {
                tokens.add(text.substring(begin, at));
            }
            if (alone) {
                tokens.add(text.substring(at, next));
            }
            begin = word ? (begin < 0 ? at : begin) : -1;
            at = next;
        }
        if (begin >= 0) {
            tokens.add(text.substring(begin));
        }
        return tokens;
    }

    private static boolean isWord(int point) {
        return switch (Character.getType(point)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER -> true;
            default -> false;
        };
    }

    /** SHA-256 in hex of the text as UTF-8. */
    static String sha256(String text) {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The first eight bytes of the SHA-256 of a text: enough to tell whether it changed. */
    static long digest(String text) {
        return ByteBuffer.wrap(digest().digest(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }
}
