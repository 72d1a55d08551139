package newswire.fetcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jdom2.filter.Filters;

/** Names as the formats write them: RSS in the right case and of a version that exists, Atom and RDF in their namespace. */
final class XmlNames {
    private static final Namespace ATOM = Namespace.getNamespace("http://www.w3.org/2005/Atom");
    private static final Namespace RSS_1 = Namespace.getNamespace("http://purl.org/rss/1.0/");
    private static final Set<String> ATOM_0_3 = Set.of("http://purl.org/atom/ns#");
    private static final int DEEPEST = 4;
    private static final Map<String, String> RSS = Stream.of(
                    "rss",
                    "channel",
                    "item",
                    "title",
                    "link",
                    "description",
                    "guid",
                    "pubDate",
                    "category",
                    "author",
                    "comments",
                    "enclosure",
                    "source",
                    "language",
                    "copyright",
                    "managingEditor",
                    "webMaster",
                    "lastBuildDate",
                    "generator",
                    "docs",
                    "cloud",
                    "ttl",
                    "image",
                    "url",
                    "width",
                    "height",
                    "skipHours",
                    "hour",
                    "skipDays",
                    "day")
            .collect(Collectors.toUnmodifiableMap(name -> name.toLowerCase(Locale.ROOT), Function.identity()));

    private XmlNames() {}

    static void mend(Element root, List<String> repairs) {
        switch (root.getName().toLowerCase(Locale.ROOT)) {
            case "rss" -> rss(root, repairs);
            case "channel" -> lower(root, repairs, 1);
            case "rdf" -> rdf(root, repairs);
            case "feed" -> atom(root, repairs);
            default -> {}
        }
    }

    private static void rss(Element root, List<String> repairs) {
        lower(root, repairs, 0);
        var version = root.getAttributeValue("version", "").strip();
        if (!version.matches("0\\.9\\d?|2(\\.0.*)?|1\\.0")) {
            root.setAttribute("version", "2.0");
            repairs.add("rss-version");
        }
    }

    private static void lower(Element element, List<String> repairs, int depth) {
        var right = RSS.get(element.getName().toLowerCase(Locale.ROOT));
        if (element.getNamespacePrefix().isEmpty() && right != null && !right.equals(element.getName())) {
            element.setName(right);
            named("tag-case", repairs);
        }
        if (depth < DEEPEST - 1) {
            XmlTree.children(element).forEach(child -> lower(child, repairs, depth + 1));
        }
    }

    private static void rdf(Element root, List<String> repairs) {
        boolean bare = root.getChildren().stream()
                .anyMatch(child -> child.getName().equals("item")
                        && child.getNamespaceURI().isEmpty());
        if (bare) {
            move(root.getDescendants(Filters.element(Namespace.NO_NAMESPACE)), RSS_1);
            named("namespace-undeclared", repairs);
        }
    }

    private static void atom(Element root, List<String> repairs) {
        var namespace = root.getNamespace();
        var uri = namespace.getURI().toLowerCase(Locale.ROOT);
        if (uri.contains("atom") && !namespace.equals(ATOM) && !ATOM_0_3.contains(uri)) {
            move(root.getDescendants(Filters.element(namespace)), ATOM);
            root.setNamespace(ATOM);
            named("wrong-namespace", repairs);
        }
    }

    private static void move(Iterable<Element> elements, Namespace namespace) {
        var all = new ArrayList<Element>();
        elements.forEach(all::add);
        all.forEach(element -> element.setNamespace(namespace));
    }

    private static void named(String repair, List<String> repairs) {
        if (!repairs.contains(repair)) {
            repairs.add(repair);
        }
    }
}
