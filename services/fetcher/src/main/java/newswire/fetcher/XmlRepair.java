package newswire.fetcher;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Makes well-formed XML of what is nearly a feed, in one pass and in time and memory linear in the text. What is mended is
 * named, for the record.
 */
final class XmlRepair {
    private static final Set<String> ENTRIES = Set.of("item", "entry");
    private static final Set<String> VOID = Set.of("br", "hr", "img", "input", "wbr");
    private static final Set<String> LEAVES = Set.of("title", "link", "guid", "pubDate", "comments", "category");
    private static final Set<String> PARTS = Set.of(
            "title",
            "link",
            "guid",
            "pubDate",
            "comments",
            "category",
            "description",
            "enclosure",
            "source",
            "content:encoded",
            "dc:creator",
            "dc:date");
    private static final int DEEPEST = XmlTree.DEEPEST - 16;

    private final String in;
    private final StringBuilder out;
    private final Set<String> repairs = new LinkedHashSet<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Map<String, Integer> openByName = new HashMap<>();
    private final XmlPrefixes prefixes = new XmlPrefixes();
    private final int lastEntry;
    private int entryStart = -1;
    private int entryDepth;
    private int afterRootName = -1;

    private XmlRepair(String in) {
        this.in = in;
        this.out = new StringBuilder(in.length() + 1024);
        this.lastEntry = Math.max(in.lastIndexOf("<item"), in.lastIndexOf("<entry"));
    }

    /**
     * The mended text.
     *
     * @param truncated whether the end is missing; the entry that it cuts in two is left out
     */
    record Repaired(String text, List<String> repairs, boolean truncated) {
        Repaired {
            repairs = List.copyOf(repairs);
        }
    }

    /** Mends a document that begins with its first tag. */
    static Repaired repair(String text) {
        return new XmlRepair(text).run();
    }

    private Repaired run() {
        int at = 0;
        while (at >= 0 && at < in.length() && (afterRootName < 0 || !open.isEmpty())) {
            at = in.charAt(at) == '<' ? markup(at) : text(at);
        }
        boolean truncated = !open.isEmpty();
        if (truncated) {
            closeTruncated();
        } else if (at >= 0 && !in.substring(at).isBlank()) {
            repairs.add("junk-after-document");
        }
        declarePrefixes();
        return new Repaired(out.toString(), List.copyOf(repairs), truncated);
    }

    private int text(int at) {
        int end = in.indexOf('<', at);
        int to = end < 0 ? in.length() : end;
        if (in.substring(at, to).contains("]]>")) {
            repairs.add("cdata");
        }
        XmlText.append(out, in, at, to, repairs);
        return to;
    }

    /** Copies or mends what starts with {@code <}. Returns where it ends, or -1 if the document does. */
    private int markup(int at) {
        if (in.startsWith("<![CDATA[", at)) {
            return section(at);
        }
        if (in.startsWith("<!--", at)) {
            return skipped("-->", at);
        }
        if (in.startsWith("<?", at)) {
            return skipped("?>", at);
        }
        char next = at + 1 < in.length() ? in.charAt(at + 1) : ' ';
        if (next == '/' && at + 2 < in.length() && XmlSource.isNameStart(in.charAt(at + 2))) {
            return endTag(at);
        }
        if (XmlSource.isNameStart(next)) {
            return startTag(at);
        }
        repairs.add("bare-less-than");
        out.append("&lt;");
        return at + 1;
    }

    private int section(int at) {
        int end = in.indexOf("]]>", at);
        if (end < 0) {
            return -1;
        }
        XmlText.appendVerbatim(out, in, at, end + 3, repairs);
        return end + 3;
    }

    private int skipped(String end, int at) {
        int found = in.indexOf(end, at + 2);
        if (found > at + 4 && end.equals("-->") && in.substring(at + 4, found).contains("--")) {
            repairs.add("comment");
        }
        return found < 0 ? -1 : found + end.length();
    }

    private int startTag(int at) {
        var tag = XmlTag.read(in, at, repairs);
        if (tag == null) {
            return -1;
        }
        if (entryStart >= 0 && ENTRIES.contains(tag.name()) && openByName.containsKey(tag.name())) {
            repairs.add("unclosed-element");
            closeTo(entryDepth);
        }
        closeLeaf(tag.name());
        if (open.size() >= DEEPEST) {
            repairs.add("too-deep");
            push(tag, "");
            return tag.end();
        }
        int start = out.length();
        prefixes.enter(tag);
        prefixes.used(tag.name());
        out.append('<').append(tag.name());
        if (afterRootName < 0) {
            afterRootName = out.length();
        }
        tag.appendAttributes(out, prefixes, open.isEmpty(), repairs);
        boolean empty = tag.empty() || VOID.contains(tag.name().toLowerCase(Locale.ROOT));
        if (empty && !tag.empty()) {
            repairs.add("unclosed-element");
        }
        out.append(empty ? "/>" : ">");
        if (empty) {
            prefixes.leave();
            return tag.end();
        }
        push(tag, tag.name());
        if (entryStart < 0 && ENTRIES.contains(tag.name())) {
            entryStart = start;
            entryDepth = open.size() - 1;
        }
        return tag.end();
    }

    /** What never holds the other parts of an entry ends where one of them begins. */
    private void closeLeaf(String next) {
        var top = open.peek();
        if (entryStart >= 0 && top != null && LEAVES.contains(top) && PARTS.contains(next)) {
            repairs.add("unclosed-element");
            close();
        }
    }

    private void push(XmlTag tag, String written) {
        if (!tag.empty()) {
            open.push(written.isEmpty() ? "\0" + tag.name() : written);
            openByName.merge(tag.name(), 1, Integer::sum);
        }
    }

    private int endTag(int at) {
        int end = in.indexOf('>', at);
        if (end < 0) {
            return -1;
        }
        var name = XmlTag.clean(in.substring(at + 2, XmlTag.nameEnd(in, at + 2)));
        boolean early = at < lastEntry && (open.size() == 1 || (open.size() == 2 && name.equals("channel") && rss()));
        if (early || !openByName.containsKey(name)) {
            repairs.add("stray-end-tag");
        } else {
            closeNamed(name);
        }
        return end + 1;
    }

    private boolean rss() {
        return open.getLast().equals("rss");
    }

    private void closeNamed(String name) {
        while (!open.isEmpty()) {
            var closed = close();
            if (closed.equals(name)) {
                return;
            }
            repairs.add("unclosed-element");
        }
    }

    private void closeTo(int depth) {
        while (open.size() > depth) {
            close();
        }
    }

    private String close() {
        var name = open.pop();
        boolean written = name.charAt(0) != '\0';
        if (written) {
            out.append("</").append(name).append('>');
            prefixes.leave();
        }
        var bare = written ? name : name.substring(1);
        openByName.computeIfPresent(bare, (_, count) -> count == 1 ? null : count - 1);
        if (entryStart >= 0 && open.size() <= entryDepth) {
            entryStart = -1;
        }
        return bare;
    }

    private void closeTruncated() {
        repairs.add("truncated");
        if (entryStart >= 0) {
            out.setLength(entryStart);
            while (open.size() > entryDepth) {
                open.pop();
            }
        }
        closeTo(0);
    }

    private void declarePrefixes() {
        if (afterRootName >= 0 && afterRootName <= out.length()) {
            out.insert(afterRootName, prefixes.missing(repairs));
        }
    }
}
