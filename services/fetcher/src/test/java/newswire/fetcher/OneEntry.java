package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import newswire.contract.Format;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The entry of a one-entry document as a stranger reads it: by the JDK's own strict parser.
 *
 * @param id what the entry calls itself, or its link
 */
record OneEntry(String id, String title) {
    private static final Set<String> ENTRIES = Set.of("item", "entry", "url");
    private static final JsonMapper JSON = new JsonMapper();

    /** Fails the test if the document is not well-formed, or has not exactly one entry. */
    static OneEntry read(String document, Format format) {
        return switch (format) {
            case JSON_FEED_1_0, JSON_FEED_1_1 -> json(document);
            case RSS_2_0, RSS_1_0, RSS_0_9X, ATOM_1_0, ATOM_0_3, NEWS_SITEMAP -> xml(document);
        };
    }

    /** Fails the test if the document is not well-formed. */
    static void parsed(String document, Format format) {
        switch (format) {
            case JSON_FEED_1_0, JSON_FEED_1_1 -> JSON.readTree(document);
            case RSS_2_0, RSS_1_0, RSS_0_9X, ATOM_1_0, ATOM_0_3, NEWS_SITEMAP -> parse(document);
        }
    }

    @Override
    public String toString() {
        return id + " | " + title;
    }

    private static OneEntry json(String document) {
        var items = JSON.readTree(document).path("items");
        assertThat(items.isArray() ? items.size() : -1).as(document).isEqualTo(1);
        var item = items.path(0);
        return new OneEntry(text(item, "id", "url"), text(item, "title"));
    }

    private static String text(JsonNode item, String... names) {
        return Stream.of(names)
                .map(name -> item.path(name).asString(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static OneEntry xml(String document) {
        var entries = descendants(parse(document)).stream()
                .filter(element -> ENTRIES.contains(element.getLocalName()) && !isUrlOfImage(element))
                .toList();
        assertThat(entries).as(document).hasSize(1);
        var parts = descendants(entries.getFirst());
        var about = entries.getFirst().getAttributeNS("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "about");
        var id = Stream.of(first(parts, "guid"), first(parts, "id"), about, first(parts, "loc"), first(parts, "link"))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return new OneEntry(id, first(parts, "title"));
    }

    private static boolean isUrlOfImage(Element element) {
        return element.getParentNode() instanceof Element parent
                && parent.getLocalName().equals("image");
    }

    private static String first(List<Element> parts, String name) {
        return parts.stream()
                .filter(part -> part.getLocalName().equals(name))
                .map(part -> part.getTextContent().strip())
                .findFirst()
                .orElse("");
    }

    private static List<Element> descendants(Element element) {
        var all = element.getElementsByTagName("*");
        var list = new ArrayList<Element>();
        for (int i = 0; i < all.getLength(); i++) {
            if (all.item(i) instanceof Element found) {
                list.add(found);
            }
        }
        return list;
    }

    private static Element parse(String document) {
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute("jdk.xml.maxElementDepth", 300);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(document))).getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException ex) {
            throw new AssertionError("not well-formed: " + ex.getMessage() + ", in\n" + document, ex);
        }
    }
}
