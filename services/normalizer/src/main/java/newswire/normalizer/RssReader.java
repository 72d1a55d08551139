package newswire.normalizer;

import static newswire.normalizer.Vocabulary.ATOM;
import static newswire.normalizer.Vocabulary.CONTENT;
import static newswire.normalizer.Vocabulary.CREATIVE_COMMONS;
import static newswire.normalizer.Vocabulary.DC;
import static newswire.normalizer.Vocabulary.DC_TERMS;
import static newswire.normalizer.Vocabulary.FEEDBURNER;
import static newswire.normalizer.Vocabulary.ITUNES;
import static newswire.normalizer.Vocabulary.MEDIA;
import static newswire.normalizer.Vocabulary.PHEEDO;
import static newswire.normalizer.Vocabulary.RSS;
import static newswire.normalizer.Vocabulary.WORDPRESS;
import static newswire.normalizer.Vocabulary.attribute;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/** RSS 0.9x, 1.0 and 2.0 with their modules. */
final class RssReader {
    private RssReader() {}

    static Entry entry(Element root, URI document) throws XmlTree.Unreadable {
        var channel = EntryReader.required(channelOf(root), "channel");
        var item = RSS.first(channel, "item");
        return item(EntryReader.required(item == null ? RSS.first(root, "item") : item, "item"), root, document);
    }

    private static @Nullable Element channelOf(Element root) {
        return RSS.is(root, "channel") ? root : RSS.first(root, "channel");
    }

    private static Entry item(Element item, Element root, URI document) throws XmlTree.Unreadable {
        var base = XmlTree.base(item, document);
        var contents = contents(item, base);
        var guid = RSS.first(item, "guid");
        return new Entry(
                guid(item, guid),
                guid == null || !"false".equalsIgnoreCase(attribute(guid, "isPermaLink")),
                links(item, base),
                titles(item, base),
                contents,
                summary(item, contents, base),
                people(item),
                DateReader.rss(item),
                languages(item),
                CategoryReader.rss(item),
                MediaReader.media(item, base),
                GeoReader.spots(item),
                first(DC.text(item, "rights"), DC_TERMS.text(item, "rights"), MEDIA.text(item, "copyright")),
                first(
                        license(item),
                        DC_TERMS.text(item, "license"),
                        rel(item, "license"),
                        attributeOf(MEDIA.first(item, "license"), "href")),
                source(item),
                false,
                channel(root, document),
                Entry.Work.UNKNOWN);
    }

    private static @Nullable String guid(Element item, @Nullable Element guid) {
        var text = guid == null ? null : guid.getValue().strip();
        if (text != null && !text.isEmpty()) {
            return text;
        }
        var about = item.getAttributes().stream()
                .filter(attribute -> attribute.getName().equals("about")
                        && !attribute.getValue().isBlank())
                .findFirst();
        return first(about.map(found -> found.getValue().strip()).orElse(null), ATOM.text(item, "id"));
    }

    private static List<Entry.Link> links(Element item, URI base) {
        var links = new ArrayList<Entry.Link>();
        add(links, "origin", FEEDBURNER.text(item, "origLink"), base);
        add(links, "origin", PHEEDO.text(item, "origLink"), base);
        for (var link : RSS.all(item, "link")) {
            var href = link.getValue().isBlank()
                    ? attribute(link, "href")
                    : link.getValue().strip();
            add(links, "alternate", href, base);
        }
        for (var link : ATOM.all(item, "link")) {
            links.addAll(AtomReader.link(link, base));
        }
        return links;
    }

    private static void add(List<Entry.Link> links, String rel, @Nullable String href, URI base) {
        if (href != null) {
            links.add(new Entry.Link(rel, href, base, null, null));
        }
    }

    private static List<Entry.Text> titles(Element item, URI base) {
        return Stream.of(
                        text(RSS.text(item, "title"), base, "title"),
                        text(DC.text(item, "title"), base, "dc:title"),
                        text(DC_TERMS.text(item, "title"), base, "dcterms:title"),
                        text(ATOM.text(item, "title"), base, "atom:title"),
                        text(ITUNES.text(item, "title"), base, "itunes:title"),
                        text(MEDIA.text(item, "title"), base, "media:title"))
                .filter(Objects::nonNull)
                .toList();
    }

