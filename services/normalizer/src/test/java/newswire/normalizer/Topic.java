package newswire.normalizer;

import java.net.URI;
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

/** The two ends of the normalizer at a real broker. */
final class Topic {
    static final int PARTITIONS = 2;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<Feed> FEEDS = List.of(
            Raw.feed(URI.create("https://it.example/feed")), Raw.feed(URI.create("https://other.example/feed")));

    private Topic() {}

    /** Sends one raw article for each number; the same title means the same poll. */
    static void send(String servers, int from, int to, String title) {
        var settings = new Properties();
        settings.put("bootstrap.servers", servers);
        try (var producer = new KafkaProducer<String, NewsRecord>(
                settings, new StringSerializer(), new RecordSerializer("fetcher"))) {
            for (int at = from; at < to; at++) {
                var feed = FEEDS.get(at % FEEDS.size());
                var item = "<guid>%d</guid><title>%s %d</title><description>Text %d</description>"
                        .formatted(at, title, at, at);
                var raw = Raw.of(feed, Format.RSS_2_0, Raw.rss(item), START.plusSeconds(title.length()));
                var _ = producer.send(new ProducerRecord<>(
                        Topics.RAW_ARTICLES, feed.publisher().scope().value(), raw));
            }
        }
    }

    /** All that a reader of committed records sees. */
    static List<Article> published(String servers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "isolation.level", "read_committed");
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
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    articles.add(Encoding.json().readValue(record.value(), Article.class));
                }
            }
        }
        return articles;
    }
}
