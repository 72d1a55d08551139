package newswire.normalizer;

import java.lang.Character.UnicodeScript;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer.Form;
import java.util.Arrays;
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

    /** The bits of a byte, each in a byte of its own. */
    private static final long[] SPREAD = spread();

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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
                HexFormat.of().toHexDigits(simHash(String.join(" ", canonical))));
    }

    /** The canonical form of a text: NFKC, nothing invisible, single spaces. */
    static String canon(String text) {
        if (PlainText.isSingleSpaced(text)) {
            return text.strip();
        }
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
        var shingles = shingles(canon(text).toLowerCase(Locale.ROOT));
        var ones = ones(shingles);
        long majority = 0;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            majority |= 2 * ones[bit] > shingles.length ? 1L << bit : 0;
        }
        return majority;
    }

    /** How many have each bit set: counted for eight bits at a time, each in a byte of its own. */
    private static int[] ones(long[] shingles) {
        var ones = new int[Long.SIZE];
        var bytes = new long[Long.BYTES];
        for (int at = 0; at < shingles.length; at++) {
            for (int part = 0; part < Long.BYTES; part++) {
                bytes[part] += SPREAD[(int) (shingles[at] >>> (8 * part)) & 0xFF];
            }
            if (at % 0xFF == 0xFE || at == shingles.length - 1) {
                for (int bit = 0; bit < Long.SIZE; bit++) {
                    ones[bit] += (int) (bytes[bit / 8] >>> (8 * (bit % 8))) & 0xFF;
                }
                Arrays.fill(bytes, 0);
            }
        }
        return ones;
    }

    private static long[] spread() {
        var spread = new long[1 << 8];
        for (int value = 0; value < spread.length; value++) {
            for (int bit = 0; bit < 8; bit++) {
                spread[value] |= (long) (value >>> bit & 1) << (8 * bit);
            }
        }
        return spread;
    }

    /** The share of one text's three-word shingles that another text has too, from 0 to 1. */
    static double covered(String text, String by) {
        var shingles = shingles(canon(text).toLowerCase(Locale.ROOT));
        var others = shingles(canon(by).toLowerCase(Locale.ROOT));
        long shared = Arrays.stream(shingles)
                .filter(one -> Arrays.binarySearch(others, one) >= 0)
                .count();
        return shingles.length == 0 ? 1 : (double) shared / shingles.length;
    }

    /** The shingles' hashes, each once, in order: with single blanks between all tokens a shingle is a piece of the whole. */
    private static long[] shingles(String text) {
        var bytes = tokens(text).getBytes(StandardCharsets.UTF_8);
        int tokens = 0;
        for (byte one : bytes) {
            tokens += one == ' ' ? 1 : 0;
        }
        tokens += bytes.length == 0 ? 0 : 1;
        var begins = begins(bytes, tokens);
        var shingles = new long[Math.max(Math.min(1, tokens), tokens - SHINGLE + 1)];
        try {
            var digest = digest();
            var hash = new byte[digest.getDigestLength()];
            for (int at = 0; at < shingles.length; at++) {
                int end = begins[Math.min(at + SHINGLE, tokens)] - 1;
                digest.update(bytes, begins[at], end - begins[at]);
                digest.digest(hash, 0, hash.length);
                shingles[at] = (long) LONGS.get(hash, 0);
            }
        } catch (DigestException ex) {
            throw new IllegalStateException("the hash has its own length", ex);
        }
        return distinct(shingles);
    }

    private static long[] distinct(long[] all) {
        Arrays.sort(all);
        int kept = 0;
        for (long each : all) {
            if (kept == 0 || all[kept - 1] != each) {
                all[kept++] = each;
            }
        }
        return Arrays.copyOf(all, kept);
    }

    /** Where each token begins, and where one more would. */
    private static int[] begins(byte[] joined, int tokens) {
        var begins = new int[tokens + 1];
        int token = 1;
        for (int at = 0; at < joined.length; at++) {
            if (joined[at] == ' ') {
                begins[token++] = at + 1;
            }
        }
        begins[tokens] = joined.length + 1;
        return begins;
    }

    /** Runs of letters, marks and numbers, with blanks between them; of scripts that part no words single characters. */
    static String tokens(String text) {
        var tokens = new StringBuilder(text.length() + text.length() / 8);
        int begin = -1;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            int next = at + Character.charCount(point);
            boolean alone = point >= FIRST_UNPARTED && UNPARTED.contains(UnicodeScript.of(point));
            boolean word = !alone && isWord(point);
            if (!word && begin >= 0) {
                append(tokens, text, begin, at);
            }
            if (alone) {
                append(tokens, text, at, next);
            }
            begin = word ? (begin < 0 ? at : begin) : -1;
            at = next;
        }
        if (begin >= 0) {
            append(tokens, text, begin, text.length());
        }
        return tokens.toString();
    }

    private static void append(StringBuilder tokens, String text, int begin, int end) {
        if (!tokens.isEmpty()) {
            tokens.append(' ');
        }
        tokens.append(text, begin, end);
    }

    private static boolean isWord(int point) {
        if (point < 0x80) {
            return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9') || (point >= 'A' && point <= 'Z');
        }
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
