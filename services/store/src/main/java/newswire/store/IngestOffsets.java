package newswire.store;

import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far each partition is in the tables. A partition has one owner: whoever took it over last. */
@Repository
class IngestOffsets {
    private final JdbcClient jdbc;

    IngestOffsets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What the owner of a partition knows.
     *
     * @param next offset of the first record that is not in the tables
     * @param epoch number of the ownership
     */
    record Claim(long next, long epoch) {}

    /** Takes a partition over: from now on its former owner writes nothing. */
    Claim claim(TopicPartition partition) {
        return of("""
                        insert into ingest_offset (topic, partition, next, owner_epoch) values (:topic, :partition, 0, 1)
                        on conflict (topic, partition) do update set owner_epoch = ingest_offset.owner_epoch + 1
                        returning next, owner_epoch
                        """, partition)
                .query((row, _) -> new Claim(row.getLong("next"), row.getLong("owner_epoch")))
                .single();
    }

    /** The next offset, locked until the transaction ends; empty if the partition has another owner by now. */
    OptionalLong lock(TopicPartition partition, long epoch) {
        return of("""
                        select next from ingest_offset
                        where topic = :topic and partition = :partition and owner_epoch = :epoch
                        for update
                        """, partition)
                .param("epoch", epoch)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** Moves on, never back; to be called in the transaction that writes the rows. */
    void advance(TopicPartition partition, long epoch, long next) {
        of("""
                        update ingest_offset set next = :next
                        where topic = :topic and partition = :partition and owner_epoch = :epoch and next < :next
                        """, partition).param("epoch", epoch).param("next", next).update();
    }

    /** The offset of the first record of a partition that is not in the tables. */
    long next(TopicPartition partition) {
        return of("select next from ingest_offset where topic = :topic and partition = :partition", partition)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    private JdbcClient.StatementSpec of(String sql, TopicPartition partition) {
        return jdbc.sql(sql).param("topic", partition.topic()).param("partition", partition.partition());
    }
}
