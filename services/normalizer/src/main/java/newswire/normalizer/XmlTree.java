package newswire.normalizer;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.JDOMException;
import org.jdom2.Namespace;
import org.jdom2.UncheckedJDOMFactory;
import org.jdom2.input.SAXBuilder;
import org.jdom2.input.sax.XMLReaders;
import org.jspecify.annotations.Nullable;

/** XML text → element tree, without document types, entities of its own, or anything fetched. */
final class XmlTree {
    private static final String LIMITS = "http://www.oracle.com/xml/jaxp/properties/";
    private static final String LARGEST = "10485760";

    /** A builder keeps its parser, which is costly to make, and serves one thread at a time. */
    private static final ThreadLocal<SAXBuilder> BUILDER = ThreadLocal.withInitial(XmlTree::builder);

    private XmlTree() {}

    /**
     * Parses a document.
     *
     * @throws Unreadable if it is not well-formed or exceeds a limit
     */
    static Document parse(String xml) throws Unreadable {
        try {
            return BUILDER.get().build(new StringReader(xml));
        } catch (JDOMException | IOException ex) {
            BUILDER.remove();
            throw new Unreadable(RejectCode.MALFORMED_XML, String.valueOf(ex.getMessage()));
        }
    }

    private static SAXBuilder builder() {
        var builder = new SAXBuilder(XMLReaders.NONVALIDATING);
        builder.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        builder.setFeature("http://xml.org/sax/features/external-general-entities", false);
        builder.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        builder.setProperty(LIMITS + "maxGeneralEntitySizeLimit", LARGEST);
        builder.setProperty(LIMITS + "totalEntitySizeLimit", LARGEST);
        builder.setProperty(LIMITS + "maxElementDepth", "256");
        builder.setExpandEntities(true);
        builder.setJDOMFactory(new UncheckedJDOMFactory()); // the parser has checked all that it would
        return builder;
    }

    /** What relative references in an element are relative to: xml:base up the tree (XML Base), then the document's URL. */
    static URI base(Element element, URI document) {
        var parent = element.getParentElement();
        var outer = parent == null ? document : base(parent, document);
        var own = element.getAttributeValue("base", Namespace.XML_NAMESPACE);
        if (own == null) {
            return outer;
        }
        var resolved = CanonicalUrl.resolve(outer, own);
        return resolved == null ? outer : resolved;
    }

    /** Whether an element or one around it, up to but not including the root's own base, sets xml:base. */
    static boolean hasBase(Element element) {
        for (@Nullable Element at = element; at != null; at = at.getParentElement()) {
            if (at.getAttributeValue("base", Namespace.XML_NAMESPACE) != null) {
                return true;
            }
        }
        return false;
    }

    /** xml:lang of an element or the nearest one around it. */
    static @Nullable String language(Element element) {
        for (@Nullable Element at = element; at != null; at = at.getParentElement()) {
            var language = at.getAttributeValue("lang", Namespace.XML_NAMESPACE);
            if (language != null && !language.isBlank()) {
                return language.strip();
            }
        }
        return null;
    }

    /** xml:lang of an element itself. */
    static @Nullable String ownLanguage(Element element) {
        return RssReader.blankless(element.getAttributeValue("lang", Namespace.XML_NAMESPACE));
    }

    /** A document that is not what it says it is. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        private final RejectCode code;

        Unreadable(RejectCode code, String detail) {
            super(detail);
            this.code = code;
        }

        /** Which way. */
        RejectCode code() {
            return code;
        }
    }
}
