package newswire.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one clause of a search looks for, as an analyzer sees it: words at fixed distances. A single word of the clause can
 * be several of the analyzer's, as in Japanese.
 */
record Phrase(List<Place> places) {

    Phrase {
        places = List.copyOf(places);
    }

    /**
     * One of its places.
     *
     * @param distance from the first, in words
     * @param words any of which may stand there
     * @param beginnings of words that may stand there
     */
    record Place(int distance, Set<String> words, Set<String> beginnings) {

        boolean fits(String term) {
            return words.contains(term) || beginnings.stream().anyMatch(term::startsWith);
        }
    }

    /** Null if there is no word in it for this analyzer. */
    static @Nullable Phrase of(SearchText.Clause clause, WordAnalyzer analyzer) {
        var terms = new TreeMap<Integer, Set<String>>();
        for (var word : analyzer.words(clause.text())) {
            terms.computeIfAbsent(word.position(), _ -> new TreeSet<>()).add(word.term());
        }
        if (clause.beginning() && terms.size() <= 1) {
            return begun(terms, analyzer.beginning(clause.text()));
        }
        if (terms.isEmpty()) {
            return null;
        }
        var places = new ArrayList<Place>();
        for (var place : terms.entrySet()) {
            boolean open = clause.beginning() && place.getKey().equals(terms.lastKey());
            places.add(new Place(
                    place.getKey() - terms.firstKey(),
                    open ? Set.of() : place.getValue(),
                    open ? place.getValue() : Set.of()));
        }
        return new Phrase(places);
    }

    /** As it was typed, or as a whole word: a stem may end before what was typed. */
    private static @Nullable Phrase begun(Map<Integer, Set<String>> terms, String typed) {
        var words = terms.values().stream().findFirst().orElse(Set.of());
        if (typed.isBlank()) {
            return words.isEmpty() ? null : new Phrase(List.of(new Place(0, words, Set.of())));
        }
        return new Phrase(List.of(new Place(0, words, Set.of(typed))));
    }
}
