package newswire.fetcher;

import java.util.List;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/** Reads where an XML entry's page is, when it was published, and whether the entry has the whole text. */
final class XmlEntryFacts {
    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final String CONTENT = "http://purl.org/rss/1.0/modules/content/";
    private static final String NEWS = "http://www.google.com/schemas/sitemap-news/0.9";
    private static final String FEEDBURNER = "http://rssnamespace.org/feedburner/ext/1.0";
    private static final List<String> DATES = List.of("pubDate", "published", "issued", "date", "updated");
    private static final List<String> TEXTS = List.of("title", "description", "summary", "content");
    private static final int LONGEST = 2_048;

    private XmlEntryFacts() {}

    static EntryFacts of(Element entry) {
        return new EntryFacts(link(entry), () -> full(entry), published(entry), title(entry));
    }

    private static int title(Element entry) {
        for (var name : TEXTS) {
            int title = Titles.digest(value(entry, name, entry.getNamespaceURI()));
            if (title != 0) {
                return title;
            }
        }
        for (var child : XmlTree.children(entry)) {
            if (child.getName().equals("news")) {
                return Titles.digest(value(child, "title", NEWS));
            }
        }
        return 0;
    }

    private static @Nullable String link(Element entry) {
        var original = text(entry, "origLink", FEEDBURNER);
        if (original != null) {
            return original;
        }
        for (var child : XmlTree.children(entry)) {
            boolean own = child.getNamespace().equals(entry.getNamespace())
                    || child.getNamespaceURI().equals(ATOM);
            if (own && child.getName().equals("link")) {
                var link = link(child, "alternate".equalsIgnoreCase(child.getAttributeValue("rel", "alternate")));
                if (link != null) {
                    return link;
                }
            }
        }
        var place = text(entry, "loc", entry.getNamespaceURI());
        return place != null ? place : permalink(entry);
    }

    private static @Nullable String link(Element link, boolean alternate) {
        var target = link.getAttributeValue("href", link.getValue()).strip();
        return alternate && !target.isEmpty() && target.length() <= LONGEST ? target : null;
    }

    private static @Nullable String permalink(Element entry) {
        var guid = entry.getChild("guid", entry.getNamespace());
        boolean permanent = guid != null && !"false".equalsIgnoreCase(guid.getAttributeValue("isPermaLink", "true"));
        var text = permanent ? text(entry, "guid", entry.getNamespaceURI()) : null;
        return text != null && text.startsWith("http") ? text : null;
    }

    private static boolean full(Element entry) {
        var content = entry.getChild("content", entry.getNamespace());
        boolean elsewhere = content != null && content.getAttribute("src") != null;
        return EntryFacts.isFull(value(entry, "encoded", CONTENT), true)
                || (!elsewhere && EntryFacts.isFull(value(entry, "content", entry.getNamespaceURI()), true))
                || EntryFacts.isFull(value(entry, "description", entry.getNamespaceURI()), false);
    }

    static @Nullable String published(Element entry) {
        for (var name : DATES) {
            for (var child : XmlTree.children(entry)) {
                if (child.getName().equals(name)) {
                    return child.getValue().strip();
                }
            }
        }
        for (var child : XmlTree.children(entry)) {
            if (child.getName().equals("news")) {
                return text(child, "publication_date", NEWS);
            }
        }
        return null;
    }

    private static @Nullable String text(Element parent, String name, String namespace) {
        var value = value(parent, name, namespace);
        var text = value == null ? "" : value.strip();
        return text.isEmpty() || text.length() > LONGEST ? null : text;
    }

    private static @Nullable String value(Element parent, String name, String namespace) {
        for (var child : XmlTree.children(parent)) {
            if (child.getName().equals(name) && child.getNamespaceURI().equals(namespace)) {
                return child.getValue();
            }
        }
        return null;
    }
}
