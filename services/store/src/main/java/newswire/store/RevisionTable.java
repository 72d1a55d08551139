package newswire.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import newswire.contract.Article;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What an article said, revision by revision, and where each came from. What is under embargo is not there yet. */
@Repository
class RevisionTable {
    private static final String REVISIONS = """
            from (select * from article_revision
                union select a.id, a.revision, a.generation, a.document -> 'revision' ->> 'kind', a.version_created,
                    a.embargoed_until, a.document, a.feed, a.raw_id, a.raw_topic, a.raw_partition, a.raw_offset, a.topic,
                    a.partition, a."offset"
                from article a where a.id = :id
                    and not exists (select from article_revision r where r.id = :id and r.revision = a.revision
                        and r.generation = a.generation)) as r
            where r.id = :id and (r.embargoed_until is null or r.embargoed_until <= now())
            """;
    private static final String NEWEST_FIRST = " order by r.revision desc, r.generation desc";

    private final JdbcClient jdbc;

    RevisionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Names a revision.
     *
     * @param generation absent = the last
     */
    record Version(int revision, @Nullable Integer generation) {
        /**
         * Reads {@code 2} or {@code 2.0}.
         *
         * @throws IllegalArgumentException if it is neither
         */
        static Version of(String text) {
            if (!text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
                throw new IllegalArgumentException("no version: '" + text + "'");
            }
            int dot = text.indexOf('.');
            return dot < 0
                    ? new Version(Integer.parseInt(text), null)
                    : new Version(Integer.parseInt(text.substring(0, dot)), Integer.valueOf(text.substring(dot + 1)));
        }
    }

    /** Every revision as JSON, newest first. */
    List<RawJson> all(UUID id) {
        return jdbc.sql("select r.document::text " + REVISIONS + NEWEST_FIRST)
                .param("id", id)
                .query((row, _) -> new RawJson(row.getString(1)))
                .list();
    }

    /** What an article said at a time, as far as its feeds had told us by then. */
    Optional<RawJson> at(UUID id, Instant time) {
        return jdbc.sql("select r.document::text " + REVISIONS + " and r.version_created <= :time" + NEWEST_FIRST
                        + " limit 1")
                .param("id", id)
                .param("time", time.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .optional()
                .map(RawJson::new);
    }

    Optional<RawJson> find(UUID id, Version version) {
        return jdbc.sql("select r.document::text " + REVISIONS + """
                         and r.revision = :revision and (:generation::int is null or r.generation = :generation)
                        """ + NEWEST_FIRST + " limit 1")
                .param("id", id)
                .param("revision", version.revision())
                .param("generation", version.generation())
                .query(String.class)
                .optional()
                .map(RawJson::new);
    }

    /**
     * A revision and the records that made it.
     *
     * @param lineage of its row
     */
    record Origin(Article article, Lineage lineage) {}

    /** Where a revision came from; absent version = the last. */
    Optional<Origin> origin(UUID id, @Nullable Version version) {
        return jdbc.sql("""
                        select r.document::text, r.topic, r.partition, r."offset", r.raw_topic, r.raw_partition, r.raw_offset,
                            r.version_created
                        """ + REVISIONS + """
                         and (:revision::int is null or r.revision = :revision)
                         and (:generation::int is null or r.generation = :generation)
                        """ + NEWEST_FIRST + " limit 1")
                .param("id", id)
                .param("revision", version == null ? null : version.revision())
                .param("generation", version == null ? null : version.generation())
                .query((row, _) -> new Origin(
                        article(row.getString(1)),
                        new Lineage(
                                row.getString(2),
                                row.getInt(3),
                                row.getLong(4),
                                row.getString(5),
                                row.getObject(6, Integer.class),
                                row.getObject(7, Long.class),
                                row.getTimestamp(8).toInstant())))
                .optional();
    }

    /** The record that a document of ours was written from. */
    static Article article(String document) {
        return switch (Encoding.decode(document.getBytes(StandardCharsets.UTF_8), Article.class)) {
            case Decoded.Value<Article>(var article) -> article;
            case Decoded.Tombstone<Article> _ -> throw new IllegalStateException("no document");
            case Decoded.Undecodable<Article>(var reason, var detail) ->
                throw new IllegalStateException("a row that cannot be read: " + reason + " " + detail);
        };
    }
}
