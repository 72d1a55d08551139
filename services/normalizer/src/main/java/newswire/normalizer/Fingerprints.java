package newswire.normalizer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer.Form;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import newswire.contract.Article;

/** Hashes that stay the same when only the form of a text changes. */
final class Fingerprints {
    private static final String ALGORITHM = "canon-1";
    private static final Pattern INVISIBLE = Pattern.compile("[\\u200B-\\u200D\\u2060\\uFEFF\\u00AD]");
    private static final Pattern SPACE = Pattern.compile("(?U)\\s+");
    private static final Pattern TOKEN = Pattern.compile(
            "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]|[[\\p{L}\\p{M}\\p{N}]&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]]+");
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

    /** The canonical form of a text. */
    static String canon(String text) {
        var compatible = java.text.Normalizer.normalize(text, Form.NFKC);
        return SPACE.matcher(INVISIBLE.matcher(compatible).replaceAll(""))
                .replaceAll(" ")
                .strip();
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
        var tokens = TOKEN.matcher(text).results().map(MatchResult::group).toList();
        var shingles = new HashSet<String>();
        for (int at = 0; at + SHINGLE <= tokens.size(); at++) {
            shingles.add(String.join(" ", tokens.subList(at, at + SHINGLE)));
        }
        if (shingles.isEmpty() && !tokens.isEmpty()) {
            shingles.add(String.join(" ", tokens));
        }
        return shingles;
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
