package newswire.normalizer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** How much running text each element of a page holds, and how much that is none; part of {@link Html}. */
final class HtmlWeights {
    /** Letters from which on a run of text without a full stop counts as prose. */
    private static final int LONG = 100;

    private static final int SHORT = 40;

    /** So that one long menu does not outweigh a story. */
    private static final int MOST_CLUTTER = 80;

    /** Shorter passages are found in other texts by chance. */
    private static final int TELLING = 24;

    private static final String STOPS = ".!?…。！？؟।";
    private static final String CLOSING = "”\"»";
    private static final Set<String> HEADINGS = Set.of("h1", "h2", "h3", "h4", "h5", "h6");

    private static final Set<String> PARAGRAPHS = Set.of("p", "blockquote", "dd", "pre");

    private final Map<Element, Weight> weights = new HashMap<>();
    private final Set<Element> apart = new HashSet<>();
    private final Set<Element> clutter;
    private final String known;

    /**
     * @param clutter elements that count for nothing
     * @param known letters and digits of the story as far as the page tells it elsewhere, empty if it does not
     */
    HtmlWeights(Element root, Set<Element> clutter, String known) {
        this.clutter = clutter;
        this.known = known;
        markApart(root);
        measure(root, false);
    }

    /** What is in an element and below it; lengths are letters, those of Han, kana and Hangul twice. */
    static final class Weight {
        private double prose;
        private double clutter;
        private double confirmed;
        private int text;
        private int linked;

        /** Running text. */
        double prose() {
            return prose;
        }

        /** Text that is none: menus, labels, links. */
        double clutter() {
            return clutter;
        }

        /** Running text that the page tells elsewhere as its story's. */
        double confirmed() {
            return confirmed;
        }

        int text() {
            return text;
        }

        /** The share of links, from 0 to 1. */
        double linked() {
            return text == 0 ? 0 : (double) linked / text;
        }

        private void add(Weight other) {
            prose += other.prose;
            clutter += other.clutter;
            confirmed += other.confirmed;
            text += other.text;
            linked += other.linked;
        }
    }

    /** The weight of an element; nothing if it was not measured. */
    Weight of(Element element) {
        return weights.getOrDefault(element, new Weight());
    }

    private Weight measure(Element element, boolean outerLink) {
        var weight = new Weight();
        if (!clutter.contains(element)) {
            boolean link = outerLink || element.nameIs("a");
            var run = new Run();
            for (var node : element.childNodes()) {
                if (node instanceof Element child && apart.contains(child)) {
                    run.close(element, weight);
                    weight.add(measure(child, link));
                } else {
                    run.add(node, link);
                }
            }
            run.close(element, weight);
        }
        weights.put(element, weight);
        return weight;
    }

    /** Finds the elements that stand apart: blocks, and whatever has a block in it. */
    private boolean markApart(Element element) {
        boolean inside = false;
        for (var child : element.children()) {
            inside |= markApart(child);
        }
        boolean itself = inside || element.isBlock();
        if (itself) {
            apart.add(element);
        }
        return itself;
    }

    /** Whether a line ends as sentences do, or has more than one. */
    static boolean isSentence(String line) {
        int end = line.length();
        while (end > 0 && isSpace(line.charAt(end - 1))) {
            end--;
        }
        if (end > 0 && (STOPS + ":" + CLOSING).indexOf(line.charAt(end - 1)) >= 0) {
            return true;
        }
        for (int at = 1; at < end; at++) {
            boolean stopped = STOPS.indexOf(line.charAt(at - 1)) >= 0;
            if (stopped && (isSpace(line.charAt(at)) || CLOSING.indexOf(line.charAt(at)) >= 0)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSpace(char one) {
        return one == ' ' || (one >= '\t' && one <= '\r');
    }

    static boolean isHeading(Element element) {
        return HEADINGS.contains(element.normalName());
    }

    /** Letters and digits alone, in lower case. */
    static String letters(String text) {
        var letters = new StringBuilder(text.length());
        text.codePoints()
                .filter(Character::isLetterOrDigit)
                .map(Character::toLowerCase)
                .forEachOrdered(letters::appendCodePoint);
        return letters.toString();
    }

    /** Text that stands together, with no block between. */
    private final class Run {
        private final StringBuilder text = new StringBuilder();
        private int linked;

        void add(Node node, boolean link) {
            if (node instanceof TextNode leaf) {
                int before = text.length();
                text.append(leaf.getWholeText());
                linked += link ? text.length() - before : 0;
            } else if (node instanceof Element element && !clutter.contains(element)) {
                boolean inLink = link || element.normalName().equals("a");
                element.childNodes().forEach(child -> add(child, inLink));
            }
        }

        void close(Element at, Weight weight) {
            var line = PlainText.line(text.toString());
            if (!line.isEmpty()) {
                double share = Math.min(1, (double) linked / Math.max(1, text.length()));
                weigh(line, share, at, weight);
            }
            text.setLength(0);
            linked = 0;
        }

        private void weigh(String line, double share, Element at, Weight weight) {
            int length = length(line);
            weight.text += length;
            weight.linked += (int) (length * share);
            boolean titled = isHeading(at) || at.closest("figcaption") != null;
            if (titled) {
                return;
            }
            boolean sentence = isSentence(line);
            boolean paragraph = share == 0 && PARAGRAPHS.contains(at.normalName());
            boolean prose = share < 0.5 && (length >= LONG || (sentence && (paragraph || length >= SHORT)));
            if (prose) {
                weight.prose += length * (1 - share);
                weight.confirmed += isConfirmed(line) ? length : 0;
            } else if (!paragraph) {
                weight.clutter += Math.min(length, MOST_CLUTTER);
            }
        }

        private boolean isConfirmed(String line) {
            var letters = known.isEmpty() ? "" : letters(line);
            return letters.length() >= TELLING && known.contains(letters);
        }

        private static int length(String line) {
            int length = 0;
            for (int at = 0; at < line.length(); at++) {
                char one = line.charAt(at);
                length += one >= 0x2E80 && one <= 0xD7FF ? 2 : 1;
            }
            return length;
        }
    }
}
