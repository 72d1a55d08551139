package newswire.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import newswire.contract.NewsRecord;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/** Looks single records up on their topics, which keep them for some weeks. */
@Component
class TopicLookup {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ConsumerFactory<byte[], byte[]> consumers;
    private final Semaphore atOnce = new Semaphore(2);

    TopicLookup(ConsumerFactory<byte[], byte[]> consumers) {
        this.consumers = consumers;
    }

    /**
     * The record at a place, unless it is no longer kept or is of another kind.
     *
     * @throws KafkaException if the broker does not answer
     */
    <T extends NewsRecord> Optional<T> find(String topic, int partition, long offset, Class<T> type) {
        try {
            atOnce.acquire();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", ex);
        }
        try {
            return read(new TopicPartition(topic, partition), offset, type);
        } catch (org.apache.kafka.common.KafkaException ex) {
            throw new KafkaException("the broker does not show a record", ex);
        } finally {
            atOnce.release();
        }
    }

    private <T extends NewsRecord> Optional<T> read(TopicPartition place, long offset, Class<T> type) {
        var settings = new Properties();
        settings.put("max.poll.records", "1");
        settings.put("default.api.timeout.ms", String.valueOf(PATIENCE.toMillis()));
        try (var consumer = consumers.createConsumer("store-lookup", null, null, settings)) {
            consumer.assign(List.of(place));
            long first = consumer.beginningOffsets(List.of(place)).getOrDefault(place, 0L);
            long end = consumer.endOffsets(List.of(place)).getOrDefault(place, 0L);
            if (offset < first || offset >= end) {
                return Optional.empty();
            }
            consumer.seek(place, offset);
            for (var record : consumer.poll(PATIENCE)) {
                if (record.offset() == offset
                        && Encoding.decode(record.value(), type) instanceof Decoded.Value<T>(var found)) {
                    return Optional.of(found);
                }
            }
            return Optional.empty();
        }
    }
}
