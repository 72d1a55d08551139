package newswire.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for in terms of the index, as a {@code tsquery}: for each analyzer what it makes of the words, for nobody
 * knows which language they are in.
 */
final class WordQuery {

    private WordQuery() {}

    /** All of it. Finds nothing if it is empty. */
    static String of(SearchText text, Collection<WordAnalyzer> analyzers) {
        return any(analyzers.stream().flatMap(analyzer -> alternatives(text, analyzer)));
    }

    /** The words that are wanted, for whoever counts how often they are there; those that are not wanted left out. */
    static String wanted(SearchText text, Collection<WordAnalyzer> analyzers) {
        return any(analyzers.stream()
                .flatMap(analyzer -> text.alternatives().stream()
                        .map(clauses -> all(clauses.stream()
                                .filter(clause -> !clause.negated())
                                .filter(clause -> clause.field().words())
                                .map(clause -> words(clause, analyzer)))))
                .filter(Objects::nonNull));
    }

    private static String any(Stream<String> parts) {
        return parts.collect(Collectors.toCollection(LinkedHashSet::new)).stream()
                .collect(Collectors.joining(" | "));
    }

    private static Stream<String> alternatives(SearchText text, WordAnalyzer analyzer) {
        return text.alternatives().stream()
                .map(clauses -> alternative(clauses, analyzer))
                .filter(Objects::nonNull);
    }

    /** Words are excluded in this analyzer's articles only: in another's they would not be looked for. */
    private static @Nullable String alternative(List<SearchText.Clause> clauses, WordAnalyzer analyzer) {
        var parts = new ArrayList<@Nullable String>();
        boolean excludes = false;
        boolean wants = false;
        for (var clause : clauses) {
            var part = clause.field().words() ? words(clause, analyzer) : name(clause);
            if (part != null) {
                parts.add(clause.negated() ? "!" + part : part);
                excludes |= clause.negated() && clause.field().words();
                wants |= !clause.negated() && clause.field().words();
            }
        }
        if (excludes && !wants) {
            parts.addFirst(WordVector.quoted(WordVector.analyzedBy(analyzer)));
        }
        return all(parts.stream());
    }

    private static @Nullable String all(Stream<@Nullable String> parts) {
        var present = parts.filter(Objects::nonNull).toList();
        return present.isEmpty() ? null : present.stream().collect(Collectors.joining(" & ", "(", ")"));
    }

    private static String name(SearchText.Clause clause) {
        return WordVector.quoted(
                clause.field() == SearchText.Field.SUBJECT
                        ? WordVector.subject(clause.text())
                        : WordVector.publisher(clause.text()));
    }

    /** Null if there is no word in it, as this analyzer sees it. */
    private static @Nullable String words(SearchText.Clause clause, WordAnalyzer analyzer) {
        var phrase = Phrase.of(clause, analyzer);
        if (phrase == null) {
            return null;
        }
        var text = new StringBuilder("(");
        int last = 0;
        for (var place : phrase.places()) {
            if (text.length() > 1) {
                text.append(" <").append(place.distance() - last).append("> ");
            }
            text.append(place(place, clause.field(), analyzer));
            last = place.distance();
        }
        return text.append(')').toString();
    }

    private static String place(Phrase.Place place, SearchText.Field field, WordAnalyzer analyzer) {
        return Stream.concat(
                        place.words().stream().map(term -> lexeme(field, analyzer, term)),
                        place.beginnings().stream().map(term -> lexeme(field, analyzer, term) + ":*"))
                .collect(Collectors.joining(" | ", "(", ")"));
    }

    private static String lexeme(SearchText.Field field, WordAnalyzer analyzer, String term) {
        return WordVector.quoted(
                field == SearchText.Field.TITLE
                        ? WordVector.ofTitle(analyzer, term)
                        : WordVector.ofText(analyzer, term));
    }
}
