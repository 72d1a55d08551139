package newswire.store;

import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import newswire.contract.Feed;
import newswire.contract.FeedId;
import org.jspecify.annotations.Nullable;

/**
 * A subscription list (OPML 2.0): outlines with {@code xmlUrl} are feeds, the outlines around them are their folders.
 *
 * @param feeds each once
 * @param refused outlines that cannot be polled
 */
record Opml(List<Feed> feeds, List<Refused> refused) {
    private static final int MOST_OUTLINES = 100_000;

    /**
     * An outline that is no feed.
     *
     * @param line in the document, from 1
     */
    record Refused(int line, String xmlUrl, String reason) {}

    /**
     * Reads a document. Definitions of entities are never resolved.
     *
     * @throws IllegalArgumentException if it is not OPML, with line and reason
     */
    static Opml read(InputStream document, Instant now) {
        try {
            var xml = factory().createXMLStreamReader(document);
            return new Reading(xml, now).all();
        } catch (XMLStreamException ex) {
            throw new IllegalArgumentException("not OPML: " + ex.getMessage(), ex);
        }
    }

    /** A document that {@link #read} makes the same feeds of. */
    static String write(List<Feed> feeds) {
        var xml = new Xml()
                .begin("opml", "version", "2.0")
                .begin("head")
                .text("title", "Newswire")
                .end()
                .begin("body");
        for (var feed : feeds) {
            xml.empty(
                    "outline",
                    "type",
                    "rss",
                    "text",
                    feed.title(),
                    "title",
                    feed.title(),
                    "xmlUrl",
                    feed.xmlUrl().toString(),
                    "htmlUrl",
                    feed.htmlUrl() == null ? null : feed.htmlUrl().toString(),
                    "language",
                    feed.language(),
                    "category",
                    feed.categories().isEmpty() ? null : String.join(",", feed.categories()));
        }
        return xml.end().end().toString();
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** One pass over a document. */
    private static final class Reading {
        private final XMLStreamReader xml;
        private final Instant now;
        private final Deque<String> folders = new ArrayDeque<>();
        private final LinkedHashMap<FeedId, Feed> feeds = new LinkedHashMap<>();
        private final List<Refused> refused = new ArrayList<>();

        Reading(XMLStreamReader xml, Instant now) {
            this.xml = xml;
            this.now = now;
        }

        Opml all() throws XMLStreamException {
            xml.nextTag();
            if (!xml.getLocalName().equalsIgnoreCase("opml")) {
                throw new IllegalArgumentException("not OPML: the document is <" + xml.getLocalName() + ">");
            }
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("outline")) {
                    start();
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && xml.getLocalName().equals("outline")) {
                    folders.removeLast();
                }
            }
            return new Opml(List.copyOf(feeds.values()), List.copyOf(refused));
        }

        private void start() {
            var xmlUrl = attribute("xmlUrl");
            if (xmlUrl != null) {
                feed(xmlUrl);
            }
            folders.addLast(Objects.requireNonNullElse(name(), ""));
            if (feeds.size() + refused.size() > MOST_OUTLINES) {
                throw new IllegalArgumentException("more than " + MOST_OUTLINES + " outlines: split the file");
            }
        }

        private void feed(String xmlUrl) {
            try {
                var url = Feeds.url(xmlUrl);
                var feed =
                        Feeds.definition(url, name(), optionalUrl("htmlUrl"), attribute("language"), categories(), now);
                feeds.putIfAbsent(feed.feedId(), feed);
            } catch (IllegalArgumentException ex) {
                refused.add(new Refused(xml.getLocation().getLineNumber(), xmlUrl, String.valueOf(ex.getMessage())));
            }
        }

        private List<String> categories() {
            var stated = attribute("category");
            if (stated != null) {
                return List.of(stated.strip().split("\\s*,\\s*"));
            }
            var path = String.join(
                    "/", folders.stream().filter(name -> !name.isBlank()).toList());
            return path.isEmpty() ? List.of() : List.of("/" + path);
        }

        private @Nullable URI optionalUrl(String name) {
            var text = attribute(name);
            try {
                return text == null ? null : Feeds.url(text);
            } catch (IllegalArgumentException ex) {
                return null; // the site's address is a nicety: the feed is not refused for it
            }
        }

        private @Nullable String name() {
            var title = attribute("title");
            return title == null ? attribute("text") : title;
        }

        private @Nullable String attribute(String name) {
            for (int i = 0; i < xml.getAttributeCount(); i++) {
                if (xml.getAttributeLocalName(i).equalsIgnoreCase(name)
                        && !xml.getAttributeValue(i).isBlank()) {
                    return xml.getAttributeValue(i);
                }
            }
            return null;
        }
    }
}
