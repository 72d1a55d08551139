package newswire.contract.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sees to it, before anything of the service speaks with the broker, that the topics are there, have the right number of
 * partitions and have leaders. Without the last, the first burst of an idempotent producer can be accepted out of order and
 * its partition then crawls.
 */
final class TopicSetup implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(TopicSetup.class);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** A topic that was just created takes a moment to be known everywhere: nothing to speak of. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<String, Object> adminSettings;
    private final List<NewTopic> topics;
    private final Duration timeout;
    private volatile boolean running;

    TopicSetup(Map<String, Object> adminSettings, List<NewTopic> topics, Duration timeout) {
        this.adminSettings = adminSettings;
        this.topics = topics;
        this.timeout = timeout;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1000;
    }

    /**
     * Waits for the broker.
     *
     * @throws IllegalStateException if it does not come, or if a topic is not as it must be
     */
    @Override
    public void start() {
        var settings = new HashMap<>(adminSettings);
        long perCall = Math.clamp(timeout.toMillis(), 1000, 10_000);
        settings.put("request.timeout.ms", String.valueOf(perCall / 2));
        settings.put("default.api.timeout.ms", String.valueOf(perCall));
        try (var admin = retried("resolve", () -> Admin.create(settings))) {
            create(admin);
            check(admin);
            awaitLeaders(admin);
        }
        running = true;
    }

    private void create(Admin admin) {
        var present = retried("list topics", () -> admin.listTopics().names().get());
        var missing =
                topics.stream().filter(topic -> !present.contains(topic.name())).toList();
        for (var topic : missing) {
            retried("create topic " + topic.name(), () -> {
                createOne(admin, topic);
                return topic;
            });
        }
    }

    private static void createOne(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
            log.info("Topic created, topic={} partitions={}", topic.name(), topic.numPartitions());
        } catch (ExecutionException ex) {
            if (!(ex.getCause() instanceof TopicExistsException)) { // another service was quicker
                throw ex;
            }
        }
    }

    private void check(Admin admin) {
        var names = topics.stream().map(NewTopic::name).toList();
        var described = retried(
                "describe topics",
                () -> admin.describeTopics(names).allTopicNames().get());
        for (var topic : topics) {
            int found = partitions(described, topic.name());
            if (found != topic.numPartitions()) {
                throw new IllegalStateException(
                        ("Topic '%s' has %d partitions, but newswire.kafka.partitions asks for %d. Set it to what the topic"
                                        + " has: another count would break the order of its keys.")
                                .formatted(topic.name(), found, topic.numPartitions()));
            }
        }
    }

    private static int partitions(Map<String, TopicDescription> described, String topic) {
        var description = described.get(topic);
        return description == null ? 0 : description.partitions().size();
    }

    private void awaitLeaders(Admin admin) {
        var latest = topics.stream()
                .flatMap(topic -> java.util.stream.IntStream.range(0, topic.numPartitions())
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
        retried(
                "ask the partitions' leaders",
                () -> admin.listOffsets(latest).all().get());
    }

    private <T> T retried(String what, Call<T> call) {
        long start = System.nanoTime();
        boolean told = false;
        while (true) {
            try {
                return call.call();
            } catch (ExecutionException | KafkaException ex) {
                if (!passing(ex) || System.nanoTime() - start > timeout.toNanos()) {
                    throw new IllegalStateException(
                            "Kafka at %s did not %s: %s. Check that the broker runs and that spring.kafka.bootstrap-servers names it."
                                    .formatted(adminSettings.get("bootstrap.servers"), what, ex.getCause()),
                            ex);
                }
                if (!told && System.nanoTime() - start > PATIENCE.toNanos()) {
                    log.warn("Waiting for Kafka, servers={} to={}", adminSettings.get("bootstrap.servers"), what);
                    told = true;
                }
                pause();
            } catch (InterruptedException ex) {
                throw interrupted(ex);
            }
        }
    }

    /** A broker that is starting has no name yet, then no place for replicas, then no leaders. */
    private static boolean passing(Exception failure) {
        return switch (failure.getCause()) {
            case RetriableException _, InvalidReplicationFactorException _, ConfigException _ -> true;
            case null, default -> false;
        };
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException ex) {
            throw interrupted(ex);
        }
    }

    private static IllegalStateException interrupted(InterruptedException ex) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for Kafka", ex);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private interface Call<T> {
        T call() throws ExecutionException, InterruptedException;
    }
}
