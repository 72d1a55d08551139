package newswire.contract.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import newswire.contract.Article;
import newswire.contract.DeadLetter;
import newswire.contract.Samples;
import newswire.contract.SchemaAssert;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.UnprocessableException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.BatchListenerFailedException;

/** A service's listener under the contract's auto-configuration, at a real broker. */
class DeadLetterIT {
    private static TestServices.Kafka kafka;
    private ConfigurableApplicationContext service;
    private Consumer listener;

    @BeforeAll
    static void startBroker() {
        kafka = TestServices.freshKafka();
    }

    @BeforeEach
    void start() {
        service = new SpringApplicationBuilder(Service.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.config.import=classpath:kafka-contract.yml",
                        "--spring.application.name=reader",
                        "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "--newswire.kafka.partitions=1");
        listener = service.getBean(Consumer.class);
    }

    @AfterEach
    void stop() {
        service.close();
        kafka.clear();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void onlyTheRecordAtFaultIsPutAside() {
        send("a", Encoding.encode(Samples.article("seed")));
        send("b", "no JSON".getBytes(UTF_8));
        send("c", null);
        send("d", Encoding.encode(Samples.article("minimal")));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(listener.done).containsExactly("a value", "c tombstone", "d value"));
        var letters = deadLetters(1);
        assertThat(letters).singleElement().satisfies(letter -> {
            SchemaAssert.assertValid(letter);
            assertThat(letter.reason()).isEqualTo("undecodable");
            assertThat(letter.payload().value()).isEqualTo("no JSON");
            assertThat(letter.application().name()).isEqualTo("reader");
            assertThat(letter.record()).isNotNull().satisfies(record -> {
                assertThat(record.topic()).isEqualTo(Topics.ARTICLES);
                assertThat(record.key()).isEqualTo("b");
                assertThat(record.offset()).isEqualTo(1);
            });
        });
    }

    @Test
    void troubleOfOurOwnIsRetriedUntilItIsOver() {
        listener.troubles.put("a", 3);
        send("a", Encoding.encode(Samples.article("seed")));
        send("b", Encoding.encode(Samples.article("seed")));

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(listener.done).containsExactly("a value", "b value"));
        assertThat(listener.troubles).containsEntry("a", 0);
        assertThat(deadLetters(0)).isEmpty();
    }

    @Test
    void aBatchIsNeverPutAsideForOneUnnamedRecord() {
        listener.unnamed = "b";
        service.getBean(KafkaListenerEndpointRegistry.class).stop();
        send("a", Encoding.encode(Samples.article("seed")));
        send("b", Encoding.encode(Samples.article("seed")));
        service.getBean(KafkaListenerEndpointRegistry.class).start();

        await().atMost(Duration.ofSeconds(30)).until(() -> listener.done.size() >= 3);
        listener.unnamed = "";
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(listener.done).endsWith("a value", "b value"));
        assertThat(deadLetters(0)).isEmpty();
    }

    private static void send(String key, byte @Nullable [] value) {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var sent = producer.send(new ProducerRecord<>(Topics.ARTICLES, key.getBytes(UTF_8), value));
            producer.flush();
            assertThat(sent.isDone()).isTrue();
        }
    }

    private static List<DeadLetter> deadLetters(int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                "test",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        var letters = new ArrayList<DeadLetter>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.DEAD_LETTERS));
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (Encoding.decode(record.value(), DeadLetter.class)
                            instanceof Decoded.Value<DeadLetter>(var letter)) {
                        letters.add(letter);
                    }
                }
                return !consumer.assignment().isEmpty() && letters.size() >= count;
            });
        }
        return letters;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Consumer.class)
    static class Service {}

    /** Reads articles in batches, as the store does. */
    static class Consumer {
        final List<String> done = new CopyOnWriteArrayList<>();
        volatile String unnamed = "";
        final Map<String, Integer> troubles = new ConcurrentHashMap<>();

        @KafkaListener(topics = Topics.ARTICLES)
        void on(List<ConsumerRecord<byte[], byte[]>> records) {
            for (int index = 0; index < records.size(); index++) {
                var record = records.get(index);
                var key = new String(record.key(), UTF_8);
                if (key.equals(unnamed)) {
                    throw new UnprocessableException("x", "which record?");
                }
                int left = troubles.getOrDefault(key, 0);
                if (left > 0) {
                    troubles.put(key, left - 1);
                    throw new IllegalStateException("the database is away");
                }
                switch (Encoding.decode(record.value(), Article.class)) {
                    case Decoded.Value<Article>(var _) -> done.add(key + " value");
                    case Decoded.Tombstone<Article>() -> done.add(key + " tombstone");
                    case Decoded.Undecodable<Article>(var reason, var detail) ->
                        throw new BatchListenerFailedException(
                                detail, new UnprocessableException(reason, detail), index);
                }
            }
        }
    }
}
