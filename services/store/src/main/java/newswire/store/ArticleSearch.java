package newswire.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds articles, newest first. */
@Repository
class ArticleSearch {
    private final JdbcClient jdbc;

    ArticleSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What to find; what is absent does not restrict.
     *
     * @param q words, "phrases", or, -not
     * @param publisher name, in any case
     * @param language BCP 47; {@code en} finds {@code en-US} too
     * @param from earliest publication, inclusive
     * @param to latest publication, exclusive
     * @param after where the page before ended
     */
    record Query(
            @Nullable String q,
            @Nullable UUID feed,
            @Nullable String publisher,
            @Nullable String language,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Position after,
            int limit) {}

    /** One page. */
    record Page(List<RawJson> items, @Nullable String next) {}

    /** A place in the order of articles, which stays where it is when articles come in above it. */
    record Position(Instant sorted, UUID id) {

        /** The form that clients hand back. */
        String cursor() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((sorted + "/" + id).getBytes(StandardCharsets.UTF_8));
        }

        /**
         * Reads a cursor.
         *
         * @throws IllegalArgumentException if it is none of ours
         */
        static Position of(String cursor) {
            var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int slash = text.indexOf('/');
            if (slash < 0) {
                throw new IllegalArgumentException("no cursor: '" + cursor + "'");
            }
            try {
                return new Position(
                        Instant.parse(text.substring(0, slash)), UUID.fromString(text.substring(slash + 1)));
            } catch (java.time.DateTimeException ex) {
                throw new IllegalArgumentException("no cursor: '" + cursor + "'", ex);
            }
        }
    }

    Page find(Query query) {
        var conditions = new ArrayList<String>();
        var parameters = new HashMap<String, Object>();
        restrict(query, conditions, parameters);
        var rows = jdbc.sql("select document::text, sorted, id from article"
                        + " where " + String.join(" and ", conditions)
                        + " order by sorted desc, id desc limit :limit")
                .params(parameters)
                .param("limit", query.limit() + 1)
                .query((row, _) -> new Row(
                        new RawJson(row.getString(1)),
                        new Position(row.getObject(2, OffsetDateTime.class).toInstant(), row.getObject(3, UUID.class))))
                .list();
        boolean more = rows.size() > query.limit();
        var page = more ? rows.subList(0, query.limit()) : rows;
        return new Page(
                page.stream().map(Row::document).toList(),
                more ? page.getLast().position().cursor() : null);
    }

    private static void restrict(Query query, List<String> conditions, Map<String, Object> parameters) {
        conditions.add("(embargoed_until is null or embargoed_until <= now())");
        var add = new Restriction(conditions, parameters);
        add.where("search @@ search_query(:q) and search @@ websearch_to_tsquery(search_config, :q)", "q", query.q());
        add.where("feed = :feed", "feed", query.feed());
        add.where("lower(publisher) = lower(:publisher)", "publisher", query.publisher());
        add.where(
                "(lower(language) = lower(:language) or starts_with(lower(language), lower(:language) || '-'))",
                "language",
                query.language());
        add.where("sorted >= :from", "from", timestamp(query.from()));
        add.where("sorted < :to", "to", timestamp(query.to()));
        var after = query.after();
        if (after != null) {
            add.where("(sorted, id) < (:sorted, :id)", "sorted", timestamp(after.sorted()));
            parameters.put("id", after.id());
        }
    }

    private static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private record Restriction(List<String> conditions, Map<String, Object> parameters) {
        void where(String condition, String parameter, @Nullable Object value) {
            if (value != null) {
                conditions.add(condition);
                parameters.put(parameter, value);
            }
        }
    }

    private record Row(RawJson document, Position position) {}
}
