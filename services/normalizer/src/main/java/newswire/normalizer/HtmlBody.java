package newswire.normalizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import newswire.contract.Feed;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Selector;
import org.jspecify.annotations.Nullable;

/**
 * Finds the story in a page: the element that holds most running text and least of anything else, less what a site puts
 * around and into its stories. What the page tells of the story elsewhere is never taken for that. Part of {@link Html}.
 */
final class HtmlBody {
    /** How much worse a letter of menus and labels is than a letter of prose is good. */
    private static final double CLUTTER_COSTS = 2;

    /** Elements that a majority of a page's text is in are no boxes, whatever their names. */
    private static final double MAJORITY = 0.45;

    /** Longer descriptions are no stories, and each sentence is looked for in them. */
    private static final int LONGEST = 200_000;

    private static final int TEASERS = 3;
    private static final int TEASER = 300;
    private static final int SHORTEST_TITLE = 8;

    private final Document document;
    private final HtmlBoxes names = new HtmlBoxes();
    private final Feed.Content rules;
    private final String known;
    private final String summary;

    private HtmlBody(Document document, Feed.Content rules, String known, String summary) {
        this.summary = summary;
        this.document = document;
        this.rules = rules;
        this.known = known;
    }

    /**
     * The story's HTML, empty if there is none. Cuts the tree.
     *
     * @param told the story as the page tells it elsewhere, as in JSON-LD; empty if it does not
     * @param summary as the page tells it elsewhere: beside the title it is not told again
     */
    static String of(Document document, Feed.Content rules, String told, String summary) {
        var body = new HtmlBody(
                document, rules, HtmlWeights.letters(PlainText.cut(told, LONGEST)), HtmlWeights.letters(summary));
        body.remove();
        var chosen = body.selected();
        return chosen.isEmpty() ? body.found() : String.join("\n", chosen);
    }

    private void remove() {
        document.select("script,style,template,button,select,textarea,input,dialog,[hidden],link,meta")
                .remove();
        for (var selector : rules.remove()) {
            select(selector).forEach(Element::remove);
        }
    }

    private List<Element> select(String selector) {
        try {
            return document.select(selector);
        } catch (Selector.SelectorParseException | IllegalArgumentException ex) {
            return List.of(); // an operator's slip costs the selector, not the article
        }
    }

    /** What the feed's definition points at. */
    private List<String> selected() {
        for (var selector : rules.selectors()) {
            var found = select(selector);
            var outermost = found.stream()
                    .filter(one -> found.stream()
                            .noneMatch(
                                    other -> !other.equals(one) && one.parents().contains(other)))
                    .filter(Element::hasText)
                    .map(Element::outerHtml)
                    .toList();
            if (!outermost.isEmpty()) {
                return outermost;
            }
        }
        return List.of();
    }

    private String found() {
        var all = new HtmlWeights(document.body(), Set.of(), known);
        var boxes = boxes(all);
        var weights = new HtmlWeights(document.body(), boxes, known);
        var best = confirmed(weights);
        if (best == null) {
            best = best(weights);
        }
        if (best == null) {
            return "";
        }
        var parts = new ArrayList<>(leads(best, boxes, weights));
        parts.add(best);
        boxes.forEach(Element::remove);
        boolean complete = isToldWhole(best, weights);
        parts.forEach(part -> prune(part, complete, weights));
        return parts.stream()
                .map(part ->
                        part.isBlock() && part.childrenSize() > 0 && !part.nameIs("p") ? part.html() : part.outerHtml())
                .collect(Collectors.joining("\n"));
    }

    /** Paragraphs between the title and the story: many sites set the first one apart. */
    private static List<Element> leads(Element story, Set<Element> boxes, HtmlWeights weights) {
        var leads = new ArrayList<Element>();
        for (@Nullable Element at = story; at != null; at = at.parent()) {
            for (var before : at.previousElementSiblings().reversed()) {
                var weight = weights.of(before);
                boolean prose = weight.prose() > 0 && weight.clutter() == 0 && weight.linked() < 0.2;
                if ((isLead(before) || (prose && before.nameIs("p"))) && !boxes.contains(before)) {
                    leads.add(before);
                }
            }
            boolean titled = at.previousElementSiblings().stream()
                    .anyMatch(before -> before.selectFirst("h1") != null || before.nameIs("h1"));
            if (titled) {
                return leads;
            }
        }
        return List.of();
    }

    /** A heading of a whole sentence, long as no heading is. */
    private static boolean isLead(Element element) {
        var text = element.text();
        return HtmlWeights.isHeading(element)
                && !element.nameIs("h1")
                && text.length() > 40
                && HtmlWeights.isSentence(text);
    }

