package newswire.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Articles whose text may be nearly that of another, found by the bands of their similarity hashes. */
@Repository
class RelatedTable {
    private static final int MOST = 300;

    private final JdbcClient jdbc;

    RelatedTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An article that shares a band with another.
     *
     * @param seen when it was first seen
     * @param distance bits in which the hashes differ
     * @param text its first 20,000 characters
     */
    record Candidate(
            UUID id,
            String title,
            @Nullable String publisher,
            String language,
            Instant seen,
            int distance,
            String text) {}

    /** The nearest first. A band of zeros is that of texts without words, and says nothing. */
    List<Candidate> of(UUID id) {
        return jdbc.sql("""
                        with it as (select document #>> '{fingerprints,simHash}' as hash from article where id = :id),
                        near as (
                            select a.id, a.title, a.publisher, a.language, a.first_created,
                                bit_count(('x' || it.hash)::bit(64)
                                    # ('x' || (a.document #>> '{fingerprints,simHash}'))::bit(64)) as distance,
                                left(coalesce(a.document #>> '{bodies,0,value}', ''), 20000) as text
                            from it, article a
                            where a.id <> :id and it.hash ~ '^[0-9a-f]{16}$' and it.hash <> '0000000000000000'
                                and (a.embargoed_until is null or a.embargoed_until <= now())
                                and a.document #>> '{fingerprints,simHash}' ~ '^[0-9a-f]{16}$'
                                and (substr(a.document #>> '{fingerprints,simHash}', 1, 4) = substr(it.hash, 1, 4)
                                    or substr(a.document #>> '{fingerprints,simHash}', 5, 4) = substr(it.hash, 5, 4)
                                    or substr(a.document #>> '{fingerprints,simHash}', 9, 4) = substr(it.hash, 9, 4)
                                    or substr(a.document #>> '{fingerprints,simHash}', 13, 4) = substr(it.hash, 13, 4)))
                        select * from near where distance <= 10 order by distance, id limit :most
                        """)
                .param("id", id)
                .param("most", MOST)
                .query((row, _) -> new Candidate(
                        row.getObject("id", UUID.class),
                        row.getString("title"),
                        row.getString("publisher"),
                        row.getString("language"),
                        row.getTimestamp("first_created").toInstant(),
                        row.getInt("distance"),
                        row.getString("text")))
                .list();
    }

    /** Has an article stand alone, or with its like again. */
    void setApart(UUID id, boolean apart) {
        jdbc.sql(
                        apart
                                ? "insert into article_apart (id) values (:id) on conflict do nothing"
                                : "delete from article_apart where id = :id")
                .param("id", id)
                .update();
    }

    /** Those of some articles that stand alone. */
    Set<UUID> apart(Collection<UUID> ids) {
        return Set.copyOf(jdbc.sql("select id from article_apart where id = any(:ids::uuid[])")
                .param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                .query((row, _) -> row.getObject(1, UUID.class))
                .list());
    }
}
