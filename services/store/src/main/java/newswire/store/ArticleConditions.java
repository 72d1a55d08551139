package newswire.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The conditions of a search as SQL: those on columns, and apart from them the one on words, which has an index of its own. */
final class ArticleConditions {
    private final List<String> columns = new ArrayList<>();
    private final Map<String, @Nullable Object> parameters = new HashMap<>();
    private final @Nullable String words;
    private final String wanted;

    /**
     * Takes a query.
     *
     * @param analyzers that have read what may be found
     */
    ArticleConditions(ArticleSearch.Query query, Collection<WordAnalyzer> analyzers) {
        columns.add("(embargoed_until is null or embargoed_until <= now())");
        where("feed = :feed", "feed", query.feed());
        where("lower(publisher) = lower(:publisher)", "publisher", query.publisher());
        where(
                "split_part(lower(language), '-', 1) = split_part(lower(:language), '-', 1)"
                        + " and (lower(language) = lower(:language) or starts_with(lower(language), lower(:language) || '-'))",
                "language",
                query.language());
        where("sorted >= :from", "from", timestamp(query.from()));
        where("sorted < :to", "to", timestamp(query.to()));
        var text = query.text();
        words = words(text == null ? null : WordQuery.of(text, analyzers), query.subject());
        wanted = text == null ? "" : WordQuery.wanted(text, analyzers);
        parameters.put("words", words);
        parameters.put("wanted", wanted);
    }

    private static @Nullable String words(@Nullable String text, @Nullable String subject) {
        if (text != null && text.isEmpty()) {
            return "";
        }
        return subject == null && text == null
                ? null
                : Stream.of(
                                text == null ? "" : "(" + text + ")",
                                subject == null ? "" : WordVector.quoted(WordVector.subject(subject)))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" & "));
    }

    void where(String condition, String parameter, @Nullable Object value) {
        if (value != null) {
            columns.add(condition);
            parameters.put(parameter, value);
        }
    }

    void parameter(String name, @Nullable Object value) {
        parameters.put(name, value);
    }

    /** To be given to whatever statement has the conditions in it. */
    Map<String, @Nullable Object> parameters() {
        return parameters;
    }

    /** On columns only. */
    String columns() {
        return String.join(" and ", columns);
    }

    /** Whether words are looked for. */
    boolean hasWords() {
        return words != null;
    }

    /** On words only. */
    String words() {
        return words == null ? "true" : words.isEmpty() ? "false" : "words @@ :words::tsquery";
    }

    /** Whether words can be looked for in the recent weeks only, the number of the first and of the last of which are given. */
    boolean recent(@Nullable Weeks weeks) {
        if (weeks == null || words == null || words.isEmpty()) {
            return false;
        }
        parameters.put(
                "recent",
                LongStream.rangeClosed(weeks.first(), weeks.last())
                        .mapToObj(week -> WordVector.quoted(WordVector.week(week)))
                        .collect(Collectors.joining(" | ", "(" + words + ") & (", ")")));
        return true;
    }

    /** Weeks since 1970. */
    record Weeks(long first, long last) {}

    /** On words and the recent weeks. */
    String recentWords() {
        return "words @@ :recent::tsquery";
    }

    /** How well the words fit: a word in the title counts ten times, and in a long text less than in a short one. */
    String rank() {
        return wanted.isEmpty() ? "0::real" : "ts_rank_cd('{0.1, 0.2, 0.4, 1}', words, :wanted::tsquery, 1)";
    }

    static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
