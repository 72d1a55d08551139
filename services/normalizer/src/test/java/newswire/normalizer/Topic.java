package newswire.normalizer;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.IntFunction;
import newswire.contract.Article;
import newswire.contract.Feed;
import newswire.contract.Format;
import newswire.contract.NewsRecord;
import newswire.contract.RawArticle;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import newswire.contract.kafka.RecordSerializer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
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
        send(servers, from, to, at -> raw(at, title), new RecordHeaders());
    }

    /** Sends the same once more, to be read again under newer rules. */
    static void replay(String servers, int from, int to, String title) {
        var marked = new RecordHeaders().add(Topics.REPLAY_HEADER, new byte[] {1});
        send(servers, from, to, at -> raw(at, title), marked);
    }

    /** Sends entries of one feed that all have the same guid. */
    static void sendShared(String servers, int from, int to) {
        send(servers, from, to, Topic::shared, new RecordHeaders());
    }

    private static RawArticle raw(int at, String title) {
        var item = "<guid>%d</guid><title>%s %d</title><description>Text %d</description>".formatted(at, title, at, at);
        return Raw.of(FEEDS.get(at % FEEDS.size()), Format.RSS_2_0, Raw.rss(item), START.plusSeconds(title.length()));
    }

    private static RawArticle shared(int at) {
        var item = """
                <guid isPermaLink="false">same</guid><link>https://it.example/%d</link><title>Story number %d</title>
                <pubDate>Tue, 31 Mar 2020 07:%02d:00 GMT</pubDate><description>Text %d</description>
                """.formatted(at, at, at, at);
        return Raw.of(FEEDS.getFirst(), Format.RSS_2_0, Raw.rss(item), START.plusSeconds(60L * at));
    }

    private static void send(String servers, int from, int to, IntFunction<RawArticle> make, Headers headers) {
        var settings = new Properties();
        settings.put("bootstrap.servers", servers);
        try (var producer = new KafkaProducer<String, NewsRecord>(
                settings, new StringSerializer(), new RecordSerializer("fetcher"))) {
            for (int at = from; at < to; at++) {
                var raw = make.apply(at);
                var key = raw.feed().publisher().scope().value();
                var _ = producer.send(new ProducerRecord<>(Topics.RAW_ARTICLES, null, key, raw, headers));
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
