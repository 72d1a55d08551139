package newswire.bench;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.NewsRecord;
import newswire.contract.PublisherScope;
import newswire.contract.Topics;
import newswire.contract.kafka.RecordSerializer;
import newswire.contract.kafka.ScopePartition;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** Stands in for the store, which writes definitions of feeds, and for fetchers before, which wrote states. */
final class FeedWriter {
    private FeedWriter() {}

    /** Waits for the topics, which the services create, and returns when the broker has all definitions. */
    static void write(String bootstrapServers, List<String> urls) throws InterruptedException {
        define(bootstrapServers, urls.stream().map(url -> Feed.of(URI.create(url), Instant.now())));
    }

    /** The same for definitions that are more than a URL. */
    static void define(String bootstrapServers, Stream<Feed> feeds) throws InterruptedException {
        awaitTopics(bootstrapServers);
        send(
                bootstrapServers,
                Topics.FEEDS,
                feeds.map(feed ->
                        new Keyed(feed.publisher().scope(), feed.feedId().toString(), feed)));
    }

    /** Returns when the broker has all states, each with its feed's URL. */
    static void remember(String bootstrapServers, Stream<Map.Entry<String, FeedState>> states)
            throws InterruptedException {
        send(
                bootstrapServers,
                Topics.FEED_STATES,
                states.map(state -> new Keyed(
                        PublisherScope.of(URI.create(state.getKey())),
                        state.getValue().feedId().toString(),
                        state.getValue())));
    }

    private record Keyed(PublisherScope scope, String key, NewsRecord value) {}

    private static void send(String bootstrapServers, String topic, Stream<Keyed> records) throws InterruptedException {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, RecordSerializer.SERVICE, "bench", "linger.ms", 20);
        try (var producer =
                new KafkaProducer<String, NewsRecord>(settings, new StringSerializer(), configured(settings))) {
            int partitions = producer.partitionsFor(topic).size();
            var sent = records.map(record -> sent(producer, topic, record, partitions))
                    .toList();
            for (var one : sent) {
                one.get();
            }
        } catch (ExecutionException ex) {
            throw new IllegalStateException("the broker refuses records of " + topic, ex);
        }
    }

    private static Future<?> sent(Producer<String, NewsRecord> producer, String topic, Keyed record, int partitions) {
        int partition = ScopePartition.of(record.scope(), partitions);
        return producer.send(new ProducerRecord<>(topic, partition, record.key(), record.value()));
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

    private static Set<String> topics(Admin admin) throws InterruptedException, ExecutionException {
        return admin.listTopics().names().get();
    }
}
