package newswire.store;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Shows where in a text is what was searched for. */
final class Passages {
    private static final String BETWEEN = " … ";

    /** In characters. A text of two of them is shown as it is. */
    private static final int LENGTH = 200;

    private static final int BEFORE = 50;
    private static final int MOST = 2;

    private final String text;
    private final List<Word> words;

    /** The characters that are marked. */
    private final BitSet marked = new BitSet();

    private Passages(String text, WordAnalyzer analyzer) {
        this.text = text;
        this.words = analyzer.words(text);
    }

    /**
     * Passages around the words that are searched for, or the beginning if there are none.
     *
     * @return HTML: {@code mark} around the words, all else escaped
     */
    static String of(String text, WordAnalyzer analyzer, SearchText wanted) {
        var passages = new Passages(text, analyzer);
        passages.mark(wanted.alternatives().stream()
                .flatMap(List::stream)
                .filter(clause -> !clause.negated() && clause.field().words())
                .map(clause -> Phrase.of(clause, analyzer))
                .filter(Objects::nonNull)
                .toList());
        return passages.html();
    }

    private void mark(List<Phrase> phrases) {
        var places = new HashMap<Integer, List<Word>>();
        for (var word : words) {
            places.computeIfAbsent(word.position(), _ -> new ArrayList<>()).add(word);
        }
        for (var word : words) {
            for (var phrase : phrases) {
                if (phrase.places().getFirst().fits(word.term())) {
                    mark(phrase, word.position(), places);
                }
            }
        }
    }

    private void mark(Phrase phrase, int position, Map<Integer, List<Word>> places) {
        var found = new ArrayList<Word>();
        for (var place : phrase.places()) {
            var fitting = places.getOrDefault(position + place.distance(), List.of()).stream()
                    .filter(word -> place.fits(word.term()))
                    .findFirst();
            if (fitting.isEmpty()) {
                return;
            }
            found.add(fitting.get());
        }
        found.forEach(word -> marked.set(word.start(), word.end()));
    }

    private String html() {
        if (text.length() <= MOST * LENGTH) {
            return html(new Span(0, text.length()));
        }
        return spans().stream()
                .map(this::html)
                .reduce((a, b) -> a + BETWEEN + b)
                .orElse("");
    }

    /** Those with the most in them. */
    private List<Span> spans() {
        var candidates = new ArrayList<Span>();
        for (int at = marked.nextSetBit(0); at >= 0; at = marked.nextSetBit(marked.nextClearBit(at))) {
            candidates.add(snapped(Math.max(0, at - BEFORE)));
        }
        candidates.sort(Comparator.comparingInt(
                        (Span span) -> -marked.get(span.start(), span.end()).cardinality())
                .thenComparingInt(Span::start));
        var chosen = new ArrayList<Span>();
        for (var candidate : candidates) {
            if (chosen.size() < MOST && chosen.stream().noneMatch(candidate::meets)) {
                chosen.add(candidate);
            }
        }
        chosen.sort(Comparator.comparingInt(Span::start));
        return chosen.isEmpty() ? List.of(snapped(0)) : chosen;
    }

    /** From the first word that begins there to the last that ends in time. */
    private Span snapped(int from) {
        int start = from;
        int end = Math.min(text.length(), from + LENGTH);
        if (from > 0) {
            start = words.stream()
                    .mapToInt(Word::start)
                    .filter(at -> at >= from)
                    .min()
                    .orElse(from);
        }
        int last = start;
        for (var word : words) {
            if (word.end() <= end) {
                last = Math.max(last, word.end());
            }
        }
        if (last == start) {
            last = end < text.length() && Character.isLowSurrogate(text.charAt(end)) ? end - 1 : end;
        }
        return new Span(start, last);
    }

    private String html(Span span) {
        var html = new StringBuilder();
        for (int at = span.start(); at < span.end(); ) {
            boolean inside = marked.get(at);
            int next = inside ? marked.nextClearBit(at) : marked.nextSetBit(at);
            int end = next < 0 ? span.end() : Math.min(next, span.end());
            var part = Markup.escape(text.substring(at, end));
            html.append(inside ? "<mark>" + part + "</mark>" : part);
            at = end;
        }
        return html.toString();
    }

    private record Span(int start, int end) {

        boolean meets(Span other) {
            return start < other.end && other.start < end;
        }
    }
}
