package newswire.fetcher;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Character data made fit for XML: illegal characters dropped, every {@code &} and {@code <} a good one. */
final class XmlText {
    private static final Set<String> OWN = Set.of("amp", "lt", "gt", "quot", "apos");
    private static final Map<String, String> HTML = load();
    private static final int LONGEST_REFERENCE = 40;
    private static final Pattern NUMBER = Pattern.compile("#(?:[xX][0-9a-fA-F]+|[0-9]+)");

    private XmlText() {}

    /** Appends a stretch of text or of an attribute's value. */
    static void append(StringBuilder out, String in, int from, int to, Set<String> repairs) {
        for (int at = from; at < to; at++) {
            char c = in.charAt(at);
            switch (c) {
                case '&' -> at = reference(out, in, at, to, repairs);
                case '<' -> {
                    out.append("&lt;");
                    repairs.add("bare-less-than");
                }
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> at = character(out, in, at, to, repairs);
            }
        }
    }

    /** Appends a stretch as it is, but for characters that XML does not know. */
    static void appendVerbatim(StringBuilder out, String in, int from, int to, Set<String> repairs) {
        for (int at = from; at < to; at++) {
            at = character(out, in, at, to, repairs);
        }
    }

    private static int character(StringBuilder out, String in, int at, int to, Set<String> repairs) {
        char c = in.charAt(at);
        if (Character.isHighSurrogate(c) && at + 1 < to && Character.isLowSurrogate(in.charAt(at + 1))) {
            out.append(c).append(in.charAt(at + 1));
            return at + 1;
        }
        if (legal(c)) {
            out.append(c);
        } else {
            repairs.add("control-character");
        }
        return at;
    }

    private static int reference(StringBuilder out, String in, int at, int to, Set<String> repairs) {
        int end = semicolon(in, at, to);
        if (end < 0 || end >= to || end == at + 1) {
            return bare(out, at, repairs);
        }
        var name = in.substring(at + 1, end);
        if (OWN.contains(name)) {
            out.append(in, at, end + 1);
            return end;
        }
        if (name.charAt(0) == '#') {
            return numeric(out, in, at, end, to, repairs);
        }
        var known = HTML.get(name);
        if (known == null) {
            return bare(out, at, repairs);
        }
        repairs.add("undeclared-entity");
        out.append("&#").append(known).append(';');
        return end;
    }

    private static int numeric(StringBuilder out, String in, int at, int end, int to, Set<String> repairs) {
        var name = in.substring(at + 1, end);
        boolean hex = name.length() > 1 && (name.charAt(1) == 'x' || name.charAt(1) == 'X');
        try {
            int codePoint = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
            int whole = hex ? withLowHalf(codePoint, in, end, to) : codePoint;
            if (whole != codePoint) {
                repairs.add("control-character");
                out.append("&#").append(whole).append(';');
                return semicolon(in, end + 1, to);
            }
            if (codePoint > 0xFFFF ? codePoint <= 0x10FFFF : legal((char) codePoint) && codePoint >= 0) {
                out.append("&#").append(codePoint).append(';');
            } else {
                repairs.add("control-character");
            }
            return end;
        } catch (NumberFormatException ex) {
            if (!NUMBER.matcher(name).matches()) {
                return bare(out, at, repairs); // &#foo; is text
            }
            repairs.add("control-character");
            return end;
        }
    }

    private static int semicolon(String in, int at, int to) {
        int most = Math.min(to, at + LONGEST_REFERENCE + 1);
        for (int i = at; i < most; i++) {
            if (in.charAt(i) == ';') {
                return i;
            }
        }
        return -1;
    }

    /** A character beyond the first 65,536 is sometimes written as the two halves that it is stored as. */
    private static int withLowHalf(int high, String in, int end, int to) {
        int next = semicolon(in, end + 1, to);
        if (high < 0xD800 || high > 0xDBFF || next < 0 || !in.regionMatches(true, end + 1, "&#xD", 0, 4)) {
            return high;
        }
        try {
            int low = Integer.parseInt(in.substring(end + 4, next), 16);
            return low >= 0xDC00 && low <= 0xDFFF ? Character.toCodePoint((char) high, (char) low) : high;
        } catch (NumberFormatException ex) {
            return high;
        }
    }

    private static int bare(StringBuilder out, int at, Set<String> repairs) {
        repairs.add("bare-ampersand");
        out.append("&amp;");
        return at;
    }

    /** Whether XML 1.0 knows the character; half a pair of surrogates it does not. */
    private static boolean legal(char c) {
        return c >= 0x20 ? c < 0xD800 || (c > 0xDFFF && c < 0xFFFE) : c == '\t' || c == '\n' || c == '\r';
    }

    private static Map<String, String> load() {
        var table = new Properties();
        try (var in = XmlText.class.getResourceAsStream("html-entities.properties")) {
            if (in == null) {
                throw new IllegalStateException("html-entities.properties is missing from the jar");
            }
            table.load(new InputStreamReader(in, StandardCharsets.US_ASCII));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return table.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, table::getProperty));
    }
}
