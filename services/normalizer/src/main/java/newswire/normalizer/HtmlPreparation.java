package newswire.normalizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;
import org.jspecify.annotations.Nullable;

/** What has to be done to a tree while it still has its classes, before it is sanitised; part of {@link Html}. */
final class HtmlPreparation {
    /** Marks what a site puts around its stories; the value is the role of the notice. */
    static final String BOX = "data-box";

    private static final Set<String> CONTAINERS = words("section article main center header footer address details"
            + " summary aside fieldset nav hgroup dir menu picture");
    private static final Set<String> CAPTIONED = words("wp-caption wp-block-image image-with-caption captioned-image");
    private static final Set<String> CAPTIONS = words("wp-caption-text wp-caption-dd wp-element-caption image-caption");
    private static final Set<String> SHARING = words("sharedaddy addtoany_share_save_container a2a_kit feedflare"
            + " social-share share-buttons sharethis addthis_toolbox essb_links");
    private static final Set<String> RELATED =
            words("jp-relatedposts yarpp-related related-posts related-articles" + " crp_related outbrain taboola");
    private static final Set<String> FORMS = words("mc4wp-form newsletter-signup newsletter-form");
    private static final Set<String> HIDDEN = words("script style template svg math head");
    private static final Set<String> EMBEDDING = words("iframe video audio embed object");
    private static final Evaluator NOSCRIPT = Selector.evaluatorOf("noscript");
    private static final Pattern PIXELS = Pattern.compile("(\\d{1,5})(?i:px)?");
    private static final Pattern COUNTER = Pattern.compile(
            "(?i).*(?:feedburner|feedsportal|feeds\\.wordpress\\.com|/pixel|pixel\\.|doubleclick|stats\\.|/stat[/?]|/b\\.gif|piwik|matomo|count\\.gif|blank\\.gif|spacer\\.).*");

    private HtmlPreparation() {}

    private static Set<String> words(String words) {
        return Set.of(words.split(" ", -1));
    }

    /** Prepares a tree and returns what it embeds. */
    static List<Block.Picture> prepare(Document document) {
        var elements = elements(document);
        if (elements.stream().anyMatch(element -> element.normalName().equals("noscript"))) {
            document.select(NOSCRIPT).forEach(HtmlPreparation::unfold);
            elements = elements(document);
        }
        var embedded = new ArrayList<Block.Picture>();
        var embedding = elements.stream()
                .filter(element -> EMBEDDING.contains(element.normalName()))
                .toList();
        if (!embedding.isEmpty()) {
            embedding.forEach(element -> embed(element, embedded));
            embedding.forEach(Element::remove);
            elements = elements(document);
        }
        rename(elements);
        return embedded;
    }

    /** All that is shown, in document order; what never is goes. */
    private static List<Element> elements(Document document) {
        var elements = new ArrayList<Element>();
        var hidden = new ArrayList<Element>();
        collect(document, elements, hidden);
        hidden.forEach(Element::remove);
        return elements;
    }

    private static void collect(Element parent, List<Element> elements, List<Element> hidden) {
        for (int at = 0; at < parent.childNodeSize(); at++) {
            if (parent.childNode(at) instanceof Element element) {
                if (HIDDEN.contains(element.normalName())) {
                    hidden.add(element);
                } else {
                    elements.add(element);
                    collect(element, elements, hidden);
                }
            }
        }
    }

    /** Gives elements the names that say what they are. */
    private static void rename(List<Element> elements) {
        for (var element : elements) {
            boolean classes = element.hasAttr("class");
            if (classes && isOfClass(element, SHARING)) {
                box(element, "other");
            }
            if (element.normalName().equals("nav") || (classes && isOfClass(element, RELATED))) {
                box(element, "related");
            }
            if (element.normalName().equals("form") || (classes && isOfClass(element, FORMS))) {
                box(element, "subscription");
            }
        }
        for (var element : elements) {
            if (element.hasAttr("class") && isOfClass(element, CAPTIONED)) {
                figure(element);
            }
        }
        for (var element : elements) {
            if (element.hasAttr("class") && isOfClass(element, CAPTIONS)) {
                element.tagName("figcaption");
            }
            if (CONTAINERS.contains(element.normalName())) {
                element.tagName("div");
            } else if (element.normalName().equals("img")) {
                image(element);
            }
        }
    }

    private static boolean isOfClass(Element element, Set<String> classes) {
        var names = element.attr("class");
        int begin = 0;
        for (int at = 0; at <= names.length(); at++) {
            boolean ends = at == names.length() || " \t\n\f\r".indexOf(names.charAt(at)) >= 0;
            if (ends
                    && at > begin
                    && classes.contains(names.substring(begin, at).toLowerCase(Locale.ROOT))) {
                return true;
            }
            begin = ends ? at + 1 : begin;
        }
        return false;
    }

    private static void unfold(Element noscript) {
        var before = noscript.previousElementSibling();
        boolean lazy = before != null && before.normalName().equals("img");
        if (lazy) {
            noscript.remove();
        } else {
            noscript.unwrap();
        }
    }

    private static void box(Element element, String role) {
        element.tagName("div").attr(BOX, role);
    }

    private static void figure(Element element) {
        if (element.selectFirst(Html.IMAGE) != null && element.selectFirst("figure") == null) {
            element.tagName("figure");
        }
    }

    private static void image(Element image) {
        for (var name : List.of("data-src", "data-lazy-src", "data-original", "data-orig-file")) {
            boolean missing = image.attr("src").isBlank() || image.attr("src").startsWith("data:");
            if (missing && !image.attr(name).isBlank()) {
                image.attr("src", image.attr(name));
            }
        }
        var width = number(image.attr("width"));
        var height = number(image.attr("height"));
        boolean dot = (width != null && width <= 3) || (height != null && height <= 3);
        if (dot
                || image.attr("src").isBlank()
                || COUNTER.matcher(image.attr("src")).matches()) {
            image.remove();
        }
    }

    /** A number of pixels. */
    static @Nullable Integer number(String text) {
        var pixels = PIXELS.matcher(text.strip());
        return pixels.matches() ? Integer.valueOf(pixels.group(1)) : null;
    }

    private static void embed(Element element, List<Block.Picture> found) {
        var name = element.normalName();
        boolean sourced = element.hasAttr("src") || name.equals("video") || name.equals("audio");
        if (name.equals("object") || !sourced) {
            return;
        }
        var source = element.selectFirst("source[src]");
        var href = element.absUrl("src").isEmpty() && source != null ? source.absUrl("src") : element.absUrl("src");
        boolean film = name.equals("video") || isPlayer(href);
        if (href.startsWith("http") && (film || name.equals("audio"))) {
            found.add(new Block.Picture(name.equals("audio") ? "audio" : "video", href, null, null, null));
        }
    }

    private static boolean isPlayer(String href) {
        return href.toLowerCase(Locale.ROOT)
                .matches(
                        "https?://(?:www\\.)?(?:youtube(?:-nocookie)?\\.com/embed|player\\.vimeo\\.com|.*dailymotion\\.com/embed).*");
    }
}
