package newswire.fetcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.NewsRecord;
import newswire.contract.RawArticle;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import newswire.contract.kafka.RecordSerializer;
import newswire.contract.kafka.ScopePartition;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** A broker as the other services see it: one writes definitions, one reads raw articles. */
final class TestBroker implements AutoCloseable {
    static final int PARTITIONS = 3;
    private static final Pattern GUID = Pattern.compile("<guid[^>]*>([^<]*)</guid>");

    private final TestServices.Kafka kafka;
    private final KafkaProducer<String, NewsRecord> producer;

    TestBroker(TestServices.Kafka kafka) {
        this.kafka = kafka;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new RecordSerializer("store"));
    }

    /** The fetcher's command line. */
    String[] arguments(Map<String, String> settings) {
        var all = new HashMap<>(Map.of(
                "spring.kafka.bootstrap-servers",
                kafka.bootstrapServers(),
                "newswire.kafka.partitions",
                String.valueOf(PARTITIONS),
                "fetcher.allowed-addresses",
                "127.0.0.0/8",
                "server.port",
                "0"));
        all.putAll(settings);
        return all.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }

    void define(Feed feed) {
        send(feed, feed);
    }

    void remove(Feed feed) {
        send(feed, null);
    }

    private void send(Feed feed, @Nullable NewsRecord value) {
        int partition = ScopePartition.of(feed.publisher().scope(), PARTITIONS);
        var sent = producer.send(
                new ProducerRecord<>(Topics.FEEDS, partition, feed.feedId().toString(), value));
        producer.flush();
        if (!sent.isDone()) {
            throw new IllegalStateException("not sent");
        }
    }

    /** What the topic has of a feed, in the order of the topic. */
    List<RawArticle> rawArticles(Feed feed) {
        return rawArticles().stream()
                .map(record -> Encoding.decode(record.value(), RawArticle.class))
                .flatMap(
                        decoded -> decoded instanceof Decoded.Value<RawArticle>(var raw) ? Stream.of(raw) : Stream.of())
                .filter(raw -> raw.feed().feedId().equals(feed.feedId()))
                .toList();
    }

    List<String> guids(Feed feed) {
        return rawArticles(feed).stream()
                .map(raw -> {
                    var guid = GUID.matcher(raw.document());
                    return guid.find() ? guid.group(1) : "";
                })
                .toList();
    }

    List<ConsumerRecord<String, byte[]>> rawArticles() {
        return records(Topics.RAW_ARTICLES);
    }

    int count(String topic) {
        return records(topic).size();
    }

    /** All states that were ever written. */
    List<byte[]> states() {
        return records(Topics.FEED_STATES).stream()
                .map(ConsumerRecord::value)
                .filter(Objects::nonNull)
                .toList();
    }

    /** All that hubs said and were to be told. */
    List<byte[]> pushes() {
        return records(Topics.FEED_PUSHES).stream().map(ConsumerRecord::value).toList();
    }

    Optional<FeedState> state(Feed feed) {
        byte[] last = null;
        for (var record : records(Topics.FEED_STATES)) {
            last = record.key().equals(feed.feedId().toString()) ? record.value() : last;
        }
        return Encoding.decode(last, FeedState.class) instanceof Decoded.Value<FeedState>(var state)
                ? Optional.of(state)
                : Optional.empty();
    }

    private List<ConsumerRecord<String, byte[]>> records(String topic) {
        var settings = Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        kafka.close();
    }
}
