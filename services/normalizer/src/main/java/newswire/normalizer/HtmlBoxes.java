package newswire.normalizer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** What the names that sites give to their elements say: box, label or story. Part of {@link Html}. */
final class HtmlBoxes {
    private static final Set<String> BOX_TAGS = Set.of("nav", "aside", "footer", "form", "dialog", "menu");
    private static final Set<String> BOX_ROLES = Set.of(
            "navigation",
            "complementary",
            "contentinfo",
            "banner",
            "search",
            "dialog",
            "alertdialog",
            "menu",
            "menubar",
            "toolbar");
    private static final Set<String> CONSENT_WORDS = words(
            "cookie cookies consent gdpr cmp onetrust usercentrics didomi cookiebot cookieconsent cookiebanner privacy");
    private static final Set<String> BOX_WORDS = words(
            "nav navbar navigation menu breadcrumb breadcrumbs share sharing sharebar sharetools social socials related "
                    + "recommend recommended recommendation recommendations newsletter newsletters signup optin subscribe promo "
                    + "promotion sponsor sponsored advert adverts advertisement ad ads adbox banner "
                    + "comment comments kommentare disqus respond footer sidebar widget widgets rail popular trending "
                    + "mostread mostviewed tags taglist tagcloud authorbox authorbio bio outbrain taboola login modal popup overlay "
                    + "lightbox pagination pager skip readmore readnext upnext donate donation poll quiz "
                    + "ticker morestories moreon alsoread seealso yarpp relatedposts sharedaddy addtoany addthis feedback reactions "
                    + "piano paywall regwall backlink backlinks toc");
    private static final Set<String> BOX_PAIRS = words(
            "most-read most-popular most-viewed read-more read-next read-also also-read more-stories more-news more-from "
                    + "more-on up-next see-also you-may related-posts author-bio author-box author-info author-description "
                    + "about-author widget-area tag-list tag-links post-tags entry-tags article-tags post-navigation "
                    + "entry-footer article-footer post-footer sign-up call-to social-media follow-us social-links latest-news "
                    + "latest-posts top-stories editors-picks editor-picks in-brief site-header page-header app-promo "
                    + "column-right right-column column-left left-column right-col about-me "
                    + "print-only skip-link inline-promo story-promo photo-gallery-link");

    /** Also said of leads and of whole stories: only with links in it is it a box. */
    private static final Set<String> DOUBTFUL_WORDS = words(
            "teaser teasers widget widgets box boxes infobox callout highlight highlights inset block embed link links");

    private static final Set<String> LABEL_WORDS = words(
            "meta signature byline dateline timestamp pubdate kicker eyebrow readingtime breadcrumb postmeta entrymeta articlemeta "
                    + "metadata viewcount");
    private static final Set<String> LABEL_PAIRS = words(
            "reading-time read-time post-meta entry-meta article-meta story-meta publish-date published-date date-published "
                    + "post-date entry-date article-date posted-on post-info article-info post-author entry-author article-author "
                    + "entry-title post-title article-title page-title last-updated node-submitted cat-links");
    /** Microdata that {@link HtmlPage} reads. */
    private static final Set<String> TOLD =
            Set.of("author", "datePublished", "dateModified", "headline", "publisher", "keywords");

    private static final Set<String> STANDFIRST_WORDS = words(
            "standfirst dek deck chapo subtitle subheadline strapline summary excerpt intro lead lede description abstract");

    private static final Set<String> BODY_WORDS =
            words("articlebody storybody storytext articletext articlecontent postcontent entrycontent artikeltext");
    private static final Set<String> BODY_PAIRS = words(
            "article-body story-body entry-content post-content article-content article-text story-text content-body "
                    + "post-body body-text body-content news-content article-main name-body main-content text-content "
                    + "article-view view-content");

    /** Names that say what a page is about, or how its theme looks. */
    private static final Pattern TOPICAL =
            Pattern.compile("(?i)(?:category|tag|term|topic|section|has|is|js|wp-image|postid|author)-.+");

