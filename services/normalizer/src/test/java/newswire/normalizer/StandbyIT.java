package newswire.normalizer;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import newswire.contract.Article;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An instance takes over another's part of the ledger: from the copy that it kept, or else from the broker. */
class StandbyIT {
    private static final Duration PATIENCE = ofSeconds(90);
    private static final int ARTICLES = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    /** One process of several. */
    private final class Instance implements AutoCloseable, StateRestoreListener {
        private final KafkaStreams streams;

        /** Entries that were read from the broker before the instance went on. */
        private final AtomicLong restored = new AtomicLong();

        Instance(String servers, String name, int standbyReplicas) {
            var properties = new Properties();
            properties.putAll(StreamsSettings.of(
                    Map.of("bootstrap.servers", servers),
                    new NormalizerProperties(
                            folder.resolve(name), 1, standbyReplicas, Ledgers.RETENTION, Duration.ZERO),
                    null));
            var parts = NormalizerTopology.Parts.of(Ledgers.RETENTION, Duration.ZERO);
            streams =
                    new KafkaStreams(NormalizerTopology.of(new Counters(new SimpleMeterRegistry()), parts), properties);
            streams.setGlobalStateRestoreListener(this);
            streams.start();
        }

        /** The articles that it has: those of its own partitions, and those of which it keeps a copy. */
        Set<Bytes> articles(boolean copies) {
            var known = new HashSet<Bytes>();
            var query = StoreQueryParameters.fromNameAndType(
                    LedgerStores.ARTICLES, QueryableStoreTypes.<Bytes, byte[]>keyValueStore());
            try (var all =
                    streams.store(copies ? query.enableStaleStores() : query).all()) {
                all.forEachRemaining(entry -> known.add(entry.key));
            } catch (InvalidStateStoreException ex) {
                known.clear(); // partitions are being moved: not yet
            }
            return known;
        }

        @Override
        public void onRestoreStart(TopicPartition partition, String store, long from, long to) {}

        @Override
        public void onBatchRestored(TopicPartition partition, String store, long end, long count) {
            restored.addAndGet(store.equals(LedgerStores.ARTICLES) ? count : 0);
        }

        @Override
        public void onRestoreEnd(TopicPartition partition, String store, long count) {}

        @Override
        public void close() {
            streams.close(ofSeconds(20));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whoKeepsACopyReadsNothingAgain(int standbyReplicas) throws Exception {
        try (var kafka = TestServices.freshKafka()) {
            var servers = kafka.bootstrapServers();
            createTopics(servers);
            try (var second = new Instance(servers, "two", standbyReplicas)) {
                Set<Bytes> taken;
                try (var first = new Instance(servers, "one", standbyReplicas)) {
                    awaitSharing(first, second);
                    Topic.send(servers, 0, ARTICLES, "First");
                    await().atMost(PATIENCE)
                            .untilAsserted(
                                    () -> assertThat(first.articles(false).size()
                                                    + second.articles(false).size())
                                            .isEqualTo(ARTICLES));
                    taken = first.articles(false);
                    int copies = standbyReplicas == 0 ? 0 : taken.size();
                    await().atMost(PATIENCE)
                            .untilAsserted(() -> assertThat(second.articles(true))
                                    .hasSize(second.articles(false).size() + copies));
                }
                assertThat(taken).isNotEmpty().hasSizeLessThan(ARTICLES);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(second.articles(false)).hasSize(ARTICLES));
                assertThat(second.restored.get()).isEqualTo(standbyReplicas == 0 ? taken.size() : 0);
                goesOn(servers);
            }
        }
    }

    private static void createTopics(String servers) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            var names = List.of(Topics.RAW_ARTICLES, Topics.ARTICLES, Topics.DEAD_LETTERS);
            admin.createTopics(names.stream()
                            .map(name -> new NewTopic(name, Topic.PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    private static void awaitSharing(Instance... instances) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(instances)
                        .allSatisfy(instance -> assertThat(instance.streams.metadataForLocalThreads())
                                .anyMatch(thread -> !thread.activeTasks().isEmpty())));
    }

    /** Whatever either of them knew is known. */
    private static void goesOn(String servers) {
        Topic.send(servers, 0, ARTICLES, "Second form");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Topic.published(servers))
                        .hasSize(2 * ARTICLES)
                        .filteredOn(it -> it.revision().number() == 2)
                        .hasSize(ARTICLES)
                        .extracting(Article::title)
                        .allMatch(title -> title.startsWith("Second form")));
    }
}
