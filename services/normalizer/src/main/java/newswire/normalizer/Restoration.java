package newswire.normalizer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far the rebuilding of the ledger from its changelogs is, as log lines and as a gauge. */
final class Restoration implements StateRestoreListener {
    private static final Logger log = LoggerFactory.getLogger(Restoration.class);
    private static final long STEP = 100_000;

    private final Map<TopicPartition, Long> remaining = new ConcurrentHashMap<>();

    Restoration(MeterRegistry meters) {
        Gauge.builder("normalizer.ledger.restore.remaining", this, Restoration::remaining)
                .description("changelog records that are still to be read before the stream goes on")
                .register(meters);
    }

    /** Records that are still to be read. */
    long remaining() {
        return remaining.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
        remaining.put(partition, to - from);
        if (to - from > STEP) {
            log.info("Ledger restore begins, store={} partition={} records={}", store, partition, to - from);
        }
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long end, long count) {
        long left = remaining.merge(partition, -count, Long::sum);
        if (left / STEP != (left + count) / STEP) {
            log.info("Ledger restore goes on, store={} partition={} remaining={}", store, partition, left);
        }
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long count) {
        remaining.remove(partition);
        if (count > 0) {
            log.info("Ledger restored, store={} partition={} records={}", store, partition, count);
        }
    }

    @Override
    public void onRestoreSuspended(TopicPartition partition, String store, long count) {
        remaining.remove(partition);
    }
}
