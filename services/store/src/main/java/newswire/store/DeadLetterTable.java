package newswire.store;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import newswire.contract.DeadLetter;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The dead letters, for people to look at. */
@Repository
class DeadLetterTable {
    private final JdbcClient jdbc;

    DeadLetterTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Inserts; a dead letter that came twice is one. */
    void save(List<Consumed<DeadLetter>> records) {
        for (var record : records) {
            var letter = record.value();
            if (letter != null) {
                insert(letter, record.lineage());
            }
        }
    }

    private void insert(DeadLetter letter, Lineage lineage) {
        jdbc.sql("""
                        insert into dead_letter (id, letter, stage, reason, failed, partition, "offset")
                        values (:id, :letter::jsonb, :stage, :reason, :failed, :partition, :offset)
                        on conflict (id) do nothing
                        """)
                .param("id", letter.deadLetterId())
                .param("letter", withoutNul(new String(Encoding.encode(letter), StandardCharsets.UTF_8)))
                .param("stage", letter.stage().toString())
                .param("reason", letter.reason())
                .param("failed", letter.failedAt().atOffset(ZoneOffset.UTC))
                .param("partition", lineage.partition())
                .param("offset", lineage.offset())
                .update();
    }

    /** PostgreSQL's jsonb has no U+0000; the topic keeps the record as it was. */
    private static String withoutNul(String json) {
        return json.replace("\\u0000", "\\ufffd");
    }

    /** The newest, as JSON. */
    List<RawJson> newest(@Nullable String reason, int limit) {
        return jdbc.sql("""
                        select letter::text from dead_letter where :reason::text is null or reason = :reason
                        order by failed desc, id desc limit :limit
                        """)
                .param("reason", reason)
                .param("limit", limit)
                .query((row, _) -> new RawJson(row.getString(1)))
                .list();
    }

    /** One, as JSON. */
    Optional<RawJson> find(UUID id) {
        return jdbc.sql("select letter::text from dead_letter where id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .map(RawJson::new);
    }

    /** How many there are. */
    long count() {
        return jdbc.sql("select count(*) from dead_letter").query(Long.class).single();
    }
}
