package newswire.fetcher;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A start tag, read leniently.
 *
 * @param end where it ends in the text
 * @param empty whether it closes itself
 */
record XmlTag(String name, List<Attribute> attributes, int end, boolean empty) {
    private static final int MOST_ATTRIBUTES = 190;
    private static final int LONGEST_NAME = 200;

    XmlTag {
        attributes = List.copyOf(attributes);
    }

    /** An attribute, its value verbatim. */
    record Attribute(String name, String value) {}

    /** Reads the tag at a place, or nothing if the text ends first. */
    static @Nullable XmlTag read(String in, int from, Set<String> repairs) {
        int nameEnd = nameEnd(in, from + 1);
        var name = clean(in.substring(from + 1, nameEnd));
        var attributes = new ArrayList<Attribute>();
        int at = nameEnd;
        while (at < in.length()) {
            char c = in.charAt(at);
            if (c == '>') {
                return new XmlTag(name, attributes, at + 1, in.charAt(at - 1) == '/');
            }
            if (c == '<') {
                return new XmlTag(name, attributes, at, false); // the tag was never closed
            }
            at = XmlSource.isNameStart(c) ? attribute(in, at, attributes, repairs) : at + 1;
        }
        return null;
    }

    private static int attribute(String in, int from, List<Attribute> attributes, Set<String> repairs) {
        int nameEnd = nameEnd(in, from);
        var name = clean(in.substring(from, nameEnd));
        int at = skipBlanks(in, nameEnd);
        if (at >= in.length() || in.charAt(at) != '=') {
            repairs.add("unquoted-attribute");
            add(attributes, name, "");
            return nameEnd;
        }
        at = skipBlanks(in, at + 1);
        if (at >= in.length()) {
            return at;
        }
        char quote = in.charAt(at);
        if (quote == '"' || quote == '\'') {
            int end = in.indexOf(quote, at + 1);
            if (end < 0) {
                return in.length();
            }
            add(attributes, name, in.substring(at + 1, end));
            return end + 1;
        }
        repairs.add("unquoted-attribute");
        int end = at;
        while (end < in.length() && !Character.isWhitespace(in.charAt(end)) && in.charAt(end) != '>') {
            end++;
        }
        add(attributes, name, in.substring(at, end));
        return end;
    }

    private static void add(List<Attribute> attributes, String name, String value) {
        if (attributes.size() < MOST_ATTRIBUTES) {
            attributes.add(new Attribute(name, value));
        }
    }

    private static int skipBlanks(String in, int from) {
        int at = from;
        while (at < in.length() && Character.isWhitespace(in.charAt(at))) {
            at++;
        }
        return at;
    }

    static int nameEnd(String in, int from) {
        int at = from;
        while (at < in.length() && XmlSource.isName(in.charAt(at))) {
            at++;
        }
        return at;
    }

    /** A name as XML with namespaces allows it: at most one colon, with something on both sides. */
    static String clean(String name) {
        var cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        int colon = cut.indexOf(':');
        if (colon < 0) {
            return cut;
        }
        var local = cut.substring(colon + 1).replace(':', '_');
        return local.isEmpty() || !XmlSource.isNameStart(local.charAt(0))
                ? cut.replace(':', '_')
                : cut.substring(0, colon + 1) + local;
    }

    /** Writes the attributes, each once and quoted. */
    void appendAttributes(StringBuilder out, XmlPrefixes prefixes, boolean root, Set<String> repairs) {
        var written = new HashSet<String>();
        for (var attribute : attributes) {
            if (!written.add(attribute.name)) {
                repairs.add("duplicate-attribute");
            } else if (prefixes.take(attribute, root)) {
                out.append(' ').append(attribute.name).append("=\"");
                XmlText.append(out, attribute.value, 0, attribute.value.length(), repairs);
                out.append('"');
            }
        }
    }
}
