package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import newswire.contract.Topics;
import newswire.contract.kafka.Decoded;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.listener.ConsumerSeekAware.ConsumerSeekCallback;

/** Who may write which records of a partition. */
class OwnershipIT {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.ARTICLES, 0);

    private final TestDatabase database = new TestDatabase();
    private final Consumer consumer = new Consumer();
    private final Written written = new Written();
    private final Ingest ingest = ingest();

    private Ingest ingest() {
        return new Ingest(new IngestOffsets(database.jdbc()), database.transaction());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static List<Incoming> records(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(offset -> new ConsumerRecord<>(
                        Topics.ARTICLES, 0, offset, "key".getBytes(StandardCharsets.UTF_8), new byte[0]))
                .map(record -> new Incoming(record, "key", new Decoded.Tombstone<>()))
                .toList();
    }

    @Test
    void readsOnFromTheDatabase() {
        ingest.assigned(List.of(PARTITION), consumer);
        ingest.save(records(0, 10), written);
        ingest().assigned(List.of(PARTITION), consumer);
        assertThat(consumer.position).containsEntry(PARTITION, 10L);
    }

    @Test
    void whatIsDeliveredAgainIsNotWrittenAgain() {
        ingest.assigned(List.of(PARTITION), consumer);
        ingest.save(records(0, 10), written);
        ingest.save(records(5, 12), written);
        assertThat(written.offsets).containsExactlyElementsOf(offsets(0, 12));
    }

    @Test
    void theOwnerBeforeWritesNothingMore() {
        ingest.assigned(List.of(PARTITION), consumer);
        ingest.save(records(0, 3), written);
        var successor = ingest();
        successor.assigned(List.of(PARTITION), consumer);
        ingest.save(records(3, 9), written);
        assertThat(written.offsets).containsExactlyElementsOf(offsets(0, 3));
        successor.save(records(3, 5), written);
        assertThat(written.offsets).containsExactlyElementsOf(offsets(0, 5));
    }

    @Test
    void aRevokedPartitionIsNotWritten() {
        ingest.assigned(List.of(PARTITION), consumer);
        ingest.revoked(List.of(PARTITION));
        ingest.save(records(0, 3), written);
        assertThat(written.offsets).isEmpty();
    }

    @Test
    void anotherThreadsRevocationComesTooLate() throws InterruptedException {
        var late = new Thread(() -> ingest.revoked(List.of(PARTITION)));
        ingest.assigned(List.of(PARTITION), consumer);
        late.start();
        late.join();
        ingest.save(records(0, 3), written);
        assertThat(written.offsets).hasSize(3);
    }

    @Test
    void aDatabaseThatWasSetBackIsFilledFromThere() {
        ingest.assigned(List.of(PARTITION), consumer);
        ingest.save(records(0, 10), written);
        database.jdbc().sql("update ingest_offset set next = 4").update();
        ingest.save(records(10, 12), written);
        assertThat(written.offsets).hasSize(10);
        assertThat(consumer.position).containsEntry(PARTITION, 4L);
        ingest.save(records(4, 12), written);
        assertThat(written.offsets.subList(10, 18)).containsExactlyElementsOf(offsets(4, 12));
    }

    @Test
    void positionsBehindTheLastRecordAreSavedWhenIdle() {
        ingest.assigned(List.of(PARTITION), consumer);
        ingest.save(records(0, 3), written);
        ingest.idle(Map.of(PARTITION, 5L));
        assertThat(new IngestOffsets(database.jdbc()).next(PARTITION)).isEqualTo(5);
        ingest.save(records(5, 6), written);
        assertThat(written.offsets).containsExactly(0L, 1L, 2L, 5L);
    }

    @Test
    void refusedRecordsArePutAsideAndTheOthersWritten() {
        written.refuses.addAll(List.of(2L, 7L, 8L));
        ingest.assigned(List.of(PARTITION), consumer);
        ingest.save(records(0, 10), written);
        assertThat(written.offsets).containsExactly(0L, 1L, 3L, 4L, 5L, 6L, 9L);
        assertThat(written.aside).containsExactly(2L, 7L, 8L);
        assertThat(new IngestOffsets(database.jdbc()).next(PARTITION)).isEqualTo(10);
    }

    private static List<Long> offsets(int from, int to) {
        return IntStream.range(from, to).mapToObj(Long::valueOf).toList();
    }

    /** A table that only remembers what was committed to it; some offsets divide by zero. */
    private final class Written implements Ingest.Target {
        final List<Long> offsets = new ArrayList<>();
        final List<Long> refuses = new ArrayList<>();
        final List<Long> aside = new ArrayList<>();

        @Override
        public Runnable write(List<Incoming> records) {
            for (var record : records) {
                database.jdbc()
                        .sql("select 1 / :zero::int")
                        .param("zero", refuses.contains(record.offset()) ? 0 : 1)
                        .query(Integer.class)
                        .single();
            }
            return () -> records.forEach(record -> offsets.add(record.offset()));
        }

        @Override
        public void refuse(Incoming record, DataAccessException failure) {
            aside.add(record.offset());
        }
    }

    /** Goes where it is told. */
    private static final class Consumer implements ConsumerSeekCallback {
        final Map<TopicPartition, Long> position = new HashMap<>();

        @Override
        public void seek(String topic, int partition, long offset) {
            position.put(new TopicPartition(topic, partition), offset);
        }

        @Override
        public void seek(String topic, int partition, Function<Long, Long> offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void seekToBeginning(String topic, int partition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void seekToEnd(String topic, int partition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void seekRelative(String topic, int partition, long offset, boolean toCurrent) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void seekToTimestamp(String topic, int partition, long timestamp) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void seekToTimestamp(java.util.Collection<TopicPartition> partitions, long timestamp) {
            throw new UnsupportedOperationException();
        }
    }
}
