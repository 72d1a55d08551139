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
import org.jdom2.Content;
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
        return sha256(withoutBeacons(canonical(entry)));
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

    /** Its children in the order of their names: feeds shuffle them. Below, order has a meaning. */
    private static String canonical(Element entry) {
        var parts = new ArrayList<Content>(entry.getContentSize());
        for (var content : entry.getContent()) {
            if (content instanceof Text || (content instanceof Element child && material(child))) {
                parts.add(content);
            }
        }
        parts.sort(Comparator.comparing(EntryDigest::name));
        var out = new StringBuilder(1_024);
        begin(out, entry);
        parts.forEach(part -> append(out, part));
        return out.append("</>").toString();
    }

    private static String name(Content part) {
        return part instanceof Element child ? child.getQualifiedName() : "";
    }

    private static void append(StringBuilder out, Content part) {
        switch (part) {
            case Element element -> {
                begin(out, element);
                for (var content : element.getContent()) {
                    if (!(content instanceof Element child) || material(child)) {
                        append(out, content);
                    }
                }
                out.append("</>");
            }
            case Text text -> collapse(text.getText(), out);
            default -> {}
        }
    }

    private static void begin(StringBuilder out, Element element) {
        out.append('<').append(element.getNamespaceURI()).append('|').append(element.getName());
        if (element.hasAttributes()) {
            var attributes = new ArrayList<>(element.getAttributes());
            attributes.sort(Comparator.comparing(Attribute::getQualifiedName));
            for (var attribute : attributes) {
                out.append(' ').append(attribute.getNamespaceURI()).append('|').append(attribute.getName());
                out.append('=');
                collapse(attribute.getValue(), out);
            }
        }
        out.append('>');
    }

    /** As {@code \s+} and a space would do it, without an expression. */
    static String collapsed(String text) {
        var out = new StringBuilder(text.length());
        collapse(text, out);
        return out.toString();
    }

    private static void collapse(String text, StringBuilder out) {
        char[] all = text.toCharArray();
        int end = all.length;
        int at = 0;
        while (at < end && Character.isWhitespace(all[at])) {
            at++;
        }
        while (end > at && Character.isWhitespace(all[end - 1])) {
            end--;
        }
        int from = at;
        for (; at < end; at++) {
            if (blank(all[at]) && (all[at] != ' ' || blank(all[at + 1]))) { // the last is no blank
                out.append(text, from, at).append(' ');
                while (blank(all[at + 1])) {
                    at++;
                }
                from = at + 1;
            }
        }
        out.append(text, from, end);
    }

    private static boolean blank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
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
}
