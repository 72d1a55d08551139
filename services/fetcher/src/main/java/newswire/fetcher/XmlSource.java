package newswire.fetcher;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The text of an XML document without what a parser of feeds must never see: what stands before its first tag (the XML
 * declaration, since the text is decoded already, and the DOCTYPE, with every entity it declares).
 *
 * @param text from the first tag on
 * @param root qualified name of the first tag, empty if there is none
 * @param repairs what was taken away that should not have been there
 */
record XmlSource(String text, String root, List<String> repairs) {

    private static final Pattern ROOT =
            Pattern.compile("(?i)<(?:[\\w.-]+:)?(?:rss|feed|rdf|channel|entry|urlset|sitemapindex)[\\s>]");
    private static final Pattern DECLARATION = Pattern.compile(
            "<\\?xml\\s+version\\s*=\\s*[\"']1\\.[0-9]+[\"'](?:\\s+\\w+\\s*=\\s*(?:\"[^\"]*\"|'[^']*'))*\\s*\\?>");
    private static final int FARTHEST_ROOT = 64 * 1024;

    XmlSource {
        repairs = List.copyOf(repairs);
    }

    /** Whether the first tag is one that feeds begin with. */
    boolean feed() {
        return ROOT.matcher(text).lookingAt();
    }

    static XmlSource of(String text) {
        var repairs = new java.util.LinkedHashSet<String>();
        int at = skipProlog(text, repairs);
        return new XmlSource(text.substring(at), name(text, at + 1), List.copyOf(repairs));
    }

    private static int skipProlog(String text, Set<String> repairs) {
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('<', at);
            if (open < 0) {
                return text.length();
            }
            if (!text.substring(at, open).replace("\uFEFF", "").isBlank()) {
                repairs.add("junk-before-document");
            }
            if (text.startsWith("<?", open)) {
                at = after(text, "?>", open, at > 0 || open > 0, repairs);
            } else if (text.startsWith("<!--", open)) {
                at = after(text, "-->", open, false, repairs);
            } else if (text.regionMatches(true, open, "<!DOCTYPE", 0, 9)) {
                repairs.add("doctype-removed");
                at = afterDoctype(text, open + 9);
            } else if (open + 1 < text.length() && isNameStart(text.charAt(open + 1))) {
                return root(text, open, repairs);
            } else {
                repairs.add("junk-before-document");
                at = open + 1;
            }
        }
        return text.length();
    }

    /** Programs print their warnings in HTML before the document that they print. */
    private static int root(String text, int open, Set<String> repairs) {
        if (name(text, open + 1).equalsIgnoreCase("html")
                || ROOT.matcher(text).region(open, text.length()).lookingAt()) {
            return open;
        }
        var root = ROOT.matcher(text).region(open, Math.min(text.length(), open + FARTHEST_ROOT));
        if (!root.find()) {
            return open;
        }
        repairs.add("junk-before-document");
        return root.start();
    }

    private static int after(String text, String end, int from, boolean late, Set<String> repairs) {
        if (late && text.startsWith("<?xml ", from)) {
            repairs.add("junk-before-document"); // only the very first characters may be an XML declaration
        } else if (text.startsWith("<?xml ", from)
                && !DECLARATION.matcher(text).region(from, text.length()).lookingAt()) {
            repairs.add("xml-declaration");
        }
        int found = text.indexOf(end, from);
        return found < 0 ? from + 1 : found + end.length();
    }

    private static int afterDoctype(String text, int from) {
        boolean subset = false;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'') {
                int end = text.indexOf(c, at + 1);
                at = end < 0 ? at : end;
            } else if (subset && text.startsWith("<!--", at)) {
                int end = text.indexOf("-->", at);
                at = end < 0 ? at : end + 2;
            } else if (c == '[') {
                subset = true;
            } else if (c == ']') {
                subset = false;
            } else if (c == '>' && !subset) {
                return at + 1;
            }
        }
        int end = text.indexOf('>', from);
        return end < 0 ? text.length() : end + 1;
    }

    private static String name(String text, int from) {
        int end = from;
        while (end < text.length() && isName(text.charAt(end))) {
            end++;
        }
        return from >= text.length() ? "" : text.substring(from, end);
    }

    static boolean isNameStart(char c) {
        return c == '_' || Character.isLetter(c);
    }

    static boolean isName(char c) {
        return c == '_' || c == '-' || c == '.' || c == ':' || Character.isLetterOrDigit(c);
    }
}
