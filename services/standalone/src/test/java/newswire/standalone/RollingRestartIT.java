package newswire.standalone;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import newswire.contract.TestServices;
import newswire.fetcher.FetcherApplication;
import newswire.normalizer.NormalizerApplication;
import newswire.store.StoreApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Two instances of each service, all six restarted one after the other while feeds go on: nothing lost, nothing doubled. */
class RollingRestartIT {
    private static final int PARTITIONS = 4;
    private static final int FEEDS = 6;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final TestServices.Kafka kafka = TestServices.freshKafka();
    private final TestServices.Postgres database = TestServices.postgres();
    private final List<NumberedFeed> feeds =
            Stream.generate(NumberedFeed::new).limit(FEEDS).toList();
    private final Map<String, ConfigurableApplicationContext> running = new LinkedHashMap<>();

    @AfterEach
    void stop() {
        List.copyOf(running.values()).reversed().forEach(ConfigurableApplicationContext::close);
        feeds.forEach(NumberedFeed::close);
        kafka.close();
    }

    @Test
    void everyEntryIsThereOnceThoughEveryInstanceWasRestarted() {
        var instances = List.of("store 1", "store 2", "normalizer 1", "normalizer 2", "fetcher 1", "fetcher 2");
        instances.forEach(this::start);
        try (var publishers = Executors.newSingleThreadScheduledExecutor()) {
            var publishing = publishers.scheduleWithFixedDelay(this::publish, 0, 250, TimeUnit.MILLISECONDS);
            awaitPassage("at first");
            for (var instance : instances) {
                requireNonNull(running.remove(instance)).close();
                start(instance);
                awaitPassage(instance + " was restarted");
            }
            publishing.cancel(false);
        }
        new ExactlyOnce(feeds).check(api(), kafka.bootstrapServers());
    }

    /** An entry more in one feed, and a correction in another. */
    private void publish() {
        int turn = feeds.stream().mapToInt(feed -> feed.editions().size()).sum();
        feeds.get(turn % FEEDS).add();
        feeds.get((turn + 1) % FEEDS).correctOne();
    }

    /** Waits until something that was shown from now on came through from every feed. */
    private void awaitPassage(String when) {
        var wanted = feeds.stream().map(feed -> feed.link(feed.add())).toList();
        await(when)
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(
                                api().rows().stream().map(row -> row.path("url").asString()))
                        .containsAll(wanted));
        System.out.printf("%s: %d entries so far%n", when, shown());
    }

    private int shown() {
        return feeds.stream().mapToInt(feed -> feed.editions().size()).sum();
    }

    /** Of the store that has run longest. */
    private Api api() {
        var store = running.entrySet().stream()
                .filter(instance -> instance.getKey().startsWith("store"))
                .findFirst()
                .orElseThrow();
        var port = store.getValue().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return new Api(port);
    }

    private void start(String instance) {
        var arguments = arguments(instance);
        running.put(
                instance,
                switch (instance.replaceFirst(" .*", "")) {
                    case "store" -> StoreApplication.run(arguments);
                    case "normalizer" -> NormalizerApplication.run(arguments);
                    default -> FetcherApplication.run(arguments);
                });
    }

    private String[] arguments(String instance) {
        var arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.jmx.enabled=false",
                "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--newswire.kafka.partitions=" + PARTITIONS));
        RunningNewswire.QUICK.forEach(setting -> arguments.add("--" + setting));
        if (instance.startsWith("store")) {
            var urls = feeds.stream().map(NumberedFeed::url).toList();
            arguments.add("--store.feeds=" + RunningNewswire.opml(folder.resolve("feeds.opml"), urls));
            arguments.addAll(List.of(database.springArguments()));
        } else {
            arguments.add("--spring.web.resources.add-mappings=false");
            arguments.add("--normalizer.state-dir=" + folder.resolve(instance.replace(' ', '-')));
        }
        return arguments.toArray(String[]::new);
    }
}
