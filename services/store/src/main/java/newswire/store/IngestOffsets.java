package newswire.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How far each partition is in the tables, kept beside the rows it speaks of: a database that is set back takes the position
 * back with it. Each owner of a partition has an epoch; who lost the partition without noticing cannot write any more.
 */
@Repository
class IngestOffsets {
    private final JdbcClient jdbc;
    private final Map<TopicPartition, Long> epochs = new ConcurrentHashMap<>();

    IngestOffsets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes a partition over. Returns the offset of the first record that is not in the tables. */
    long claim(TopicPartition partition) {
        var claim = jdbc.sql("""
                        insert into ingest_offset (topic, partition, next, owner_epoch) values (:topic, :partition, 0, 1)
                        on conflict (topic, partition) do update set owner_epoch = ingest_offset.owner_epoch + 1
                        returning next, owner_epoch
                        """)
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .query((row, _) -> new Claim(row.getLong("next"), row.getLong("owner_epoch")))
                .single();
        epochs.put(partition, claim.epoch);
        return claim.next;
    }

    /**
     * Notes the position; to be called in the transaction that writes the rows.
     *
     * @throws StaleOwnerException if another consumer has taken the partition over
     */
    void advance(TopicPartition partition, long next) {
        int updated = jdbc.sql("""
                        update ingest_offset set next = greatest(next, :next)
                        where topic = :topic and partition = :partition and owner_epoch = :epoch
                        """)
                .param("next", next)
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .param("epoch", epochs.getOrDefault(partition, -1L))
                .update();
        if (updated == 0) {
            throw new StaleOwnerException(partition);
        }
    }

    /** The offset of the first record of a partition that is not in the tables. */
    long next(TopicPartition partition) {
        return jdbc.sql("select next from ingest_offset where topic = :topic and partition = :partition")
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    private record Claim(long next, long epoch) {}

    /** Another consumer has the partition now; what this one still held is rolled back. */
    static final class StaleOwnerException extends IllegalStateException {
        StaleOwnerException(TopicPartition partition) {
            super("partition '" + partition + "' has a newer owner");
        }
    }
}
