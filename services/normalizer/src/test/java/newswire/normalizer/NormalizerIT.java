package newswire.normalizer;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import newswire.contract.TestServices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service at a real broker: each change is in the topic once, whatever happens to the process. */
class NormalizerIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private String[] arguments(TestServices.Kafka kafka, String state) {
        return new String[] {
            "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
            "--newswire.kafka.partitions=" + Topic.PARTITIONS,
            "--newswire.kafka.instance=normalizer-it",
            "--normalizer.state-dir=" + folder.resolve(state),
            "--server.port=0"
        };
    }

    private Process process(TestServices.Kafka kafka) {
        return process(arguments(kafka, "killed"));
    }

    private static Process process(String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                NormalizerApplication.class.getName()));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command).inheritIO().start();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void awaitArticles(TestServices.Kafka kafka, int least) {
        await().atMost(ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(Topic.published(kafka.bootstrapServers())).hasSizeGreaterThanOrEqualTo(least));
    }

    private static void assertEachOnce(TestServices.Kafka kafka, int count) {
        var articles = Topic.published(kafka.bootstrapServers());
        assertThat(articles).hasSize(count);
        assertThat(articles)
                .extracting(article -> article.id() + " " + article.version())
                .doesNotHaveDuplicates();
    }

    @Test
    void eachChangeIsPublishedOnceOverRestarts() {
        try (var kafka = TestServices.freshKafka()) {
            var servers = kafka.bootstrapServers();
            try (var _ = NormalizerApplication.run(arguments(kafka, "one"))) {
                Topic.send(servers, 0, 200, "First");
                awaitArticles(kafka, 200);
            }
            Topic.send(servers, 100, 300, "First");
            try (var _ = NormalizerApplication.run(arguments(kafka, "one"))) {
                awaitArticles(kafka, 300);
            }
            try (var _ = NormalizerApplication.run(arguments(kafka, "another"))) {
                Topic.send(servers, 0, 300, "First");
                Topic.send(servers, 0, 50, "Second form");
                awaitArticles(kafka, 350);
            }
            assertEachOnce(kafka, 350);
        }
    }

    @Test
    void killedProcessNeitherLosesNorRepeats() throws InterruptedException {
        try (var kafka = TestServices.freshKafka()) {
            var servers = kafka.bootstrapServers();
            int sent = 0;
            for (int round = 0; round < 3; round++) {
                var process = process(kafka);
                try {
                    if (round == 0) {
                        awaitTopics(servers);
                    }
                    Topic.send(servers, sent, sent + 2_000, "First");
                    awaitArticles(kafka, sent + 1);
                    sent += 2_000;
                } finally {
                    process.destroyForcibly().waitFor();
                }
            }
            Topic.send(servers, 0, sent, "First");
            try (var _ = NormalizerApplication.run(arguments(kafka, "killed"))) {
                Topic.send(servers, 0, 1, "The end");
                awaitArticles(kafka, sent + 1);
            }
            assertEachOnce(kafka, sent + 1);
        }
    }

    @Test
    void anInstanceWithACopyOfTheLedgerTakesOverFromOneThatIsKilled() throws InterruptedException {
        try (var kafka = TestServices.freshKafka()) {
            var servers = kafka.bootstrapServers();
            var victim = process(replica(kafka, "victim"));
            try (var _ = NormalizerApplication.run(replica(kafka, "heir"))) {
                Topic.send(servers, 0, 1_000, "First");
                awaitArticles(kafka, 1_000);
                victim.destroyForcibly().waitFor();
                Topic.send(servers, 0, 1_200, "First");
                Topic.send(servers, 0, 100, "Second form");
                awaitArticles(kafka, 1_300);
            } finally {
                victim.destroyForcibly().waitFor();
            }
            assertEachOnce(kafka, 1_300);
        }
    }

    private String[] replica(TestServices.Kafka kafka, String name) {
        return new String[] {
            "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
            "--newswire.kafka.partitions=" + Topic.PARTITIONS,
            "--newswire.kafka.instance=" + name,
            "--normalizer.standby-replicas=1",
            "--normalizer.state-dir=" + folder.resolve(name),
            "--server.port=0"
        };
    }

    private static void awaitTopics(String servers) {
        await().atMost(ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(Topic.published(servers)).isEmpty());
    }
}
