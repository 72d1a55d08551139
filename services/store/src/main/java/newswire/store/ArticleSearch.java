package newswire.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds articles that are not under embargo. */
@Repository
class ArticleSearch {
    /** How many of the newest that match are ranked, and counted for facets: more would cost more than it tells. */
    private static final int RANKED = 2_000;

    private static final int COUNTED = 10_000;

    /** Stand for the ends of what is to be marked; PostgreSQL puts them in, and no text of a feed's survives with them. */
    private static final char BEGIN = '\uE000';

    private static final char END = '\uE001';

    private final JdbcClient jdbc;

    ArticleSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What comes first. */
    enum Sort {
        /** The newest by the publisher's date, or else our first sight. */
        PUBLISHED("sorted"),
        /** The newest by our first sight. */
        SEEN("first_created"),
        /** The best match among the newest {@value #RANKED} that match. */
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
     * @param language BCP 47; {@code en} finds {@code en-US} too
     * @param from earliest publication, inclusive
     * @param to latest publication, exclusive
     * @param after where the page before ended
     */
    record Query(
            @Nullable SearchText text,
            @Nullable UUID feed,
            @Nullable String publisher,
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
        var found = new Restrictions(query);
        return query.sort() == Sort.RELEVANCE ? ranked(query, found) : ordered(query, found);
    }

    private Page ordered(Query query, Restrictions found) {
        var column = query.sort().column;
        var after = query.after();
        if (after != null) {
            found.where("(" + column + ", id) < (:sorted, :id)", "sorted", timestamp(after.sorted()));
            found.parameters.put("id", after.id());
        }
        return page(
                query,
                jdbc.sql("select document::text, null::real, " + column + ", id from article where "
                                + found.conditions() + " order by " + column + " desc, id desc limit :limit")
                        .params(found.parameters));
    }

    private Page ranked(Query query, Restrictions found) {
        var after = query.after();
        var text = query.text();
        found.parameters.put("ranked", RANKED);
        found.parameters.put("words", text == null ? "" : text.words() + " " + text.title());
        found.parameters.put("rank", after == null || after.rank() == null ? null : after.rank());
        found.parameters.put("sorted", after == null ? null : timestamp(after.sorted()));
        found.parameters.put("id", after == null ? null : after.id());
        return page(query, jdbc.sql("""
                        with newest as (select id, sorted, search, search_config from article where
                        """ + found.conditions() + """
                         order by sorted desc, id desc limit :ranked),
                        scored as (select id, sorted,
                            ts_rank_cd(search, websearch_to_tsquery(search_config, :words)) as rank from newest)
                        select a.document::text, s.rank, s.sorted, s.id from scored s join article a using (id)
                        where :rank::real is null
                            or (s.rank, s.sorted, s.id) < (:rank::real, :sorted::timestamptz, :id::uuid)
                        order by s.rank desc, s.sorted desc, s.id desc limit :limit
                        """).params(found.parameters));
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
        var found = new Restrictions(query);
        found.where(
                "id = any(:among::uuid[])",
                "among",
                ids.stream().map(UUID::toString).toArray(String[]::new));
        return Set.copyOf(jdbc.sql("select id from article where " + found.conditions())
                .params(found.parameters)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list());
    }

    /** A value of a property and how many have it. */
    record Count(String value, long count) {}

    /** How the newest {@value #COUNTED} that match are spread: the most frequent publishers, languages, subjects and days. */
    Map<String, List<Count>> facets(Query query) {
        var found = new Restrictions(query);
        var facets = new LinkedHashMap<String, List<Count>>();
        for (var name : List.of("publisher", "language", "subject", "day")) {
            facets.put(name, new ArrayList<>());
        }
        jdbc.sql("""
                        with found as materialized (select publisher, language, sorted, document -> 'subjects' as subjects
                            from article where
                        """ + found.conditions() + """
                             order by sorted desc, id desc limit :counted),
                        counted as (
                            select 'publisher' as facet, publisher as value, count(*) as n from found
                                where publisher is not null group by 2
                            union all select 'language', language, count(*) from found group by 2
                            union all select 'day', to_char(sorted at time zone 'UTC', 'YYYY-MM-DD'), count(*) from found
                                group by 2
                            union all select 'subject', s ->> 'name', count(*) from found,
                                jsonb_array_elements(coalesce(subjects, '[]')) as s group by 2)
                        select facet, value, n from (select *, row_number() over (partition by facet
                            order by case when facet = 'day' then value end desc, n desc, value) as place from counted) as c
                        where place <= 20 order by facet, place
                        """)
                .params(found.parameters)
                .param("counted", COUNTED)
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
                        select id, ts_headline(search_config,
                            translate(title || ' … ' || left(coalesce(document #>> '{bodies,0,value}', ''), 20000),
                                :ends, ''),
                            websearch_to_tsquery(search_config, :words),
                            'MaxFragments=2, MaxWords=25, MinWords=8, FragmentDelimiter=" … ", StartSel="'
                                || :begin || '", StopSel="' || :end || '"')
                        from article where id = any(:ids::uuid[])
                        """)
                .param("words", text.words() + " " + text.title())
                .param("ends", "" + BEGIN + END)
                .param("begin", String.valueOf(BEGIN))
                .param("end", String.valueOf(END))
                .param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                .query(row -> {
                    highlights.put(row.getObject(1, UUID.class), marked(row.getString(2)));
                });
        return highlights;
    }

    private static String marked(String text) {
        return Markup.escape(text).replace(String.valueOf(BEGIN), "<mark>").replace(String.valueOf(END), "</mark>");
    }

    private static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    /** The conditions of a query, in SQL. */
    private static final class Restrictions {
        private final List<String> conditions = new ArrayList<>();
        private final Map<String, @Nullable Object> parameters = new HashMap<>();

        Restrictions(Query query) {
            conditions.add("(embargoed_until is null or embargoed_until <= now())");
            var text = query.text();
            if (text != null) {
                text(text);
            }
            where("feed = :feed", "feed", query.feed());
            where("lower(publisher) = lower(:publisher)", "publisher", query.publisher());
            where(
                    "(lower(language) = lower(:language) or starts_with(lower(language), lower(:language) || '-'))",
                    "language",
                    query.language());
            where("sorted >= :from", "from", timestamp(query.from()));
            where("sorted < :to", "to", timestamp(query.to()));
        }

        /** By any language's reading, which the index knows, and then by that of the article's own. */
        private void text(SearchText text) {
            where(
                    "search @@ search_query(:q) and search @@ websearch_to_tsquery(search_config, :q)",
                    "q",
                    text.words().isEmpty() ? null : text.words());
            where(
                    "search @@ search_query(:title)"
                            + " and ts_filter(search, '{a}') @@ websearch_to_tsquery(search_config, :title)",
                    "title",
                    text.title().isEmpty() ? null : text.title());
            where("lower(publisher) = lower(:stated)", "stated", text.publisher());
            for (int i = 0; i < text.prefixes().size(); i++) {
                var name = "prefix" + i;
                where(
                        "search @@ prefix_query(:" + name + ") and search @@ prefix_query(search_config, :" + name
                                + ")",
                        name,
                        text.prefixes().get(i));
            }
        }

        void where(String condition, String parameter, @Nullable Object value) {
            if (value != null) {
                conditions.add(condition);
                parameters.put(parameter, value);
            }
        }

        String conditions() {
            return String.join(" and ", conditions);
        }
    }

    private record Row(RawJson document, Position position) {}
}
