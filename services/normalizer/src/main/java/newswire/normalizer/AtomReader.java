package newswire.normalizer;

import static newswire.normalizer.RssReader.absolute;
import static newswire.normalizer.RssReader.first;
import static newswire.normalizer.Vocabulary.ATOM;
import static newswire.normalizer.Vocabulary.DC;
import static newswire.normalizer.Vocabulary.FEEDBURNER;
import static newswire.normalizer.Vocabulary.MEDIA;
import static newswire.normalizer.Vocabulary.PHEEDO;
import static newswire.normalizer.Vocabulary.attribute;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jdom2.output.Format;
import org.jdom2.output.XMLOutputter;
import org.jspecify.annotations.Nullable;

/** Atom 1.0 (RFC 4287) and 0.3. */
final class AtomReader {
    private AtomReader() {}

    static Entry entry(Element root, URI document) throws XmlTree.Unreadable {
        var entry = ATOM.is(root, "entry") ? root : ATOM.first(root, "entry");
        var gone = entry == null ? tombstone(root) : null;
        return gone == null
                ? entry(EntryReader.required(entry, "entry"), root, document)
                : deleted(gone, root, document);
    }

    /** RFC 6721. */
    private static @Nullable Element tombstone(Element root) {
        return root.getChildren().stream()
                .filter(child -> child.getName().equals("deleted-entry") && attribute(child, "ref") != null)
                .findFirst()
                .orElse(null);
    }

    private static Entry deleted(Element gone, Element root, URI document) {
        return new Entry(
                attribute(gone, "ref"),
                true,
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                true,
                channel(root, document),
                Entry.Work.UNKNOWN);
    }

    private static Entry entry(Element entry, Element root, URI document) {
        var base = XmlTree.base(entry, document);
        var links = new ArrayList<Entry.Link>();
        var original = first(FEEDBURNER.text(entry, "origLink"), PHEEDO.text(entry, "origLink"));
        if (original != null) {
            links.add(new Entry.Link("origin", original, base, null, null));
        }
        for (var link : ATOM.all(entry, "link")) {
            links.addAll(link(link, XmlTree.base(link, document)));
        }
        var contents = contents(entry, document);
        return new Entry(
                ATOM.text(entry, "id"),
                true,
                links,
                titles(entry, document),
                contents,
                contents.isEmpty() || contents.getFirst().source().equals("summary")
                        ? null
                        : text(entry, "summary", document),
                people(entry, root),
                DateReader.atom(entry),
                languages(entry),
                CategoryReader.atom(entry),
                MediaReader.media(entry, base),
                GeoReader.spots(entry),
                first(plain(entry, "rights"), DC.text(entry, "rights"), MEDIA.text(entry, "copyright")),
                license(links),
                source(entry),
                false,
                channel(root, document),
                Entry.Work.UNKNOWN);
    }

    /** An Atom link, wherever it stands. */
    static List<Entry.Link> link(Element link, URI base) {
        var href = attribute(link, "href");
        var rel = attribute(link, "rel");
        if (href == null) {
            return List.of();
        }
        var known = rel == null
                ? "alternate"
                : rel.toLowerCase(Locale.ROOT).replace("http://www.iana.org/assignments/relation/", "");
        return List.of(new Entry.Link(known, href, base, attribute(link, "type"), attribute(link, "hreflang")));
    }

    private static List<Entry.Text> titles(Element entry, URI document) {
        var media = MEDIA.text(entry, "title");
        return Stream.of(
                        text(entry, "title", document),
                        media == null ? null : new Entry.Text(media, false, null, "media:title"))
                .filter(Objects::nonNull)
                .toList();
    }

