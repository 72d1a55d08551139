package newswire.store;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/** Waits for the tables to show what the topics have, so that writers decide on the truth and see their own writes. */
@Component
class Projection implements DisposableBean {
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final IngestOffsets offsets;
    private final Duration patience;
    private final Admin admin;

    Projection(IngestOffsets offsets, StoreProperties properties, KafkaAdmin admin) {
        this.offsets = offsets;
        this.patience = properties.projectionTimeout();
        this.admin = Admin.create(admin.getConfigurationProperties());
    }

    /**
     * Waits until the tables have all that a topic has now.
     *
     * @throws BehindException if that takes too long
     */
    void awaitCaughtUp(String topic) {
        var ends = ends(topic);
        if (!await(() -> ends.entrySet().stream()
                .allMatch(end -> offsets.next(end.getKey()) >= end.getValue().offset()))) {
            throw new BehindException(topic);
        }
    }

    /** Waits until the tables have a record, but not for ever: the broker has it, so it will come. */
    void awaitShown(TopicPartition partition, long offset) {
        await(() -> offsets.next(partition) > offset);
    }

    private boolean await(BooleanSupplier shown) {
        long end = System.nanoTime() + patience.toNanos();
        while (!shown.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ends(String topic) {
        try {
            var partitions = admin
                    .describeTopics(java.util.List.of(topic))
                    .topicNameValues()
                    .values()
                    .iterator()
                    .next()
                    .get()
                    .partitions()
                    .stream()
                    .map(TopicPartitionInfo::partition)
                    .map(partition -> new TopicPartition(topic, partition));
            return admin.listOffsets(
                            partitions.collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest())))
                    .all()
                    .get();
        } catch (ExecutionException ex) {
            throw new KafkaException("the broker does not say where '" + topic + "' ends", ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking where '" + topic + "' ends", ex);
        }
    }

    @Override
    public void destroy() {
        admin.close();
    }

    /** The tables lag behind; what is decided on them now could undo what they do not show yet. */
    static final class BehindException extends IllegalStateException {
        BehindException(String topic) {
            super("the tables do not show yet what '" + topic + "' has");
        }
    }
}