    private static List<Entry.Text> contents(Element item, URI base) {
        var own = XmlTree.hasBase(item) ? base : null;
        return Stream.of(
                        text(CONTENT.text(item, "encoded"), own, "content:encoded"),
                        text(Vocabulary.XHTML.text(item, "body"), own, "xhtml:body"),
                        text(RSS.text(item, "fulltext"), own, "fulltext"),
                        text(RSS.text(item, "description"), own, "description"),
                        text(ATOM.text(item, "content"), own, "atom:content"),
                        text(ATOM.text(item, "summary"), own, "atom:summary"),
                        text(DC.text(item, "description"), own, "dc:description"),
                        text(DC_TERMS.text(item, "abstract"), own, "dcterms:abstract"),
                        text(ITUNES.text(item, "summary"), own, "itunes:summary"),
                        text(MEDIA.text(item, "description"), own, "media:description"))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Entry.@Nullable Text summary(Element item, List<Entry.Text> contents, URI base) {
        boolean full = !contents.isEmpty() && !contents.getFirst().source().endsWith("description");
        return full ? text(RSS.text(item, "description"), base, "description") : null;
    }

    private static Entry.@Nullable Text text(@Nullable String value, @Nullable URI base, String source) {
        return value == null ? null : new Entry.Text(value, true, base, source);
    }

    private static List<Entry.Person> people(Element item) {
        var people = new ArrayList<Entry.Person>();
        for (var creator : DC.all(item, "creator")) {
            people.addAll(PeopleReader.named("author", creator.getValue(), "dc:creator"));
        }
        for (var author : RSS.all(item, "author")) {
            people.addAll(PeopleReader.mailbox("author", author.getValue(), "author"));
        }
        for (var author : ITUNES.all(item, "author")) {
            people.addAll(PeopleReader.named("author", author.getValue(), "itunes:author"));
        }
        for (var creator : DC_TERMS.all(item, "creator")) {
            people.addAll(PeopleReader.named("author", creator.getValue(), "dcterms:creator"));
        }
        for (var author : ATOM.all(item, "author")) {
            people.addAll(PeopleReader.atom("author", author));
        }
        for (var contributor : DC.all(item, "contributor")) {
            people.addAll(PeopleReader.named("contributor", contributor.getValue(), "dc:contributor"));
        }
        for (var contributor : ATOM.all(item, "contributor")) {
            people.addAll(PeopleReader.atom("contributor", contributor));
        }
        people.addAll(PeopleReader.modules(item));
        return people;
    }

    private static List<String> languages(Element item) {
        return Stream.of(DC.text(item, "language"), DC_TERMS.text(item, "language"), XmlTree.ownLanguage(item))
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable String rel(Element item, String rel) {
        return ATOM.all(item, "link").stream()
                .filter(link -> rel.equalsIgnoreCase(attribute(link, "rel")))
                .map(link -> attribute(link, "href"))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String attributeOf(@Nullable Element element, String name) {
        return element == null ? null : attribute(element, name);
    }

    private static @Nullable String license(Element scope) {
        var license = CREATIVE_COMMONS.first(scope, "license");
        var text = license == null || license.getValue().isBlank()
                ? null
                : license.getValue().strip();
        return license == null ? null : first(text, attribute(license, "resource"));
    }

    private static Entry.@Nullable Source source(Element item) {
        var source = RSS.first(item, "source");
        return source == null ? null : new Entry.Source(blankless(source.getValue()), attribute(source, "url"));
    }

    static Entry.Channel channel(Element root, URI document) throws XmlTree.Unreadable {
        var channel = EntryReader.required(channelOf(root), "channel");
        var image = RSS.first(channel, "image");
        var picture = image == null ? RSS.first(root, "image") : image;
        var cover = ITUNES.first(channel, "image");
        return new Entry.Channel(
                first(RSS.text(channel, "title"), DC.text(channel, "title")),
                absolute(site(channel), XmlTree.base(channel, document)),
                first(RSS.text(channel, "language"), DC.text(channel, "language"), XmlTree.language(channel)),
                first(RSS.text(channel, "description"), RSS.text(channel, "tagline"), ITUNES.text(channel, "subtitle")),
                channelPeople(channel),
                first(
                        RSS.text(channel, "lastBuildDate"),
                        ATOM.text(channel, "updated"),
                        DC_TERMS.text(channel, "modified"),
                        RSS.text(channel, "pubDate"),
                        DC.text(channel, "date")),
                absolute(
                        first(
                                picture == null ? null : RSS.text(picture, "url"),
                                cover == null ? null : attribute(cover, "href"),
                                WORDPRESS.text(channel, "site-icon")),
                        XmlTree.base(channel, document)),
                first(RSS.text(channel, "copyright"), DC.text(channel, "rights"), ATOM.text(channel, "rights")),
                license(channel));
    }

    private static @Nullable String site(Element channel) {
        for (var link : RSS.all(channel, "link")) {
            var href = first(blankless(link.getValue()), attribute(link, "href"));
            if (href != null) {
                return href;
            }
        }
        for (var link : ATOM.all(channel, "link")) {
            var rel = attribute(link, "rel");
            if (rel == null || rel.toLowerCase(Locale.ROOT).equals("alternate")) {
                return attribute(link, "href");
            }
        }
        return null;
    }

    private static List<Entry.Person> channelPeople(Element channel) {
        var people = new ArrayList<Entry.Person>();
        for (var editor : RSS.all(channel, "managingEditor")) {
            people.addAll(PeopleReader.mailbox("editor", editor.getValue(), "managingEditor"));
        }
        for (var creator : DC.all(channel, "creator")) {
            people.addAll(PeopleReader.named("author", creator.getValue(), "dc:creator"));
        }
        for (var author : ITUNES.all(channel, "author")) {
            people.addAll(PeopleReader.named("author", author.getValue(), "itunes:author"));
        }
        for (var author : ATOM.all(channel, "author")) {
            people.addAll(PeopleReader.atom("author", author));
        }
        return people;
    }

    static @Nullable String absolute(@Nullable String reference, URI base) {
        var resolved = reference == null ? null : CanonicalUrl.resolve(base, reference);
        return resolved == null ? null : resolved.toString();
    }

    @SafeVarargs
    static <T> @Nullable T first(@Nullable T... values) {
        for (var value : values) {
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    static @Nullable String blankless(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
