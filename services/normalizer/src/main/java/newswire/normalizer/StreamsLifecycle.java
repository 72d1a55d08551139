package newswire.normalizer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the stream with the application. A thread that fails is replaced for ever: what failed is not lost. It is
 * healthy while it reads, or is about to after others have joined or left, and no thread has failed of late.
 */
final class StreamsLifecycle implements SmartLifecycle, HealthIndicator {
    private static final Logger log = LoggerFactory.getLogger(StreamsLifecycle.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(20);

    /** A thread that fails on one record does so again and again, with a pause and a rebalance in between. */
    private static final Duration REMEMBERED = Duration.ofSeconds(30);

    private final Topology topology;
    private final Map<String, Object> settings;
    private final MeterRegistry meters;
    private final Restoration restoration;
    private final Counter failures;
    private volatile @Nullable KafkaStreams streams;
    private volatile @Nullable Failure failure;
    private volatile boolean hasRun;

    private record Failure(Throwable cause, long nanoTime) {}

    StreamsLifecycle(Topology topology, Map<String, Object> settings, MeterRegistry meters) {
        this.topology = topology;
        this.settings = Map.copyOf(settings);
        this.meters = meters;
        restoration = new Restoration(meters);
        failures = Counter.builder("normalizer.stream.failures")
                .description("stream threads that failed and were replaced")
                .register(meters);
    }

    @Override
    public void start() {
        var properties = new Properties();
        properties.putAll(settings);
        var started = new KafkaStreams(topology, properties);
        long begin = System.nanoTime();
        started.setUncaughtExceptionHandler(this::replaced);
        started.setGlobalStateRestoreListener(restoration);
        started.setStateListener((now, before) -> {
            hasRun |= now == KafkaStreams.State.RUNNING;
            log.info("Stream, state={} before={} afterMillis={}", now, before, (System.nanoTime() - begin) / 1_000_000);
        });
        new KafkaStreamsMetrics(started).bindTo(meters);
        started.start();
        streams = started;
    }

    private StreamThreadExceptionResponse replaced(Throwable cause) {
        failure = new Failure(cause, System.nanoTime());
        failures.increment();
        log.error("Stream thread failed, it is replaced", cause);
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
        var failed = failure;
        boolean failing = failed != null && System.nanoTime() - failed.nanoTime < REMEMBERED.toNanos();
        boolean reads = state == KafkaStreams.State.RUNNING
                || (state == KafkaStreams.State.REBALANCING && hasRun && restoration.remaining() == 0);
        var health = failing ? Health.down() : reads ? Health.up() : Health.outOfService();
        if (failing && failed != null) {
            health.withDetail("failure", String.valueOf(failed.cause));
        }
        return health.withDetail("state", state)
                .withDetail("restoring", restoration.remaining())
                .build();
    }
}
