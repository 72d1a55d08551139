package newswire.standalone;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what a topic holds at the moment, as a careful consumer sees it, without being a member of any group. */
final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    private TopicReader(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.partitions = partitions;
    }

    /** @throws StartupException if there is no such broker or no such topic */
    static TopicReader open(String broker, String topic) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker,
                "isolation.level", "read_committed",
                "allow.auto.create.topics", "false",
                "enable.auto.commit", "false");
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            var partitions = consumer.partitionsFor(topic, PATIENCE).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new KafkaException("no such topic");
            }
            consumer.assign(partitions);
            return new TopicReader(consumer, partitions);
        } catch (KafkaException ex) {
            consumer.close();
            throw new StartupException(
                    "The topic %s at %s cannot be read: %s".formatted(topic, broker, ex.getMessage()), ex);
        }
    }

    /** Shows all records. */
    void all(Consumer<ConsumerRecord<byte[], byte[]>> visit) {
        read(consumer.beginningOffsets(partitions), consumer.endOffsets(partitions), visit);
    }

    /** Shows the records that the broker received in a time. */
    void between(Instant from, Instant to, Consumer<ConsumerRecord<byte[], byte[]>> visit) {
        var ends = consumer.endOffsets(partitions);
        read(since(from, ends), since(to, ends), visit);
    }

    private Map<TopicPartition, Long> since(Instant time, Map<TopicPartition, Long> otherwise) {
        var times = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> times.put(partition, time.toEpochMilli()));
        var offsets = new HashMap<>(otherwise);
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            if (found != null) {
                offsets.put(partition, found.offset());
            }
        });
        return offsets;
    }

    private void read(
            Map<TopicPartition, Long> begins,
            Map<TopicPartition, Long> ends,
            Consumer<ConsumerRecord<byte[], byte[]>> visit) {
        begins.forEach(consumer::seek);
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < end(ends, partition))) {
            for (var record : consumer.poll(POLL)) {
                if (record.offset() < end(ends, new TopicPartition(record.topic(), record.partition()))) {
                    visit.accept(record);
                }
            }
        }
    }

    private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
        return Objects.requireNonNull(ends.get(partition), "asked for all");
    }

    @Override
    public void close() {
        consumer.close();
    }
}
