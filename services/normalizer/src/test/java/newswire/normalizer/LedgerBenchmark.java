package newswire.normalizer;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import newswire.contract.Format;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** How many raw articles a second go through the whole topology at a real broker, and what the ledger keeps of each. */
final class LedgerBenchmark {
    private static final int ENTRIES = 30_000;

    private LedgerBenchmark() {}

    /** Prints a table. */
    @SuppressWarnings("SystemOut") // its whole purpose
    public static void main(String... args) throws Exception {
        size();
        try (var kafka = TestServices.freshKafka()) {
            var servers = kafka.bootstrapServers();
            try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
                admin.createTopics(List.of(
                                new NewTopic(Topics.RAW_ARTICLES, 2, (short) 1),
                                new NewTopic(Topics.ARTICLES, 2, (short) 1),
                                new NewTopic(Topics.DEAD_LETTERS, 2, (short) 1)))
                        .all()
                        .get();
            }
            var meters = new SimpleMeterRegistry();
            var properties = new NormalizerProperties(
                    Files.createTempDirectory("ledger"), 1, 0, Duration.ofDays(365), Duration.ZERO);
            var stream = new StreamsLifecycle(
                    NormalizerTopology.of(
                            new Counters(meters),
                            NormalizerTopology.Parts.of(Duration.ofDays(365), Duration.ofSeconds(60))),
                    StreamsSettings.of(Map.of("bootstrap.servers", servers), properties, null),
                    meters);
            for (int round = 0; round < 3; round++) {
                send(servers, round % 2 == 0 ? round : round - 1);
                long begin = System.nanoTime();
                if (round == 0) {
                    stream.start();
                }
                await(meters, (round + 1L) * ENTRIES);
                System.out.printf(
                        "%s: %.0f records a second%n",
                        round == 1 ? "all known" : "all new", ENTRIES / ((System.nanoTime() - begin) / 1e9));
            }
            stream.stop();
        }
    }

    @SuppressWarnings("SystemOut")
    private static void size() {
        try (var ledger = new Ledgers()) {
            var raw = Raw.of(Format.RSS_2_0, Raw.rss(item(0, 0)));
            ledger.show(raw);
            for (var store : List.of(LedgerStores.ARTICLES, LedgerStores.ALIASES, LedgerStores.FEEDS)) {
                var entries = ledger.store(store);
                int bytes = entries.values().stream()
                        .mapToInt(value -> value.length() / 2)
                        .sum();
                System.out.printf("%s: %d entries, %d bytes and 16 a key%n", store, entries.size(), bytes);
            }
        }
    }

    private static String item(int round, int at) {
        return """
                <title>Title %d</title><link>https://www.dailynk.com/english/%d-%d/</link><guid isPermaLink="false">%d-%d</guid>
                <pubDate>Tue, 31 Mar 2020 08:00:00 +0000</pubDate><content:encoded><![CDATA[%s]]></content:encoded>
                """.formatted(at, round, at, round, at, SeedTests.resource("seed/figure.html"));
    }

    private static void send(String servers, int round) {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "compression.type", "zstd");
        try (var producer = new KafkaProducer<>(
                settings, new StringSerializer(), new newswire.contract.kafka.RecordSerializer("fetcher"))) {
            for (int at = 0; at < ENTRIES; at++) {
                var raw = Raw.of(Format.RSS_2_0, Raw.rss(item(round, at)));
                var _ = producer.send(new ProducerRecord<>(Topics.RAW_ARTICLES, "scope-" + at, raw));
            }
        }
    }

    private static void await(SimpleMeterRegistry meters, long count) throws InterruptedException {
        while (meters.find("normalizer.raw.articles").counters().stream()
                        .mapToDouble(counter -> counter.count())
                        .sum()
                < count) {
            Thread.sleep(20);
        }
    }
}
