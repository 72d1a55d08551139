package newswire.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds articles that are not under embargo. */
@Repository
class ArticleSearch {
    /** As much of a text as passages are taken from, in characters. */
    private static final int SHOWN = 20_000;

    private final JdbcClient jdbc;
    private final AnalysisTable analyses;
    private final Effort effort;

    @Autowired
    ArticleSearch(JdbcClient jdbc, AnalysisTable analyses) {
        this(jdbc, analyses, Effort.USUAL);
    }

    /** Searches with other effort, and finds the same. */
    ArticleSearch(JdbcClient jdbc, AnalysisTable analyses, Effort effort) {
        this.jdbc = jdbc;
        this.analyses = analyses;
        this.effort = effort;
    }

    /**
     * How far a search goes before it does more.
     *
     * @param newest how many of the newest articles are looked at one by one, in the hope that enough of them match
     * @param recent how many articles the recent weeks have, which are asked for before all
     * @param enough to be ranked or counted, if so many were found already
     * @param ranked how many of the newest that match are ranked: more would cost more than it tells
     * @param counted the same for facets
     */
    record Effort(int newest, int recent, int enough, int ranked, int counted) {
        static final Effort USUAL = new Effort(500, 50_000, 500, 2_000, 10_000);
    }

    /** What comes first. */
    enum Sort {
        /** The newest by the publisher's date, or else our first sight. */
        PUBLISHED("sorted"),
        /** The newest by our first sight. */
        SEEN("first_created"),
        /** The best match among the newest that match. */
        RELEVANCE("sorted");

        private final String column;

