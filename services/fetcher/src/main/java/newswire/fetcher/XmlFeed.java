package newswire.fetcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import newswire.contract.Format;
import org.jdom2.Content;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jdom2.Text;
import org.jdom2.output.LineSeparator;
import org.jdom2.output.XMLOutputter;
import org.jspecify.annotations.Nullable;

/** RSS of all ages, Atom and news sitemaps: a tree that is taken apart into trees of one entry each. */
final class XmlFeed {
    private static final Namespace ATOM = Namespace.getNamespace("http://www.w3.org/2005/Atom");
    private static final Namespace RSS_1 = Namespace.getNamespace("http://purl.org/rss/1.0/");
    private static final Namespace RDF = Namespace.getNamespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    private static final Namespace NEWS = Namespace.getNamespace("http://www.google.com/schemas/sitemap-news/0.9");
    private static final int DEEPEST_ENTRY = 4;
    private static final Set<String> OLD_RSS = Set.of("0.90", "0.91", "0.92", "0.93", "0.94");

    private final Document document;
    private final Format format;
    private final Element parent;
    private final List<Element> entries;
    private final ChannelFacts facts;
    private final int place;

    private XmlFeed(Document document, Format format, Element parent, List<Element> entries, List<String> repairs) {
        this.document = document;
        this.format = format;
        this.parent = parent;
        this.entries = entries;
        this.facts = XmlFacts.of(channel());
        OptionalValues.mend(channel(), entries, repairs);
        this.place = cutOut(parent, Set.copyOf(entries));
    }

    /** Reads a tree, which is used up by it. */
    static FeedDocument read(
            Document document, String charset, List<String> repairs, int mostEntries, boolean complete) {
        XmlNames.mend(document.getRootElement(), repairs);
        var format = format(document.getRootElement());
        if (document.getRootElement().getName().equalsIgnoreCase("sitemapindex")) {
            return XmlSitemapIndex.read(document.getRootElement());
        }
        if (format == null) {
            return FeedDocument.Unreadable.of(
                    "not_a_feed",
                    "the root element is <" + document.getRootElement().getQualifiedName() + ">");
        }
        var feed = of(document, format, repairs);
        int count = Math.min(feed.entries.size(), mostEntries);
        if (count < feed.entries.size()) {
            repairs.add("items-capped");
        }
        var list = new ArrayList<FeedDocument.Entry>(count);
        for (int i : feed.newest(mostEntries)) {
            var entry = feed.entries.get(i);
            list.add(new FeedDocument.Entry(
                    i, XmlFacts.key(entry), EntryDigest.of(entry), XmlEntryFacts.of(entry), () -> feed.with(entry)));
        }
        boolean all = complete && count == feed.entries.size();
        return new FeedDocument.Parsed(format, charset, repairs, all, list, feed.without(), feed.facts);
    }

    private int[] newest(int most) {
        var dates = entries.stream()
                .map(entry -> entries.size() <= most ? null : XmlEntryFacts.published(entry))
                .map(date -> date == null ? "" : date)
                .toList();
        return Newest.of(dates, most);
    }

    private static @Nullable Format format(Element root) {
        var name = root.getName().toLowerCase(Locale.ROOT);
        var namespace = root.getNamespaceURI();
        return switch (name) {
            case "rss" -> OLD_RSS.contains(root.getAttributeValue("version", "")) ? Format.RSS_0_9X : Format.RSS_2_0;
            case "rdf" -> hasChildren(root, RSS_1) ? Format.RSS_1_0 : Format.RSS_0_9X;
            case "channel" -> Format.RSS_2_0;
            case "feed" -> namespace.equals("http://purl.org/atom/ns#") ? Format.ATOM_0_3 : Format.ATOM_1_0;
            case "entry" -> namespace.equals(ATOM.getURI()) ? Format.ATOM_1_0 : null;
            case "urlset" ->
                root.getChildren().stream().anyMatch(url -> url.getChild("news", NEWS) != null)
                        ? Format.NEWS_SITEMAP
                        : null;
            default -> null;
        };
    }

    private static boolean hasChildren(Element root, Namespace namespace) {
        return root.getChildren().stream()
                .anyMatch(child -> child.getNamespace().equals(namespace));
    }

    private static XmlFeed of(Document document, Format format, List<String> repairs) {
        var root = document.getRootElement();
        return switch (format) {
            case RSS_2_0, RSS_0_9X ->
                root.getName().equalsIgnoreCase("rdf")
                        ? new XmlFeed(document, format, root, gather(root, root, "item", repairs), repairs)
                        : rss(document, format, repairs);
            case RSS_1_0 -> new XmlFeed(document, format, root, gather(root, root, "item", repairs), repairs);
            case ATOM_1_0, ATOM_0_3 -> atom(document, format, repairs);
            case NEWS_SITEMAP -> new XmlFeed(document, format, root, news(root, repairs), repairs);
            case JSON_FEED_1_0, JSON_FEED_1_1 -> throw new IllegalArgumentException("not XML: " + format);
        };
    }

    /** Sitemaps list pages that are no news, too. */
    private static List<Element> news(Element root, List<String> repairs) {
        var pages = gather(root, root, "url", repairs).stream()
                .collect(Collectors.partitioningBy(url -> url.getChild("news", NEWS) != null));
        pages.getOrDefault(false, List.of()).forEach(Element::detach);
        return pages.getOrDefault(true, List.of());
    }

