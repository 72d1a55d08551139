package newswire.normalizer;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import newswire.contract.Article;
import newswire.contract.Feed;
import newswire.contract.Format;
import newswire.contract.NewsRecord;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import newswire.contract.kafka.RecordSerializer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The service at a real broker: each change is in the topic once, over restarts and with an empty state folder. */
class NormalizerIT {
    private static final int PARTITIONS = 2;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Feed FEED = Raw.feed(URI.create("https://it.example/feed"));
    private static final Feed OTHER = Raw.feed(URI.create("https://other.example/feed"));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private ConfigurableApplicationContext start(TestServices.Kafka kafka, String state) {
        return NormalizerApplication.run(
                "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--newswire.kafka.partitions=" + PARTITIONS,
                "--newswire.kafka.instance=normalizer-it",
                "--normalizer.state-dir=" + folder.resolve(state),
                "--server.port=0");
    }

    private static void send(TestServices.Kafka kafka, int from, int to, String title) {
        var settings = new Properties();
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        try (var producer = new KafkaProducer<String, NewsRecord>(
                settings, new StringSerializer(), new RecordSerializer("fetcher"))) {
            for (int at = from; at < to; at++) {
                var feed = at % 2 == 0 ? FEED : OTHER;
                var item = "<guid>%d</guid><title>%s %d</title><description>Text %d</description>"
                        .formatted(at, title, at, at);
                var raw = Raw.of(feed, Format.RSS_2_0, Raw.rss(item), START.plusSeconds(title.length()));
                var _ = producer.send(new ProducerRecord<>(
                        Topics.RAW_ARTICLES, feed.publisher().scope().value(), raw));
            }
        }
    }

    private static List<Article> published(TestServices.Kafka kafka) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed");
        var articles = new ArrayList<Article>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = new ArrayList<TopicPartition>();
            for (int at = 0; at < PARTITIONS; at++) {
                partitions.add(new TopicPartition(Topics.ARTICLES, at));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> articles.add(Encoding.json().readValue(record.value(), Article.class)));
            }
        }
        return articles;
    }

    private static void awaitArticles(TestServices.Kafka kafka, int count) {
        await().atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(published(kafka)).hasSize(count));
    }

    @Test
    void eachChangeIsPublishedOnceOverRestarts() {
        try (var kafka = TestServices.freshKafka()) {
            try (var _ = start(kafka, "one")) {
                send(kafka, 0, 200, "First");
                awaitArticles(kafka, 200);
            }
            send(kafka, 100, 300, "First");
            try (var _ = start(kafka, "one")) {
                awaitArticles(kafka, 300);
            }
            try (var _ = start(kafka, "another")) {
                send(kafka, 0, 300, "First");
                send(kafka, 0, 50, "Second form");
                awaitArticles(kafka, 350);
            }
            var articles = published(kafka);
            assertThat(articles)
                    .extracting(article -> article.id() + " " + article.version())
                    .doesNotHaveDuplicates();
            assertThat(articles.stream().filter(article -> article.revision().number() == 2))
                    .hasSize(50);
        }
    }
}
