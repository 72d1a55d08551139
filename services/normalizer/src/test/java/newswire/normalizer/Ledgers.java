package newswire.normalizer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import newswire.contract.Article;
import newswire.contract.DeadLetter;
import newswire.contract.RawArticle;
import newswire.contract.SchemaAssert;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** A normalizer whose topics are in memory: raw articles in, articles and dead letters out. */
final class Ledgers implements AutoCloseable {
    static final Instant START = Instant.parse("2020-03-31T08:00:00Z");
    static final Duration RETENTION = Duration.ofDays(365);

    final TopologyTestDriver driver;
    final MeterRegistry meters = new SimpleMeterRegistry();
    final TestOutputTopic<String, byte[]> articles;
    private final TestInputTopic<byte[], byte[]> raw;
    private final TestOutputTopic<String, byte[]> deadLetters;
    private final Map<String, List<Article>> history = new TreeMap<>();

    Ledgers() {
        this(Normalizer::normalize);
    }

    /** With rules of one's own. */
    Ledgers(Function<RawArticle, Normalizer.Result> rules) {
        var settings = new Properties();
        settings.putAll(StreamsSettings.of(
                Map.of("bootstrap.servers", "none:1"),
                new NormalizerProperties(
                        Path.of("target", "ledgers", java.util.UUID.randomUUID().toString()),
                        1,
                        0,
                        RETENTION,
                        Duration.ZERO),
                null));
        settings.remove(StreamsConfig.PROCESSING_GUARANTEE_CONFIG);
        var parts = new NormalizerTopology.Parts(RETENTION, Duration.ZERO, rules, Stores::inMemoryKeyValueStore);
        driver = new TopologyTestDriver(NormalizerTopology.of(new Counters(meters), parts), settings, START);
        raw = driver.createInputTopic(Topics.RAW_ARTICLES, new ByteArraySerializer(), new ByteArraySerializer());
        articles = driver.createOutputTopic(Topics.ARTICLES, new StringDeserializer(), new ByteArrayDeserializer());
        deadLetters =
                driver.createOutputTopic(Topics.DEAD_LETTERS, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Raw articles under newer rules that write titles in capitals. */
    static Normalizer.Result capitals(RawArticle it) {
        return switch (Normalizer.normalize(it)) {
            case Normalizer.Normalized(var article, var identity) ->
                new Normalizer.Normalized(newer(article), identity);
            case Normalizer.Rejected rejected -> rejected;
        };
    }

    private static Article newer(Article article) {
        var json = Encoding.json()
                .writeValueAsString(article)
                .replace("\"title\":\"" + article.title(), "\"title\":\"" + upper(article.title()))
                .replace("\"value\":\"" + article.title(), "\"value\":\"" + upper(article.title()));
        return Articles.revised(
                Encoding.json().readValue(json, Article.class),
                new Article.Revision(1, 1, Article.Revision.Kind.INITIAL, List.of()));
    }

    private static String upper(String text) {
        return text.toUpperCase(java.util.Locale.ROOT);
    }

    Ledgers show(RawArticle... shown) {
        for (var it : shown) {
            show(it, new RecordHeaders());
        }
        return this;
    }

    /** What was read before, again. */
    Ledgers replay(RawArticle... shown) {
        for (var it : shown) {
            show(it, new RecordHeaders().add(Topics.REPLAY_HEADER, new byte[] {1}));
        }
        return this;
    }

    void show(RawArticle it, Headers headers) {
        var key = it.feed().publisher().scope().value().getBytes(StandardCharsets.UTF_8);
        raw.pipeInput(new TestRecord<>(key, Encoding.encode(it), headers));
    }

    void send(byte[] key, byte @Nullable [] value) {
        raw.pipeInput(new TestRecord<>(key, value));
    }

    /** What came out since it was last asked. */
    List<Article> published() {
        var published = new ArrayList<Article>();
        for (var json : articles.readValuesToList()) {
            var article = Encoding.json().readValue(json, Article.class);
            SchemaAssert.assertValid(article);
            published.add(article);
            history.computeIfAbsent(article.id().toString(), _ -> new ArrayList<>())
                    .add(article);
        }
        return published;
    }

    /** All that ever came out, by article. */
    Map<String, List<Article>> history() {
        published();
        return history;
    }

    List<DeadLetter> deadLetters() {
        return deadLetters.readValuesToList().stream()
                .map(json -> Encoding.json().readValue(json, DeadLetter.class))
                .toList();
    }

    /** What is in a store, as text. */
    Map<String, String> store(String name) {
        var all = new TreeMap<String, String>();
        try (var entries = driver.<org.apache.kafka.common.utils.Bytes, byte[]>getKeyValueStore(name)
                .all()) {
            entries.forEachRemaining(entry ->
                    all.put(entry.key.toString(), java.util.HexFormat.of().formatHex(entry.value)));
        }
        return all;
    }

    double count(Outcome outcome) {
        return meters.get("normalizer.raw.articles")
                .tag("outcome", outcome.toString())
                .counter()
                .count();
    }

    @Override
    public void close() {
        driver.close();
    }
}