    private static List<Entry.Text> contents(Element entry, URI document) {
        var content = ATOM.first(entry, "content");
        boolean elsewhere = content != null && attribute(content, "src") != null;
        var group = MEDIA.first(entry, "group");
        var media = MEDIA.text(group == null ? entry : group, "description");
        return Stream.of(
                        elsewhere ? null : text(entry, "content", document),
                        text(entry, "summary", document),
                        media == null ? null : new Entry.Text(media, false, null, "media:description"))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Entry.@Nullable Text text(Element parent, String name, URI document) {
        var element = ATOM.first(parent, name);
        if (element == null) {
            return null;
        }
        var base = XmlTree.hasBase(element) ? XmlTree.base(element, document) : null;
        var type = String.valueOf(attribute(element, "type")).toLowerCase(Locale.ROOT);
        boolean inline = !element.getChildren().isEmpty();
        var value = inline ? markup(element) : decoded(element, type);
        boolean html = inline
                || type.contains("html")
                || "escaped".equals(attribute(element, "mode"))
                || isUntypedMarkup(element, type, value);
        return value.isBlank() ? null : new Entry.Text(value.strip(), html, base, name);
    }

    /** Many feeds leave the type out and write HTML all the same. */
    private static boolean isUntypedMarkup(Element element, String type, String value) {
        return (type.equals("null") || type.equals("text"))
                && !element.getName().equals("title")
                && value.contains("</");
    }

    private static String decoded(Element element, String type) {
        var value = element.getValue();
        boolean base64 = "base64".equals(attribute(element, "mode"))
                || (type.contains("/") && !type.startsWith("text/") && !type.contains("xml"));
        if (!base64) {
            return value;
        }
        try {
            return new String(Base64.getMimeDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException ex) {
            return value; // it said base64 and was none
        }
    }

    /** The children as HTML: element names without prefixes. */
    private static String markup(Element element) {
        var copy = element.clone();
        strip(copy);
        var outputter = new XMLOutputter(Format.getRawFormat().setExpandEmptyElements(true));
        return outputter.outputString(copy.getContent());
    }

    private static void strip(Element element) {
        element.setNamespace(Namespace.NO_NAMESPACE);
        for (var extra : List.copyOf(element.getAdditionalNamespaces())) {
            element.removeNamespaceDeclaration(extra);
        }
        for (var child : element.getChildren()) {
            strip(child);
        }
    }

    private static @Nullable String plain(Element parent, String name) {
        var element = ATOM.first(parent, name);
        return element == null || element.getValue().isBlank() ? null : Html.plain(element.getValue());
    }

    private static List<Entry.Person> people(Element entry, Element root) {
        var people = new ArrayList<Entry.Person>();
        for (var author : ATOM.all(entry, "author")) {
            people.addAll(PeopleReader.atom("author", author));
        }
        for (var creator : DC.all(entry, "creator")) {
            people.addAll(PeopleReader.named("author", creator.getValue(), "dc:creator"));
        }
        var source = ATOM.first(entry, "source");
        for (var from : source == null ? List.of(root) : List.of(source, root)) {
            for (var author : people.isEmpty() ? ATOM.all(from, "author") : List.<Element>of()) {
                people.addAll(PeopleReader.atom("author", author));
            }
        }
        for (var contributor : ATOM.all(entry, "contributor")) {
            people.addAll(PeopleReader.atom("contributor", contributor));
        }
        people.addAll(PeopleReader.modules(entry));
        return people;
    }

    private static List<String> languages(Element entry) {
        var content = ATOM.first(entry, "content");
        return Stream.of(
                        content == null ? null : XmlTree.ownLanguage(content),
                        XmlTree.ownLanguage(entry),
                        DC.text(entry, "language"))
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable String license(List<Entry.Link> links) {
        return links.stream()
                .filter(link -> link.rel().equals("license"))
                .map(Entry.Link::href)
                .findFirst()
                .orElse(null);
    }

    private static Entry.@Nullable Source source(Element entry) {
        var source = ATOM.first(entry, "source");
        return source == null ? null : new Entry.Source(plain(source, "title"), site(source));
    }

    static Entry.Channel channel(Element root, URI document) {
        var base = XmlTree.base(root, document);
        var people = new ArrayList<Entry.Person>();
        for (var author : ATOM.is(root, "feed") ? ATOM.all(root, "author") : List.<Element>of()) {
            people.addAll(PeopleReader.atom("author", author));
        }
        return new Entry.Channel(
                plain(root, "title"),
                absolute(site(root), base),
                first(XmlTree.language(root), DC.text(root, "language")),
                first(plain(root, "subtitle"), plain(root, "tagline")),
                people,
                first(ATOM.text(root, "updated"), ATOM.text(root, "modified")),
                absolute(first(ATOM.text(root, "logo"), ATOM.text(root, "icon")), base),
                first(plain(root, "rights"), plain(root, "copyright")),
                null);
    }

    private static @Nullable String site(Element feed) {
        String other = null;
        for (var element : ATOM.all(feed, "link")) {
            for (var link : link(element, URI.create("about:blank"))) {
                if (link.rel().equals("alternate")) {
                    boolean page = link.type() == null || link.type().contains("html");
                    if (page) {
                        return link.href();
                    }
                    other = other == null ? link.href() : other;
                }
            }
        }
        return other;
    }
}
