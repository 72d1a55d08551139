package newswire.fetcher;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdom2.Attribute;
import org.jdom2.CDATA;
import org.jdom2.Element;
import org.jdom2.Text;
import tools.jackson.databind.JsonNode;

/**
 * SHA-256 over what of an entry is material: not the order of its elements, not white space, not the counters (comments,
 * views, ratings) and beacons that would make a new state of it at every poll.
 */
final class EntryDigest {
    private static final Set<String> COUNTERS = Set.of(
            "http://purl.org/rss/1.0/modules/slash/",
            "http://wellformedweb.org/CommentAPI/",
            "http://purl.org/syndication/thread/1.0");
    private static final Set<String> MEDIA_COUNTERS = Set.of("statistics", "community", "starRating");
    private static final Pattern BEACON = Pattern.compile(
            "(?i)<img[^>]{0,300}(feeds?\\.feedburner\\.com/~|feedsportal\\.com|/b\\.gif\\?)[^>]{0,300}>");

    private EntryDigest() {}

    static String of(Element entry) {
        return sha256(withoutBeacons(canonical(entry, true)));
    }

    /** Every entry of every document comes through here, so the expression is tried only where a picture begins. */
    static String withoutBeacons(String text) {
        var beacon = BEACON.matcher(text);
        var kept = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
            boolean picture = text.regionMatches(true, at + 1, "img", 0, 3);
            if (picture && beacon.region(at, text.length()).lookingAt()) {
                kept.append(text, from, at);
                from = beacon.end();
                at = from - 1;
            }
        }
        return from == 0 ? text : kept.append(text, from, text.length()).toString();
    }

    static String of(JsonNode entry) {
        var text = new StringBuilder();
        append(text, entry);
        return sha256(text.toString());
    }

    private static String canonical(Element element, boolean sorted) {
        var text = new StringBuilder();
        var parts = new ArrayList<Part>();
        for (var content : element.getContent()) {
            if (content instanceof Element child && material(child)) {
                parts.add(new Part(child.getQualifiedName(), canonical(child, false)));
            } else if (content instanceof Text || content instanceof CDATA) {
                parts.add(new Part("", collapsed(content.getValue())));
            }
        }
        if (sorted) {
            parts.sort(Comparator.comparing(Part::name));
        }
        parts.forEach(part -> text.append(part.text));
        return "<" + element.getNamespaceURI() + "|" + element.getName() + attributes(element) + ">" + text + "</>";
    }

    /** As {@code \s+} and a space would do it, without an expression. */
    static String collapsed(String text) {
        var out = new StringBuilder(text.length());
        int from = 0;
        for (int n = 0; n < text.length(); n++) {
            if (blank(text.charAt(n))) {
                out.append(text, from, n).append(' ');
                while (n + 1 < text.length() && blank(text.charAt(n + 1))) {
                    n++;
                }
                from = n + 1;
            }
        }
        return out.append(text, from, text.length()).toString().strip();
    }

    private static boolean blank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static String attributes(Element element) {
        if (!element.hasAttributes()) {
            return "";
        }
        return element.getAttributes().stream()
                .sorted(Comparator.comparing(Attribute::getQualifiedName))
                .map(attribute -> " " + attribute.getNamespaceURI() + "|" + attribute.getName() + "="
                        + collapsed(attribute.getValue()))
                .reduce("", String::concat);
    }

    private static boolean material(Element element) {
        boolean media = element.getNamespaceURI().startsWith("http://search.yahoo.com/mrss")
                && MEDIA_COUNTERS.contains(element.getName());
        return !media && !element.getName().equals("fullCount") && !COUNTERS.contains(element.getNamespaceURI());
    }

    private static void append(StringBuilder out, JsonNode node) {
        if (node.isObject()) {
            out.append('{');
            List<String> names = node.propertyNames().stream().sorted().toList();
            for (var name : names) {
                out.append(name).append(':');
                append(out, node.path(name));
            }
            out.append('}');
        } else if (node.isArray()) {
            out.append('[');
            node.forEach(child -> append(out, child));
            out.append(']');
        } else {
            out.append(collapsed(node.asString(""))).append(',');
        }
    }

    static String sha256(String text) {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

    private record Part(String name, String text) {}
}