    /** A page builder calls everything a widget. */
    private static final String BUILDER = "elementor-widget";

    private static final Pattern PARTS = Pattern.compile("(?<=[a-z])(?=[A-Z])|[^\\p{L}]+");

    /** Pages repeat their names a lot. */
    private final Map<String, List<String>> parts = new HashMap<>();

    private static Set<String> words(String words) {
        return Set.of(words.split(" ", -1));
    }

    /** Whether an element lies over the page until it is answered, however long it is. */
    boolean isDialog(Element element) {
        boolean whole = Set.of("html", "body", "main", "article").contains(element.normalName());
        return !whole
                && (element.normalName().equals("dialog")
                        || element.attr("role").endsWith("dialog")
                        || isNamed(element, CONSENT_WORDS, Set.of()));
    }

    /**
     * Whether an element is there for the site, not for the story.
     *
     * @param linked share of links in its text
     */
    boolean isBox(Element element, double linked) {
        var tag = element.normalName();
        if (Set.of("html", "body", "main", "article", "p", "figure", "img", "a", "span")
                .contains(tag)) {
            return false;
        }
        return BOX_TAGS.contains(tag)
                || BOX_ROLES.contains(element.attr("role"))
                || element.attr("aria-hidden").equals("true")
                || element.attr("style").replace(" ", "").contains("display:none")
                || isNamed(element, BOX_WORDS, BOX_PAIRS)
                || (linked > 0.4 && isNamed(element, DOUBTFUL_WORDS, Set.of()))
                || (tag.equals("header")
                        && element.parent() != null
                        && element.parent().normalName().equals("body"));
    }

    /** Whether an element says who, when or which, beside the story; the title is shown elsewhere too. */
    boolean isLabel(Element element) {
        var tag = element.normalName();
        if (tag.equals("h1") || tag.equals("time")) {
            return true;
        }
        var property = element.attr("itemprop");
        boolean told = TOLD.contains(property) || isNamed(element, LABEL_WORDS, LABEL_PAIRS);
        return told && !tag.equals("article") && element.text().length() < 200;
    }

    /** Whether a short text beside the title sums the story up. */
    boolean isStandfirst(Element element) {
        return element.closest("header") != null
                || isNamed(element, STANDFIRST_WORDS, Set.of("sub-title", "sub-headline"));
    }

    /** How much likelier than others an element is to be the story's. */
    double bonus(Element element) {
        if (element.attr("itemprop").equals("articleBody")) {
            return 1.25;
        }
        if (isNamed(element, BODY_WORDS, BODY_PAIRS)) {
            return 1.15;
        }
        return element.normalName().equals("article") ? 1.05 : 1;
    }

    private boolean isNamed(Element element, Set<String> words, Set<String> pairs) {
        boolean custom = element.normalName().indexOf('-') > 0;
        return (custom && isNamed(element.normalName(), words, pairs))
                || element.classNames().stream().anyMatch(name -> isNamed(name, words, pairs))
                || isNamed(element.id(), words, pairs)
                || isNamed(element.attr("data-testid"), words, pairs)
                || isNamed(element.attr("data-component"), words, pairs);
    }

    private boolean isNamed(String name, Set<String> words, Set<String> pairs) {
        var known = name.isEmpty() ? List.<String>of() : parts.computeIfAbsent(name, HtmlBoxes::parts);
        for (int at = 0; at < known.size(); at++) {
            boolean pair = at > 0 && pairs.contains(known.get(at - 1) + "-" + known.get(at));
            if (pair || words.contains(known.get(at))) {
                return true;
            }
        }
        return false;
    }

    private static List<String> parts(String name) {
        var own = name.startsWith(BUILDER) ? name.substring(BUILDER.length()) : name;
        if (TOPICAL.matcher(own).matches()) {
            return List.of();
        }
        return Arrays.stream(PARTS.split(own, -1))
                .map(part -> part.toLowerCase(Locale.ROOT))
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