    /** Whether the story is told whole elsewhere: then what is not told there is none of it. */
    private boolean isToldWhole(Element story, HtmlWeights weights) {
        var weight = weights.of(story);
        return weight.confirmed() > 0.8 * weight.prose() && weight.confirmed() > 0.8 * known.length();
    }

    private Set<Element> boxes(HtmlWeights all) {
        double most = MAJORITY * all.of(document.body()).prose();
        Set<Element> boxes = new HashSet<>();
        for (var element : document.body().getAllElements()) {
            var weight = all.of(element);
            boolean dialog = names.isDialog(element);
            boolean box = names.isBox(element, weight.linked()) && weight.prose() <= most;
            boolean teasers = isTeaserList(element, all);
            boolean root = element.equals(document.body());
            if (!root && weight.confirmed() == 0 && (dialog || box || teasers)) {
                boxes.add(element);
            }
        }
        return boxes;
    }

    /** Siblings of one make, each with a link for a title and little else. */
    private static boolean isTeaserList(Element element, HtmlWeights all) {
        if (element.childrenSize() < TEASERS) {
            return false;
        }
        Map<String, Integer> makes = new HashMap<>();
        for (var child : element.children()) {
            if (isTeaser(child, all)) {
                makes.merge(child.normalName() + " " + child.className(), 1, Integer::sum);
            }
        }
        int teasers = makes.values().stream().mapToInt(count -> count).max().orElse(0);
        return teasers >= TEASERS && 2 * teasers > element.childrenSize();
    }

    private static boolean isTeaser(Element element, HtmlWeights all) {
        if (Set.of("p", "h2", "h3", "br", "td", "tr", "figure").contains(element.normalName())) {
            return false;
        }
        var weight = all.of(element);
        boolean titled = !element.normalName().equals("li") && beginsWithLink(element);
        return weight.text() > 0
                && weight.confirmed() == 0
                && (weight.linked() > 0.6 || (titled && weight.text() < TEASER && weight.prose() < TEASER / 2));
    }

    private static boolean beginsWithLink(Element element) {
        for (var nodes = element.nodeStream().iterator(); nodes.hasNext(); ) {
            if (nodes.next() instanceof TextNode text && !text.isBlank()) {
                boolean title = text.text().strip().length() >= SHORTEST_TITLE;
                var parent = text.parent();
                return title && parent != null && parent.closest("a") != null;
            }
        }
        return false;
    }

    /** The deepest element with nearly all that the page tells elsewhere; null if the page shows less than half of that. */
    private @Nullable Element confirmed(HtmlWeights weights) {
        double all = weights.of(document.body()).confirmed();
        if (known.length() < 200 || all < 0.5 * known.length()) {
            return null;
        }
        Element deepest = document.body();
        for (var element : document.body().getAllElements()) {
            if (weights.of(element).confirmed() >= 0.98 * all) {
                deepest = element;
            }
        }
        return deepest;
    }

    private @Nullable Element best(HtmlWeights weights) {
        Element best = null;
        double most = 0;
        for (var element : document.body().getAllElements()) {
            var weight = weights.of(element);
            double value = (weight.prose() - CLUTTER_COSTS * weight.clutter()) * names.bonus(element);
            if (value > 0 && value >= most) {
                best = element;
                most = value;
            }
        }
        return best;
    }

    private void prune(Element story, boolean complete, HtmlWeights weights) {
        for (var element : List.copyOf(story.getAllElements())) {
            boolean inside = !element.equals(story);
            if (inside
                    && (names.isLabel(element)
                            || isSummary(element, weights)
                            || isStray(element, complete ? 0.25 : 0.8, weights))) {
                element.remove();
            }
        }
        for (var last = last(story); last != null && HtmlWeights.isHeading(last); last = last(story)) {
            last.remove(); // it headed what was removed
        }
    }

    private boolean isSummary(Element element, HtmlWeights weights) {
        return !summary.isEmpty()
                && weights.of(element).confirmed() == 0
                && names.isStandfirst(element)
                && HtmlWeights.letters(element.text()).equals(summary);
    }

    /** The last element that shows anything. */
    private static @Nullable Element last(Element element) {
        var children = element.children();
        for (int at = children.size() - 1; at >= 0; at--) {
            var child = children.get(at);
            if (child.hasText() || child.selectFirst("img") != null) {
                var deeper = HtmlWeights.isHeading(child) ? null : last(child);
                return deeper == null ? child : deeper;
            }
        }
        return null;
    }

    /** A box with links and no sentence that the page tells as its story's. */
    private static boolean isStray(Element element, double linked, HtmlWeights weights) {
        var weight = weights.of(element);
        return Set.of("div", "section", "ul", "ol", "table").contains(element.normalName())
                && weight.text() > 0
                && weight.confirmed() == 0
                && weight.linked() > linked
                && LanguageLinks.language(PlainText.line(element.text())) == null;
    }
}
