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
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private EntryDigest() {}

    static String of(Element entry) {
        return sha256(BEACON.matcher(canonical(entry, true)).replaceAll(""));
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

    private static String collapsed(String text) {
        return BLANKS.matcher(text).replaceAll(" ").strip();
    }

    private static String attributes(Element element) {
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
