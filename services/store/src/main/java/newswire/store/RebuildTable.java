package newswire.store;

import java.util.List;
import java.util.UUID;
import newswire.contract.Article;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Empties what the topics and the history can fill again. */
@Repository
class RebuildTable {
    private final JdbcClient jdbc;

    RebuildTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Empties the projections and sets their readers back to the topics' beginnings. What was taken down stays down; the
     * history stays, for the topic has of old articles only the last revision; so do dead letters and what became of them.
     */
    void empty() {
        jdbc.sql("truncate article, feed, feed_state").update();
        jdbc.sql("update ingest_offset set next = 0").update();
    }

    /** The last revisions of the articles that follow an id, as if they came from the topic. */
    List<Consumed<Article>> latestAfter(@Nullable UUID id, int limit) {
        return jdbc.sql("""
                        select distinct on (id) id, document::text, topic, partition, "offset", raw_topic, raw_partition,
                            raw_offset, version_created
                        from article_revision where :id::uuid is null or id > :id::uuid
                        order by id, revision desc, generation desc, "offset" limit :limit
                        """)
                .param("id", id == null ? null : id.toString())
                .param("limit", limit)
                .query((row, _) -> new Consumed<>(
                        row.getString(1),
                        RevisionTable.article(row.getString(2)),
                        new Lineage(
                                row.getString(3),
                                row.getInt(4),
                                row.getLong(5),
                                row.getString(6),
                                row.getObject(7, Integer.class),
                                row.getObject(8, Long.class),
                                row.getTimestamp(9).toInstant())))
                .list();
    }
}
