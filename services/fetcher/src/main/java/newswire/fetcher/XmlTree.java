package newswire.fetcher;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.JDOMException;
import org.jdom2.input.SAXBuilder;
import org.jdom2.input.sax.XMLReaderJDOMFactory;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * The one place where XML is parsed: no DOCTYPE, no external entities, and the JDK's limits set on the parser itself. Their
 * defaults refuse honest documents, such as 60 entries of escaped HTML, whose references count as entities.
 */
final class XmlTree {
    static final int DEEPEST = 256;
    private static final String XML = "http://apache.org/xml/features/";
    private static final String SAX = "http://xml.org/sax/features/";
    private static final String LARGEST_DOCUMENT = String.valueOf(16 * 1024 * 1024);
    private static final Map<String, String> LIMITS = Map.of(
            "jdk.xml.maxGeneralEntitySizeLimit",
            LARGEST_DOCUMENT,
            "jdk.xml.totalEntitySizeLimit",
            LARGEST_DOCUMENT,
            "jdk.xml.maxElementDepth",
            String.valueOf(DEEPEST),
            "jdk.xml.elementAttributeLimit",
            "200",
            "jdk.xml.maxXMLNameLimit",
            "1000");

    private XmlTree() {}

    /**
     * Parses strictly.
     *
     * @throws JDOMException if the text is not well-formed XML with namespaces, or beyond the limits
     */
    static Document parse(String text) throws JDOMException {
        var builder = new SAXBuilder(new Readers());
        builder.setFeature(XML + "disallow-doctype-decl", true);
        builder.setFeature(XML + "nonvalidating/load-external-dtd", false);
        builder.setFeature(SAX + "external-general-entities", false);
        builder.setFeature(SAX + "external-parameter-entities", false);
        LIMITS.forEach(builder::setProperty);
        try {
            return builder.build(new StringReader(text));
        } catch (IOException ex) {
            throw new JDOMException(String.valueOf(ex.getMessage()), ex); // bad surrogates come so
        } catch (IllegalArgumentException ex) {
            throw new JDOMException(
                    String.valueOf(ex.getMessage()), ex); // JDOM's own checks, such as of namespace names
        }
    }

    /** The elements in an element as they are now: quicker than JDOM's list, which looks for changes at each step. */
    static List<Element> children(Element parent) {
        var children = new ArrayList<Element>(parent.getContentSize());
        for (var content : parent.getContent()) {
            if (content instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }

    /** The JDK's own parser, whatever else is on the class path. */
    private static final class Readers implements XMLReaderJDOMFactory {
        private static final SAXParserFactory PARSERS = SAXParserFactory.newDefaultNSInstance();

        @Override
        public XMLReader createXMLReader() throws JDOMException {
            try {
                synchronized (PARSERS) {
                    return PARSERS.newSAXParser().getXMLReader();
                }
            } catch (ParserConfigurationException | SAXException ex) {
                throw new JDOMException("no XML parser", ex);
            }
        }

        @Override
        public boolean isValidating() {
            return false;
        }
    }
}
