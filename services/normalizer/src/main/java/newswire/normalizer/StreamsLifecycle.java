package newswire.normalizer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/** Starts and stops the stream with the application. A thread that fails is replaced for ever: what failed is not lost. */
final class StreamsLifecycle implements SmartLifecycle, HealthIndicator {
    private static final Logger log = LoggerFactory.getLogger(StreamsLifecycle.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(20);

    private final Topology topology;
    private final Map<String, Object> settings;
    private final MeterRegistry meters;
    private volatile @Nullable KafkaStreams streams;

    StreamsLifecycle(Topology topology, Map<String, Object> settings, MeterRegistry meters) {
        this.topology = topology;
        this.settings = Map.copyOf(settings);
        this.meters = meters;
    }

    @Override
    public void start() {
        var properties = new Properties();
        properties.putAll(settings);
        var started = new KafkaStreams(topology, properties);
        long begin = System.nanoTime();
        started.setUncaughtExceptionHandler(StreamsLifecycle::replaced);
        started.setGlobalStateRestoreListener(new RestoreLog());
        started.setStateListener((now, before) -> log.info(
                "Stream, state={} before={} afterMillis={}", now, before, (System.nanoTime() - begin) / 1_000_000));
        new KafkaStreamsMetrics(started).bindTo(meters);
        started.start();
        streams = started;
    }

    private static StreamThreadExceptionResponse replaced(Throwable failure) {
        log.error("Stream thread failed, it is replaced", failure);
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    @Override
    public void stop() {
        var running = streams;
        streams = null;
        if (running != null) {
            running.close(CLOSING);
        }
    }

    @Override
    public boolean isRunning() {
        return streams != null;
    }

    @Override
    public Health health() {
        var running = streams;
        var state = running == null ? KafkaStreams.State.NOT_RUNNING : running.state();
        var health =
                state.isRunningOrRebalancing() || state == KafkaStreams.State.CREATED ? Health.up() : Health.down();
        return health.withDetail("state", state).build();
    }

    /** Says how far the rebuilding of the ledger is. */
    private static final class RestoreLog implements StateRestoreListener {
        private static final long STEP = 100_000;

        @Override
        public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
            if (to - from > STEP) {
                log.info("Ledger restore begins, store={} partition={} records={}", store, partition, to - from);
            }
        }

        @Override
        public void onBatchRestored(TopicPartition partition, String store, long end, long count) {
            if (end / STEP != (end - count) / STEP) {
                log.info("Ledger restore goes on, store={} partition={} offset={}", store, partition, end);
            }
        }

        @Override
        public void onRestoreEnd(TopicPartition partition, String store, long count) {
            if (count > 0) {
                log.info("Ledger restored, store={} partition={} records={}", store, partition, count);
            }
        }
    }
}
