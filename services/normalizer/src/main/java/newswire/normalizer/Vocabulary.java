package newswire.normalizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/** The XML vocabularies that feeds mix, each under all the namespaces that are seen for it. */
@SuppressWarnings("ImmutableEnumChecker") // List.of cannot change
enum Vocabulary {
    /** RSS of any version, with or without a namespace. */
    RSS(
            "",
            "http://purl.org/rss/1.0",
            "http://my.netscape.com/rdf/simple/0.9",
            "http://channel.netscape.com/rdf/simple/0.9",
            "http://backend.userland.com/rss",
            "http://backend.userland.com/rss2",
            "http://blogs.law.harvard.edu/tech/rss"),
    ATOM("http://www.w3.org/2005/atom", "http://purl.org/atom/ns#", "https://www.w3.org/2005/atom"),
    RDF("http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    CONTENT("http://purl.org/rss/1.0/modules/content"),
    DC("http://purl.org/dc/elements/1.1", "http://purl.org/dc/elements/1.0"),
    DC_TERMS("http://purl.org/dc/terms"),
    PRISM(
            "http://prismstandard.org/namespaces/basic/3.0",
            "http://prismstandard.org/namespaces/basic/2.2",
            "http://prismstandard.org/namespaces/basic/2.1",
            "http://prismstandard.org/namespaces/basic/2.0",
            "http://prismstandard.org/namespaces/1.2/basic"),
    /** IPTC's G2 standards: NewsML-G2. */
    NEWSML("http://iptc.org/std/nar/2006-10-01"),
    MEDIA("http://search.yahoo.com/mrss", "http://www.rssboard.org/media-rss", "https://search.yahoo.com/mrss"),
    ITUNES("http://www.itunes.com/dtds/podcast-1.0.dtd"),
    PODCAST("https://podcastindex.org/namespace/1.0"),
    GEO_RSS("http://www.georss.org/georss", "http://www.georss.org/georss/10"),
    GML("http://www.opengis.net/gml", "http://www.opengis.net/gml/3.2"),
    GEO("http://www.w3.org/2003/01/geo/wgs84_pos#"),
    CREATIVE_COMMONS(
            "http://backend.userland.com/creativecommonsrssmodule",
            "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html",
            "http://creativecommons.org/ns#",
            "http://web.resource.org/cc"),
    FEEDBURNER("http://rssnamespace.org/feedburner/ext/1.0"),
    PHEEDO("http://www.pheedo.com/namespace/pheedo"),
    WORDPRESS("com-wordpress:feed-additions:1"),
    XHTML("http://www.w3.org/1999/xhtml"),
    IMAGE("http://www.google.com/schemas/sitemap-image/1.1"),
    SITEMAP("http://www.sitemaps.org/schemas/sitemap/0.9"),
    NEWS("http://www.google.com/schemas/sitemap-news/0.9");

    private final List<String> namespaces;

    Vocabulary(String... namespaces) {
        this.namespaces = List.of(namespaces);
    }

    private boolean has(Element element) {
        var uri = element.getNamespaceURI().toLowerCase(Locale.ROOT);
        return namespaces.contains(uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri);
    }

    /** Whether an element is the one of this vocabulary with that name, in whatever case. */
    boolean is(Element element, String name) {
        return element.getName().equalsIgnoreCase(name) && has(element);
    }

    /** The children with that name, in document order. */
    List<Element> all(Element parent, String name) {
        var found = new ArrayList<Element>();
        for (var child : parent.getChildren()) {
            if (is(child, name)) {
                found.add(child);
            }
        }
        return found;
    }

    /** The first child with that name. */
    @Nullable
    Element first(Element parent, String name) {
        for (var child : parent.getChildren()) {
            if (is(child, name)) {
                return child;
            }
        }
        return null;
    }

    /** The trimmed text of the first child with that name that has any. */
    @Nullable
    String text(Element parent, String name) {
        for (var child : parent.getChildren()) {
            if (is(child, name) && !child.getValue().isBlank()) {
                return child.getValue().strip();
            }
        }
        return null;
    }

    /** An attribute, in whatever case its name is written; absent if blank. */
    static @Nullable String attribute(Element element, String name) {
        for (var attribute : element.getAttributes()) {
            if (attribute.getName().equalsIgnoreCase(name)
                    && !attribute.getValue().isBlank()) {
                return attribute.getValue().strip();
            }
        }
        return null;
    }
}
