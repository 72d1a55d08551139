package newswire.normalizer;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import newswire.contract.Article;
import newswire.contract.RawArticle;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;

/** The ledger at a real broker: what it remembers over restarts, newer rules, and rules that fail. */
class LedgerIT {
    private static final Duration PATIENCE = ofSeconds(90);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final AtomicReference<Function<RawArticle, Normalizer.Result>> rules =
            new AtomicReference<>(Normalizer::normalize);
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private TestServices.Kafka kafka;

    @SuppressWarnings("NullAway.Init") // JUnit calls start first
    LedgerIT() {}

    @BeforeEach
    void start() throws ExecutionException, InterruptedException {
        kafka = TestServices.freshKafka();
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(topic(Topics.RAW_ARTICLES), topic(Topics.ARTICLES), topic(Topics.DEAD_LETTERS)))
                    .all()
                    .get();
        }
    }

    private static NewTopic topic(String name) {
        return new NewTopic(name, Topic.PARTITIONS, (short) 1);
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    private StreamsLifecycle stream(String state) {
        var parts = new NormalizerTopology.Parts(
                Ledgers.RETENTION, Duration.ZERO, raw -> rules.get().apply(raw), Stores::persistentKeyValueStore);
        var properties = new NormalizerProperties(folder.resolve(state), 1, 0, Ledgers.RETENTION, Duration.ZERO);
        var stream = new StreamsLifecycle(
                NormalizerTopology.of(new Counters(meters), parts),
                StreamsSettings.of(Map.of("bootstrap.servers", kafka.bootstrapServers()), properties, null),
                meters);
        stream.start();
        return stream;
    }

    private List<Article> awaitArticles(int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(Topic.published(kafka.bootstrapServers())).hasSize(count));
        return Topic.published(kafka.bootstrapServers());
    }

    @Test
    void newerRulesPublishWhatTheyMakeDifferentAndNothingTwice() {
        var servers = kafka.bootstrapServers();
        var older = stream("one");
        Topic.send(servers, 0, 20, "First");
        Topic.send(servers, 0, 5, "Second form");
        awaitArticles(25);
        older.stop();
        rules.set(Ledgers::capitals);
        var newer = stream("two");
        for (int replay = 0; replay < 2; replay++) {
            Topic.replay(servers, 0, 20, "First");
            Topic.replay(servers, 0, 5, "Second form");
        }
        Topic.send(servers, 20, 21, "The end");
        var articles = awaitArticles(46);
        newer.stop();
        assertThat(articles.stream().filter(it -> it.revision().kind() == Article.Revision.Kind.REPROCESS))
                .hasSize(20)
                .allSatisfy(it -> assertThat(it.title()).isEqualTo(it.title().toUpperCase(java.util.Locale.ROOT)))
                .extracting(it -> it.id() + " " + it.version())
                .doesNotHaveDuplicates();
    }

    @Test
    void theLedgerComesBackFromTheBrokerWithWhatItLearned() {
        var servers = kafka.bootstrapServers();
        var first = stream("one");
        Topic.sendShared(servers, 0, 8);
        awaitArticles(8);
        assertThat(meters.find("normalizer.feeds.degraded").counter()).isNotNull();
        first.stop();
        var second = stream("two");
        Topic.sendShared(servers, 0, 9);
        var last = awaitArticles(9).stream()
                .filter(it -> it.title().endsWith(" 8"))
                .findFirst()
                .orElseThrow();
        second.stop();
        assertThat(last.altIds()).extracting(Article.AltId::role).containsExactly("url");
        assertThat(meters.get("normalizer.ledger.restore.remaining").gauge().value())
                .isZero();
    }

    @Test
    void aThreadThatFailsIsSeenAndIsWellAgainWhenTheCauseIsGone() {
        var stream = stream("one");
        await().atMost(PATIENCE).until(() -> stream.health().getStatus().equals(Status.UP));
        rules.set(_ -> {
            throw new IllegalStateException("rules that fail");
        });
        Topic.send(kafka.bootstrapServers(), 0, 1, "First");
        await().atMost(PATIENCE).until(() -> stream.health().getStatus().equals(Status.DOWN));
        assertThat(stream.health().getDetails()).containsKey("failure");
        rules.set(Normalizer::normalize);
        awaitArticles(1);
        await().atMost(PATIENCE).until(() -> stream.health().getStatus().equals(Status.UP));
        stream.stop();
        assertThat(stream.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    }
}
