package newswire.bench;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import newswire.contract.Feed;
import newswire.contract.NewsRecord;
import newswire.contract.Topics;
import newswire.contract.kafka.RecordSerializer;
import newswire.contract.kafka.ScopePartition;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** Stands in for the store: writes the definitions of feeds. */
final class FeedWriter {
    private FeedWriter() {}

    /** Waits for the topics, which the services create, and returns when the broker has all definitions. */
    static void write(String bootstrapServers, List<String> urls) throws InterruptedException {
        awaitTopics(bootstrapServers);
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, RecordSerializer.SERVICE, "bench", "linger.ms", 20);
        try (var producer =
                new KafkaProducer<String, NewsRecord>(settings, new StringSerializer(), configured(settings))) {
            int partitions = producer.partitionsFor(Topics.FEEDS).size();
            var sent = urls.stream()
                    .map(url -> Feed.of(URI.create(url), Instant.now()))
                    .map(feed -> producer.send(record(feed, partitions)))
                    .toList();
            for (var one : sent) {
                one.get();
            }
        } catch (ExecutionException ex) {
            throw new IllegalStateException("the broker refuses feeds", ex);
        }
    }

    private static ProducerRecord<String, NewsRecord> record(Feed feed, int partitions) {
        int partition = ScopePartition.of(feed.publisher().scope(), partitions);
        return new ProducerRecord<>(Topics.FEEDS, partition, feed.feedId().toString(), feed);
    }

    private static RecordSerializer configured(Map<String, Object> settings) {
        var serializer = new RecordSerializer();
        serializer.configure(settings, false);
        return serializer;
    }

    private static void awaitTopics(String bootstrapServers) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> topics(admin).contains(Topics.FEED_STATES));
        }
    }

    private static java.util.Set<String> topics(Admin admin) throws InterruptedException, ExecutionException {
        return admin.listTopics().names().get();
    }
}
