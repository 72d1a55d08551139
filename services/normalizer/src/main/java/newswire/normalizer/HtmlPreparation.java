package newswire.normalizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    private static final Evaluator CONTAINERS = Selector.evaluatorOf(
            "section,article,main,center,header,footer,address,details,summary,aside,fieldset,nav,hgroup,dir,menu,picture");
    private static final Evaluator CAPTIONED =
            Selector.evaluatorOf(".wp-caption,.wp-block-image,.image-with-caption,.captioned-image");
    private static final Evaluator CAPTIONS =
            Selector.evaluatorOf(".wp-caption-text,.wp-caption-dd,.wp-element-caption,.image-caption");
    private static final Evaluator SHARING = Selector.evaluatorOf(
            ".sharedaddy,.addtoany_share_save_container,.a2a_kit,.feedflare,.social-share,.share-buttons,.sharethis,.addthis_toolbox,.essb_links");
    private static final Evaluator RELATED = Selector.evaluatorOf(
            ".jp-relatedposts,.yarpp-related,.related-posts,.related-articles,.crp_related,.outbrain,.taboola,nav");
    private static final Evaluator FORMS = Selector.evaluatorOf("form,.mc4wp-form,.newsletter-signup,.newsletter-form");
    private static final Evaluator HIDDEN = Selector.evaluatorOf("script,style,template,svg,math,head");
    private static final Evaluator NOSCRIPT = Selector.evaluatorOf("noscript");
    private static final Evaluator EMBEDDED = Selector.evaluatorOf("iframe[src],video,audio,embed[src]");
    private static final Evaluator EMBEDDING = Selector.evaluatorOf("iframe,video,audio,embed,object");
    private static final Pattern PIXELS = Pattern.compile("(\\d{1,5})(?i:px)?");
    private static final Pattern COUNTER = Pattern.compile(
            "(?i).*(?:feedburner|feedsportal|feeds\\.wordpress\\.com|/pixel|pixel\\.|doubleclick|stats\\.|/stat[/?]|/b\\.gif|piwik|matomo|count\\.gif|blank\\.gif|spacer\\.).*");

    private HtmlPreparation() {}

    /** Prepares a tree and returns what it embeds. */
    static List<Block.Picture> prepare(Document document) {
        document.select(HIDDEN).remove();
        document.select(NOSCRIPT).forEach(HtmlPreparation::unfold);
        var embedded = embedded(document);
        document.select(SHARING).forEach(box -> box(box, "other"));
        document.select(RELATED).forEach(box -> box(box, "related"));
        document.select(FORMS).forEach(box -> box(box, "subscription"));
        document.select(CAPTIONED).forEach(HtmlPreparation::figure);
        document.select(CAPTIONS).forEach(caption -> caption.tagName("figcaption"));
        document.select(CONTAINERS).forEach(container -> container.tagName("div"));
        document.select(Html.IMAGE).forEach(HtmlPreparation::image);
        return embedded;
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

    private static List<Block.Picture> embedded(Document document) {
        var found = new ArrayList<Block.Picture>();
        for (var element : document.select(EMBEDDED)) {
            var name = element.normalName();
            var source = element.selectFirst("source[src]");
            var href = element.absUrl("src").isEmpty() && source != null ? source.absUrl("src") : element.absUrl("src");
            boolean film = name.equals("video") || isPlayer(href);
            if (href.startsWith("http") && (film || name.equals("audio"))) {
                found.add(new Block.Picture(name.equals("audio") ? "audio" : "video", href, null, null, null));
            }
        }
        document.select(EMBEDDING).remove();
        return found;
    }

    private static boolean isPlayer(String href) {
        return href.toLowerCase(Locale.ROOT)
                .matches(
                        "https?://(?:www\\.)?(?:youtube(?:-nocookie)?\\.com/embed|player\\.vimeo\\.com|.*dailymotion\\.com/embed).*");
    }
}