        Sort(String column) {
            this.column = column;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What to find; what is absent does not restrict.
     *
     * @param publisher name, in any case
     * @param subject name, in any case
     * @param language BCP 47; {@code en} finds {@code en-US} too, and words are read as that language's
     * @param from earliest publication, inclusive
     * @param to latest publication, exclusive
     * @param after where the page before ended
     */
    record Query(
            @Nullable SearchText text,
            @Nullable UUID feed,
            @Nullable String publisher,
            @Nullable String subject,
            @Nullable String language,
            @Nullable Instant from,
            @Nullable Instant to,
            Sort sort,
            @Nullable Position after,
            int limit) {}

    /** One page. */
    record Page(List<RawJson> items, @Nullable String next) {}

    /**
     * A place in an order of articles, which stays where it is when articles come in above it.
     *
     * @param rank absent unless the order is that of relevance
     */
    record Position(@Nullable Float rank, Instant sorted, UUID id) {

        /** The form that clients hand back. */
        String cursor() {
            var text = (rank == null ? "" : rank + "/") + sorted + "/" + id;
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        /**
         * Reads a cursor.
         *
         * @throws IllegalArgumentException if it is none of ours
         */
        static Position of(String cursor) {
            var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            var parts = text.split("/", -1);
            if (parts.length < 2 || parts.length > 3) {
                throw new IllegalArgumentException("no cursor: '" + cursor + "'");
            }
            try {
                return new Position(
                        parts.length == 3 ? Float.valueOf(parts[0]) : null,
                        Instant.parse(parts[parts.length - 2]),
                        UUID.fromString(parts[parts.length - 1]));
            } catch (java.time.DateTimeException ex) {
                throw new IllegalArgumentException("no cursor: '" + cursor + "'", ex);
            }
        }
    }

    Page find(Query query) {
        var found = conditions(query);
        return query.sort() == Sort.RELEVANCE ? ranked(query, found) : ordered(query, found);
    }

    /** Whose language nobody knows is read by all analyzers that have read an article. */
    private ArticleConditions conditions(Query query) {
        var language = query.language();
        boolean known = language != null || query.text() == null;
        return new ArticleConditions(
                query, known ? List.of(WordAnalyzers.of(language == null ? "und" : language)) : analyses.analyzers());
    }

    private Page ordered(Query query, ArticleConditions found) {
        var column = query.sort().column;
        var after = query.after();
        if (after != null) {
            found.where("(" + column + ", id) < (:sorted, :id)", "sorted", ArticleConditions.timestamp(after.sorted()));
            found.parameter("id", after.id());
        }
        found.parameter("newest", effort.newest());
        found.parameter("enough", query.limit() + 1);
        found.parameter("most", query.limit() + 1);
        return page(
                query,
                jdbc.sql(newest(found, column, column) + """
                        select document::text, null::real, found.%1$s, id from found join article using (id)
                        order by found.%1$s desc, id desc limit :limit
                        """.formatted(column)).params(found.parameters()));
    }

    private Page ranked(Query query, ArticleConditions found) {
        var after = query.after();
        found.parameter("newest", 4 * effort.newest());
        found.parameter("enough", effort.enough());
        found.parameter("most", effort.ranked());
        found.parameter("rank", after == null || after.rank() == null ? null : after.rank());
        found.parameter("sorted", after == null ? null : ArticleConditions.timestamp(after.sorted()));
        found.parameter("id", after == null ? null : after.id());
        return page(
                query,
                jdbc.sql(newest(found, "sorted", "sorted, words") + """
                        , scored as (select id, sorted, %s as rank from found),
                        best as (select * from scored
                            where :rank::real is null
                                or (rank, sorted, id) < (:rank::real, :sorted::timestamptz, :id::uuid)
                            order by rank desc, sorted desc, id desc limit :limit)
                        select document::text, rank, best.sorted, id from best join article using (id)
                        order by rank desc, best.sorted desc, id desc
                        """.formatted(found.rank()))
                        .params(found.parameters()));
    }

    /**
     * The newest that match. Frequent words are looked for among the newest articles, which their own order has; for the
     * others the index of words is asked, at first together with the recent weeks, and all that it knows is sorted. The
     * planner is not left to choose: it knows neither how rare a word is that is in few articles, nor what it costs to look
     * for one in a row.
     *
     * @param columns to be had besides the id
     */
    private String newest(ArticleConditions found, String order, String columns) {
        var last = " order by " + order + " desc, id desc limit ";
        if (!found.hasWords()) {
            return "with found as materialized (select id, %s from article where %s %s :most) "
                    .formatted(columns, found.columns(), last);
        }
        boolean weeks = order.equals(Sort.PUBLISHED.column) && found.recent(analyses.recentWeeks(effort.recent()));
        return """
                with near as materialized (select id, %1$s from
                        (select * from article where %2$s %5$s :newest) as newest where %3$s %5$s :most),
                    recent as materialized (select id, %1$s from
                        (select id, %1$s from article where %2$s and %4$s offset 0) as matching %5$s :most),
                    far as materialized (select id, %1$s from
                        (select id, %1$s from article where %2$s and %3$s offset 0) as matching %5$s :most),
                    step as materialized (select case when (select count(*) from near) >= :enough then 1
                        when (select count(*) from recent) >= :enough then 2 else 3 end as number),
                    found as materialized (select * from near where (select number from step) = 1
                        union all select * from recent where (select number from step) = 2
                        union all select * from far where (select number from step) = 3)
                """.formatted(columns, found.columns(), found.words(), weeks ? found.recentWords() : "false", last);
    }

    private static Page page(Query query, JdbcClient.StatementSpec sql) {
        var rows = sql.param("limit", query.limit() + 1)
                .query((row, _) -> new Row(
                        new RawJson(row.getString(1)),
                        new Position(
                                row.getObject(2, Float.class),
                                row.getObject(3, OffsetDateTime.class).toInstant(),
                                row.getObject(4, UUID.class))))
                .list();
        boolean more = rows.size() > query.limit();
        var page = more ? rows.subList(0, query.limit()) : rows;
        return new Page(
                page.stream().map(Row::document).toList(),
                more ? page.getLast().position().cursor() : null);
    }

    /** Those of some articles that a query finds, whatever its order and page. */
    Set<UUID> among(Query query, Collection<UUID> ids) {
        var found = conditions(query);
        found.where(
                "id = any(:among::uuid[])",
                "among",
                ids.stream().map(UUID::toString).toArray(String[]::new));
        return Set.copyOf(jdbc.sql("select id from article where " + found.columns() + " and " + found.words())
                .params(found.parameters())
                .query((row, _) -> row.getObject(1, UUID.class))
                .list());
    }

    /** A value of a property and how many have it. */
    record Count(String value, long count) {}

    /** How the newest that match are spread, as many as are counted: the most frequent publishers, languages, subjects and days. */
    Map<String, List<Count>> facets(Query query) {
        var found = conditions(query);
        found.parameter("newest", 4 * effort.newest());
        found.parameter("enough", effort.enough());
        found.parameter("most", effort.counted());
        var facets = new LinkedHashMap<String, List<Count>>();
        for (var name : List.of("publisher", "language", "subject", "day")) {
            facets.put(name, new ArrayList<>());
        }
        jdbc.sql(newest(found, "sorted", "sorted, publisher, language, subjects") + """
                        , counted as (
                            select 'publisher' as facet, publisher as value, count(*) as n from found
                                where publisher is not null group by 2
                            union all select 'language', language, count(*) from found group by 2
                            union all select 'day', to_char(sorted at time zone 'UTC', 'YYYY-MM-DD'), count(*) from found
                                group by 2
                            union all select 'subject', subject, count(*) from found, unnest(subjects) as subject group by 2)
                        select facet, value, n from (select *, row_number() over (partition by facet
                            order by case when facet = 'day' then value end desc, n desc, value) as place from counted) as c
                        where place <= 20 order by facet, place
                        """)
                .params(found.parameters())
                .query(row -> {
                    facets.getOrDefault(row.getString(1), new ArrayList<>())
                            .add(new Count(String.valueOf(row.getString(2)), row.getLong(3)));
                });
        return facets;
    }

    /** Passages of articles around what was searched for, as HTML: {@code mark} around the words, all else escaped. */
    Map<UUID, String> highlights(SearchText text, List<UUID> ids) {
        var highlights = new HashMap<UUID, String>();
        jdbc.sql("""
                        select id, title || ' … ' || left(coalesce(document #>> '{bodies,0,value}', ''), :shown), language
                        from article where id = any(:ids::uuid[])
                        """)
                .param("shown", SHOWN)
                .param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                .query(row -> {
                    var analyzer = WordAnalyzers.of(row.getString(3));
                    highlights.put(row.getObject(1, UUID.class), Passages.of(row.getString(2), analyzer, text));
                });
        return highlights;
    }

    private record Row(RawJson document, Position position) {}
}
