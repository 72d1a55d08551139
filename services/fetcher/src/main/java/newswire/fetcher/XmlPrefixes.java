package newswire.fetcher;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The namespace prefixes of a document: which it uses, which it forgot to declare, and what those mean everywhere else. */
final class XmlPrefixes {
    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("atom", "http://www.w3.org/2005/Atom"),
            Map.entry("content", "http://purl.org/rss/1.0/modules/content/"),
            Map.entry("creativeCommons", "http://backend.userland.com/creativeCommonsRssModule"),
            Map.entry("dc", "http://purl.org/dc/elements/1.1/"),
            Map.entry("dcterms", "http://purl.org/dc/terms/"),
            Map.entry("feedburner", "http://rssnamespace.org/feedburner/ext/1.0"),
            Map.entry("geo", "http://www.w3.org/2003/01/geo/wgs84_pos#"),
            Map.entry("georss", "http://www.georss.org/georss"),
            Map.entry("image", "http://www.google.com/schemas/sitemap-image/1.1"),
            Map.entry("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
            Map.entry("media", "http://search.yahoo.com/mrss/"),
            Map.entry("news", "http://www.google.com/schemas/sitemap-news/0.9"),
            Map.entry("podcast", "https://podcastindex.org/namespace/1.0"),
            Map.entry("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
            Map.entry("slash", "http://purl.org/rss/1.0/modules/slash/"),
            Map.entry("sy", "http://purl.org/rss/1.0/modules/syndication/"),
            Map.entry("thr", "http://purl.org/syndication/thread/1.0"),
            Map.entry("wfw", "http://wellformedweb.org/CommentAPI/"),
            Map.entry("xhtml", "http://www.w3.org/1999/xhtml"),
            Map.entry("xlink", "http://www.w3.org/1999/xlink"));

    private final Set<String> used = new TreeSet<>();
    private final Set<String> ofRoot = new HashSet<>();
    private final Map<String, String> declared = new HashMap<>();
    private final Map<String, Integer> inScope = new HashMap<>();
    private final Deque<Set<String>> scopes = new ArrayDeque<>();
    private final Set<String> unbound = new HashSet<>();

    /** Notes that an element begins; {@link #leave} must follow. */
    void enter(XmlTag tag) {
        var own = new HashSet<String>();
        for (var attribute : tag.attributes()) {
            if (attribute.name().startsWith("xmlns:") && !attribute.value().isBlank()) {
                own.add(attribute.name().substring(6));
            }
        }
        scopes.push(own);
        own.forEach(prefix -> inScope.merge(prefix, 1, Integer::sum));
        bind(tag.name());
        tag.attributes().forEach(attribute -> bind(attribute.name()));
    }

    void leave() {
        scopes.pop().forEach(prefix -> inScope.computeIfPresent(prefix, (_, count) -> count == 1 ? null : count - 1));
    }

    private void bind(String name) {
        int colon = name.indexOf(':');
        if (colon > 0 && !name.startsWith("xml") && !inScope.containsKey(name.substring(0, colon))) {
            unbound.add(name.substring(0, colon));
        }
    }

    void used(String name) {
        int colon = name.indexOf(':');
        if (colon > 0) {
            used.add(name.substring(0, colon));
        }
    }

    /** Notes an attribute; false if it must not be written, being a declaration that XML forbids. */
    boolean take(XmlTag.Attribute attribute, boolean root) {
        if (!attribute.name().startsWith("xmlns:")) {
            used(attribute.name());
            return true;
        }
        var prefix = attribute.name().substring(6);
        if (attribute.value().isBlank() || prefix.equals("xml") || prefix.equals("xmlns")) {
            return false;
        }
        declared.put(prefix, attribute.value());
        if (root) {
            ofRoot.add(prefix);
        }
        return true;
    }

    /** The declarations that the root lacks, as attributes. */
    String missing(Set<String> repairs) {
        var text = new StringBuilder();
        for (var prefix : used) {
            if (ofRoot.contains(prefix) || prefix.equals("xml") || prefix.equals("xmlns")) {
                continue;
            }
            if (unbound.contains(prefix)) {
                repairs.add("namespace-undeclared");
            }
            var uri = declared.get(prefix);
            if (uri == null) {
                repairs.add("namespace-undeclared");
                uri = KNOWN.getOrDefault(prefix, "urn:newswire:undeclared:" + prefix);
            }
            text.append(" xmlns:").append(prefix).append("=\"");
            XmlText.append(text, uri, 0, uri.length(), new HashSet<>());
            text.append('"');
        }
        return text.toString();
    }
}
