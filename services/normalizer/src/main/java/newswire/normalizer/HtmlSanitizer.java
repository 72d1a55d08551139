package newswire.normalizer;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Attributes;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * Copies of a tree only what can do no harm: listed elements with listed attributes, and text. What stands in another element
 * takes its place. References are made absolute while their element still stands where it was, and go if they do not lead to
 * where such references may. Part of {@link Html}; one walk, in place of jsoup's cleaner and the passes after it.
 */
final class HtmlSanitizer {
    /** Listed elements and which of their attributes stay. */
    private static final Map<String, Set<String>> SAFE = safe();

    private static final Set<String> LINKED = Set.of("http", "https", "mailto");
    private static final Set<String> SHOWN = Set.of("http", "https");

    /** What every link says, so that whoever shows it gives nothing away. */
    private static final String REL = "noopener noreferrer nofollow ugc";

    private HtmlSanitizer() {}

    private static Map<String, Set<String>> safe() {
        var plain =
                "p br ul li blockquote pre code em strong b i u s h1 h2 h3 h4 h5 h6 table thead tbody tfoot tr figure"
                        + " figcaption sub sup dl dt dd hr q cite small del ins caption";
        var safe = new java.util.HashMap<String, Set<String>>();
        for (var tag : plain.split(" ", -1)) {
            safe.put(tag, Set.of());
        }
        safe.put("a", Set.of("href", "hreflang", "title"));
        safe.put("img", Set.of("src", "alt", "width", "height"));
        safe.put("td", Set.of("colspan", "rowspan"));
        safe.put("th", Set.of("colspan", "rowspan"));
        safe.put("ol", Set.of("start"));
        safe.put("div", Set.of(HtmlPreparation.BOX));
        return Map.copyOf(safe);
    }

    /** A document with nothing but what is safe in another's body. */
    static Document clean(Document dirty) {
        var clean = Document.createShell(dirty.baseUri());
        clean.outputSettings().prettyPrint(false);
        copy(dirty.body(), clean.body());
        return clean;
    }

    /** As deep as the parser allows. */
    private static void copy(Element from, Element to) {
        for (int at = 0; at < from.childNodeSize(); at++) {
            copy(from.childNode(at), to);
        }
    }

    private static void copy(Node node, Element to) {
        if (node instanceof TextNode text) {
            to.appendChild(new TextNode(text.getWholeText()));
        } else if (node instanceof Element element) {
            var kept = SAFE.get(element.normalName());
            if (kept == null) {
                copy(element, to);
            } else {
                copy(element, kept, to);
            }
        }
    }

    private static void copy(Element element, Set<String> kept, Element to) {
        var copy = new Element(element.tag(), null, attributes(element, kept));
        if (element.normalName().equals("img") && !copy.hasAttr("src")) {
            return;
        }
        if (element.normalName().equals("a")) {
            copy.attr("rel", REL);
        }
        to.appendChild(copy);
        copy(element, copy);
    }

    private static Attributes attributes(Element element, Set<String> kept) {
        var attributes = new Attributes();
        if (kept.isEmpty() || element.attributesSize() == 0) {
            return attributes;
        }
        for (var attribute : element.attributes()) {
            var name = attribute.getKey();
            if (kept.contains(name)) {
                boolean reference = name.equals("href") || name.equals("src");
                var value = reference ? absolute(element, name, attribute.getValue()) : attribute.getValue();
                if (!reference || leads(value, name.equals("href") ? LINKED : SHOWN)) {
                    attributes.put(name, value);
                }
            }
        }
        return attributes;
    }

    /** What cannot be made absolute stays as it is if it is of another kind, like an address of mail; else it is nothing. */
    private static String absolute(Element element, String name, String value) {
        if (isPlain(value)) {
            return value;
        }
        var absolute = element.absUrl(name);
        return absolute.isEmpty() && !leads(value, SHOWN) ? value : absolute;
    }

    /** Whether an address is absolute already and resolving it would change nothing; most are. */
    private static boolean isPlain(String value) {
        int begin = value.startsWith("https://") ? 8 : value.startsWith("http://") ? 7 : value.length();
        int slash = value.indexOf('/', begin);
        if (slash <= begin || value.contains("/.")) {
            return false;
        }
        for (int at = begin; at < value.length(); at++) {
            char one = value.charAt(at);
            boolean plain = (one >= 'a' && one <= 'z')
                    || (one >= 'A' && one <= 'Z')
                    || (one >= '0' && one <= '9')
                    || one == '-'
                    || one == '.'
                    || (at >= slash && "/_~?=&%,+".indexOf(one) >= 0);
            if (!plain) {
                return false;
            }
        }
        return true;
    }

    private static boolean leads(String value, Set<String> schemes) {
        int colon = value.indexOf(':');
        return colon > 0 && schemes.contains(value.substring(0, colon).toLowerCase(Locale.ROOT));
    }
}
