package newswire.fetcher;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to text. Servers and documents are wrong about their charset so often that a claim only counts if the bytes decode
 * by it without an error; labels mean what the WHATWG Encoding Standard says browsers take them for.
 */
final class Charsets {
    private static final Pattern HTTP = Pattern.compile("(?i)charset\\s*=\\s*[\"']?([\\w.:-]+)");
    private static final Pattern DECLARED =
            Pattern.compile("^\\s*<\\?xml[^>]{0,200}?encoding\\s*=\\s*[\"']\\s*([\\w.:-]+)");
    private static final Map<String, String> BROWSERS = Map.ofEntries(
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("us-ascii", "windows-1252"),
            Map.entry("ascii", "windows-1252"),
            Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("iso-8859-11", "x-windows-874"),
            Map.entry("tis-620", "x-windows-874"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("euckr", "x-windows-949"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("ks_c_5601", "x-windows-949"),
            Map.entry("cp949", "x-windows-949"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("sjis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("gb2312", "GB18030"),
            Map.entry("gbk", "GB18030"),
            Map.entry("big5", "Big5-HKSCS"),
            Map.entry("utf8", "UTF-8"),
            Map.entry("unicode", "UTF-16LE"));

    private static final Pattern LANGUAGE =
            Pattern.compile("(?i)(?:<(?:dc:)?language>|xml:lang\\s*=\\s*[\"'])\\s*([a-z]{2,3}(?:[-_][a-z]{2,4})?)");
    private static final Map<String, List<String>> BEFORE_UNICODE = Map.ofEntries(
            Map.entry("ar", List.of("windows-1256")),
            Map.entry("bg", List.of("windows-1251")),
            Map.entry("cs", List.of("windows-1250")),
            Map.entry("el", List.of("windows-1253")),
            Map.entry("fa", List.of("windows-1256")),
            Map.entry("he", List.of("windows-1255")),
            Map.entry("hr", List.of("windows-1250")),
            Map.entry("hu", List.of("windows-1250")),
            Map.entry("ja", List.of("windows-31j", "EUC-JP")),
            Map.entry("ko", List.of("x-windows-949")),
            Map.entry("lt", List.of("windows-1257")),
            Map.entry("lv", List.of("windows-1257")),
            Map.entry("pl", List.of("windows-1250")),
            Map.entry("ro", List.of("windows-1250")),
            Map.entry("ru", List.of("windows-1251")),
            Map.entry("sk", List.of("windows-1250")),
            Map.entry("sr", List.of("windows-1251", "windows-1250")),
            Map.entry("th", List.of("x-windows-874")),
            Map.entry("tr", List.of("windows-1254")),
            Map.entry("uk", List.of("windows-1251")),
            Map.entry("vi", List.of("windows-1258")),
            Map.entry("zh", List.of("GB18030")),
            Map.entry("zh-hk", List.of("Big5-HKSCS")),
            Map.entry("zh-tw", List.of("Big5-HKSCS")));
    private static final int FEWEST_DOUBLED = 8;
    private static final char REPLACEMENT = '\uFFFD';

    private Charsets() {}

    /**
     * Text, and how it was come by.
     *
     * @param charset the label that was right, or that of the guess
     * @param repaired whether some claim was wrong, or bytes had to be replaced
     */
    record Decoded(String text, String charset, boolean repaired) {}

    static Decoded decode(byte[] bytes, @Nullable String contentType) {
        var bom = byteOrderMark(bytes);
        if (bom != null) {
            var claims = claims(Arrays.copyOfRange(bytes, bom.bytes, bytes.length), contentType);
            var text = strictly(bytes, bom.bytes, bom.charset);
            return text == null
                    ? new Decoded(leniently(bytes, bom.bytes, bom.charset), bom.charset.name(), true)
                    : new Decoded(text, bom.charset.name(), denied(claims, bom.charset));
        }
        var claims = claims(bytes, contentType);
        for (var label : order(claims)) {
            var charset = charset(label);
            var text = charset == null ? null : strictly(bytes, 0, charset);
            if (charset != null && text != null) {
                return new Decoded(text, label.toUpperCase(Locale.ROOT), denied(claims, charset));
            }
        }
        return guessed(bytes, claims);
    }

    /** Whether anybody claims something else than what the bytes are. */
    private static boolean denied(List<String> claims, Charset truth) {
        return claims.stream()
                .map(Charsets::charset)
                .anyMatch(claim -> claim == null || !truth.name().startsWith(claim.name()));
    }

    /** Valid UTF-8 with other letters than ASCII's is hardly ever anything else, so it goes before a single-byte claim. */
    private static Set<String> order(List<String> claims) {
        var order = new LinkedHashSet<String>();
        boolean multiByteClaim = claims.stream()
                .map(Charsets::charset)
                .anyMatch(charset -> charset != null
                        && !charset.equals(StandardCharsets.UTF_8)
                        && charset.newEncoder().maxBytesPerChar() > 1);
        if (!multiByteClaim) {
            order.add("utf-8");
        }
        order.addAll(claims);
        order.add("utf-8");
        return order;
    }

    private static List<String> claims(byte[] bytes, @Nullable String contentType) {
        var claims = new ArrayList<String>();
        addFound(claims, HTTP, contentType);
        var wide = wide(bytes);
        if (wide != null) {
            claims.addFirst(wide);
        }
        addFound(claims, DECLARED, start(bytes, 400));
        return claims;
    }

    /** The first bytes as if they were Latin, which does for what is markup. */
    private static String start(byte[] bytes, int most) {
        return new String(bytes, 0, Math.min(bytes.length, most), StandardCharsets.ISO_8859_1).replace("\0", "");
    }

    private static void addFound(List<String> claims, Pattern pattern, @Nullable String in) {
        var found = pattern.matcher(in == null ? "" : in);
        if (found.find()) {
            var label = found.group(1).toLowerCase(Locale.ROOT);
            if (!claims.contains(label)) {
                claims.add(label);
            }
        }
    }

    /** Two or four bytes a character, seen by the zeros beside the first {@code <}. */
    private static @Nullable String wide(byte[] bytes) {
        if (bytes.length < 4) {
            return null;
        }
        int zeros =
                (bytes[0] == 0 ? 8 : 0) | (bytes[1] == 0 ? 4 : 0) | (bytes[2] == 0 ? 2 : 0) | (bytes[3] == 0 ? 1 : 0);
        return switch (zeros) {
            case 0b1010 -> "utf-16be";
            case 0b0101 -> "utf-16le";
            case 0b1110 -> "utf-32be";
            case 0b0111 -> "utf-32le";
            default -> null;
        };
    }

    private static @Nullable Charset charset(String label) {
        try {
            return Charset.forName(BROWSERS.getOrDefault(label, label));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException ex) {
            return null;
        }
    }

    private static @Nullable String strictly(byte[] bytes, int from, Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            var text = leniently(bytes, from, charset); // several times as fast, and tells of most that it met no error
            if (text.indexOf(REPLACEMENT) < 0) {
                return text;
            }
        }
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                    .toString();
        } catch (CharacterCodingException ex) {
            return null;
        }
    }

    private static String leniently(byte[] bytes, int from, Charset charset) {
        return new String(bytes, from, bytes.length - from, charset);
    }

    /** Some bytes fit no claim: the first known claim stands if little of it is broken, or else what Europe used. */
    private static Decoded guessed(byte[] bytes, List<String> claims) {
        var label = claims.stream()
                .filter(claim -> charset(claim) != null)
                .findFirst()
                .orElse("utf-8");
        var charset = charset(label);
        var text = leniently(bytes, 0, charset == null ? StandardCharsets.UTF_8 : charset);
        long broken = text.chars().filter(c -> c == REPLACEMENT).count();
        long foreign = text.chars().filter(c -> c > 0x7F).count();
        return broken * 4 <= foreign || broken <= 2
                ? new Decoded(text, label.toUpperCase(Locale.ROOT), true)
                : ofLanguage(bytes);
    }

    /** What was used for the language that the document says it is in, before there was UTF-8. */
    private static Decoded ofLanguage(byte[] bytes) {
        var found = LANGUAGE.matcher(start(bytes, 4_096));
        var language = found.find() ? found.group(1).toLowerCase(Locale.ROOT) : "";
        var candidates = BEFORE_UNICODE.getOrDefault(
                language, BEFORE_UNICODE.getOrDefault(language.replaceFirst("[-_].*", ""), List.of()));
        for (var name : candidates) {
            var text = strictly(bytes, 0, Charset.forName(name));
            if (text != null) {
                return new Decoded(text, name.toUpperCase(Locale.ROOT), true);
            }
        }
        return new Decoded(leniently(bytes, 0, Charset.forName("windows-1252")), "WINDOWS-1252", true);
    }

    /** Whether the first letter beyond ASCII could be the first byte of one in UTF-8, and the next a later byte. */
    private static boolean startsDoubled(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) <= 0x7F) {
            at++;
        }
        return at + 1 < text.length()
                && text.charAt(at) >= 0xC2
                && text.charAt(at) <= 0xF4
                && text.charAt(at + 1) > 0x7F;
    }