    private static XmlFeed rss(Document document, Format format, List<String> repairs) {
        var root = document.getRootElement();
        if (root.getName().equalsIgnoreCase("channel")) {
            document.detachRootElement();
            document.setRootElement(
                    new Element("rss").setAttribute("version", "2.0").addContent(root));
            repairs.add("root-missing");
        }
        plain(document.getRootElement(), root.getNamespace(), repairs);
        var channel = document.getRootElement().getChild("channel");
        if (channel == null) {
            channel = new Element("channel");
            document.getRootElement().addContent(channel);
            repairs.add("channel-missing");
        }
        return new XmlFeed(
                document, format, channel, gather(document.getRootElement(), channel, "item", repairs), repairs);
    }

    /** RSS has no namespace; a default one hides its elements from everybody. */
    private static void plain(Element root, Namespace namespace, List<String> repairs) {
        var hidden = namespace.equals(Namespace.NO_NAMESPACE) ? defaultOfChannel(root) : namespace;
        if (hidden.equals(Namespace.NO_NAMESPACE)) {
            return;
        }
        repairs.add("default-namespace");
        var elements = new ArrayList<Element>();
        elements.add(root);
        root.getDescendants(org.jdom2.filter.Filters.element(hidden)).forEach(elements::add);
        elements.forEach(element -> element.setNamespace(Namespace.NO_NAMESPACE));
    }

    private static Namespace defaultOfChannel(Element root) {
        return root.getChildren().stream()
                .filter(child -> child.getName().equals("channel")
                        && child.getNamespacePrefix().isEmpty())
                .map(Element::getNamespace)
                .findFirst()
                .orElse(Namespace.NO_NAMESPACE);
    }

    private static XmlFeed atom(Document document, Format format, List<String> repairs) {
        var root = document.getRootElement();
        if (root.getName().equalsIgnoreCase("entry")) {
            document.detachRootElement();
            document.setRootElement(new Element("feed", ATOM).addContent(root));
            repairs.add("root-missing");
        } else if (root.getNamespace().equals(Namespace.NO_NAMESPACE)) {
            repairs.add("namespace-undeclared");
            var elements = new ArrayList<Element>(List.of(root));
            root.getDescendants(org.jdom2.filter.Filters.element(Namespace.NO_NAMESPACE))
                    .forEach(elements::add);
            elements.forEach(element -> element.setNamespace(ATOM));
        }
        var feed = document.getRootElement();
        return new XmlFeed(document, format, feed, gather(feed, feed, "entry", repairs), repairs);
    }

    /** Finds the entries, wherever they are outside of one another; those that are not where they belong are moved there. */
    private static List<Element> gather(Element root, Element parent, String name, List<String> repairs) {
        var entries = new ArrayList<Element>();
        collect(root, name, entries, 0);
        var strays = entries.stream()
                .filter(entry -> !parent.equals(entry.getParent()))
                .toList();
        for (var stray : strays) {
            parent.addContent(stray.detach());
        }
        if (!strays.isEmpty()) {
            repairs.add("entry-misplaced");
        }
        return entries;
    }

    private static void collect(Element parent, String name, List<Element> entries, int depth) {
        for (var child : XmlTree.children(parent)) {
            boolean entry = child.getName().equals(name) && child.getNamespace().equals(parent.getNamespace());
            boolean root = depth == 0 && child.getName().equals(name);
            if (root || entry) {
                entries.add(child);
            }
            if (depth < DEEPEST_ENTRY && ((!root && !entry) || name.equals("item"))) {
                collect(child, name, entries, depth + 1);
            }
        }
    }

    /** Takes the entries, with the white space behind them, out of the tree. Returns where the first of them stood. */
    private static int cutOut(Element parent, Set<Element> entries) {
        int first = parent.getContentSize();
        for (int i = parent.getContentSize() - 1; i >= 0; i--) {
            if (parent.getContent(i) instanceof Element element && entries.contains(element)) {
                if (i + 1 < parent.getContentSize() && blank(parent.getContent(i + 1))) {
                    parent.removeContent(i + 1);
                }
                parent.removeContent(i);
                first = i;
            }
        }
        return Math.min(first, parent.getContentSize());
    }

    private static boolean blank(Content content) {
        return content instanceof Text text && text.getTextTrim().isEmpty();
    }

    private Element channel() {
        var inner = parent.getChild("channel", parent.getNamespace());
        var rdf = format == Format.RSS_1_0 ? parent.getChild("channel", RSS_1) : inner;
        return rdf != null ? rdf : inner != null ? inner : rdfChannel();
    }

    private Element rdfChannel() {
        return parent.getChildren().stream()
                .filter(child -> child.getName().equals("channel"))
                .findFirst()
                .orElse(parent);
    }

    private String without() {
        return written();
    }

    private String with(Element entry) {
        parent.addContent(place, entry);
        try {
            return written(entry.getAttributeValue("about", RDF));
        } finally {
            entry.detach();
        }
    }

    private String written() {
        return written(null);
    }

    /** An RDF channel lists its entries by name: all names but the one that is there are dropped from the list. */
    private String written(@Nullable String about) {
        var list = format == Format.RSS_1_0 ? channel().getChild("items", RSS_1) : null;
        if (list == null) {
            return text();
        }
        var whole = list.clone();
        var names = new ArrayList<Element>();
        list.getDescendants(org.jdom2.filter.Filters.element("li", RDF)).forEach(names::add);
        names.stream().filter(name -> !resource(name).equals(about)).forEach(Element::detach);
        try {
            return text();
        } finally {
            list.setContent(whole.removeContent());
        }
    }

    private static String resource(Element name) {
        var resource = name.getAttributeValue("resource", RDF);
        return resource == null ? name.getAttributeValue("resource", "") : resource;
    }

    private String text() {
        var format = org.jdom2.output.Format.getRawFormat().setLineSeparator(LineSeparator.UNIX);
        return new XMLOutputter(format).outputString(document);
    }
}