    /**
     * Undoes an encoding too much: UTF-8 that was taken for windows-1252 and encoded once more. Null unless all of the text
     * is so, which no text is by chance.
     */
    static @Nullable String undoubled(String text) {
        if (!startsDoubled(text)) {
            return null;
        }
        var bytes = new ByteArrayOutputStream(text.length());
        var encoder = Charset.forName("windows-1252").newEncoder();
        int foreign = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            foreign += c > 0x7F ? 1 : 0;
            if (c > 0xFF && !encoder.canEncode(c)) {
                return null;
            }
            bytes.write(c <= 0xFF ? c : String.valueOf(c).getBytes(encoder.charset())[0]);
        }
        return foreign < FEWEST_DOUBLED ? null : strictly(bytes.toByteArray(), 0, StandardCharsets.UTF_8);
    }

    private static @Nullable Bom byteOrderMark(byte[] b) {
        if (b.length >= 3 && b[0] == (byte) 0xEF && b[1] == (byte) 0xBB && b[2] == (byte) 0xBF) {
            return new Bom(3, StandardCharsets.UTF_8);
        }
        if (b.length >= 4 && b[0] == (byte) 0xFF && b[1] == (byte) 0xFE && b[2] == 0 && b[3] == 0) {
            return new Bom(4, Charset.forName("UTF-32LE"));
        }
        if (b.length >= 4 && b[0] == 0 && b[1] == 0 && b[2] == (byte) 0xFE && b[3] == (byte) 0xFF) {
            return new Bom(4, Charset.forName("UTF-32BE"));
        }
        if (b.length >= 2 && b[0] == (byte) 0xFF && b[1] == (byte) 0xFE) {
            return new Bom(2, StandardCharsets.UTF_16LE);
        }
        if (b.length >= 2 && b[0] == (byte) 0xFE && b[1] == (byte) 0xFF) {
            return new Bom(2, StandardCharsets.UTF_16BE);
        }
        return null;
    }

    private record Bom(int bytes, Charset charset) {}
}
