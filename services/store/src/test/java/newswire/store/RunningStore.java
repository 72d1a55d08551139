package newswire.store;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import newswire.contract.Article;
import newswire.contract.ArticleId;
import newswire.contract.NewsRecord;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A store in this JVM at a real broker and a real database, as its clients and its producers see it. */
final class RunningStore implements AutoCloseable {
    static final int PARTITIONS = 2;

    private final ConfigurableApplicationContext context;
    private final String servers;
    private final HttpClient http = HttpClient.newHttpClient();
    private final KafkaProducer<byte[], byte[]> producer;

    private RunningStore(ConfigurableApplicationContext context, String servers) {
        this.context = context;
        this.servers = servers;
        producer = new KafkaProducer<>(
                java.util.Map.of("bootstrap.servers", servers), new ByteArraySerializer(), new ByteArraySerializer());
    }

    static RunningStore start(TestServices.Kafka kafka, TestServices.Postgres database, String... more) {
        var arguments = new ArrayList<>(List.of(
                "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--newswire.kafka.partitions=" + PARTITIONS,
                "--server.port=0"));
        arguments.addAll(List.of(database.springArguments()));
        arguments.addAll(List.of(more));
        return new RunningStore(StoreApplication.run(arguments.toArray(String[]::new)), kafka.bootstrapServers());
    }

    URI url(String path) {
        return at("local.server.port", path);
    }

    /** At the port of its own that health and metrics may have. */
    URI managementUrl(String path) {
        return at("local.management.port", path);
    }

    private URI at(String port, String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty(port) + path);
    }

    HttpResponse<String> get(String path) {
        return exchange(HttpRequest.newBuilder(url(path)));
    }

    HttpResponse<String> get(String path, String... headers) {
        return get(url(path), headers);
    }

    HttpResponse<String> get(URI url, String... headers) {
        return exchange(with(headers, HttpRequest.newBuilder(url)));
    }

    HttpResponse<String> post(String path, String type, String body, String... headers) {
        return exchange(with(headers, HttpRequest.newBuilder(url(path)))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> patch(String path, String body, String... headers) {
        return exchange(with(headers, HttpRequest.newBuilder(url(path)))
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> delete(String path) {
        return request("DELETE", path);
    }

    /** A request without a body. */
    HttpResponse<String> request(String method, String path, String... headers) {
        return exchange(
                with(headers, HttpRequest.newBuilder(url(path))).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    private static HttpRequest.Builder with(String[] headers, HttpRequest.Builder request) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    /** The answer to a request that must succeed. */
    JsonNode json(String path) {
        var response = get(path);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return Encoding.json().readTree(response.body());
    }

    void send(Article... articles) {
        for (var article : articles) {
            send(Topics.ARTICLES, article.id().toString(), article);
        }
    }

    void send(String topic, String key, @Nullable NewsRecord value) {
        sendBytes(topic, key, value == null ? null : Encoding.encode(value));
    }

    /** Sends anything, and returns when the broker has it. */
    void sendBytes(String topic, @Nullable String key, byte @Nullable [] value) {
        try {
            producer.send(new ProducerRecord<>(
                            topic, key == null ? null : key.getBytes(java.nio.charset.StandardCharsets.UTF_8), value))
                    .get();
        } catch (ExecutionException ex) {
            throw new IllegalStateException(ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    /** Sends with headers to a partition, and returns the offset. */
    long sendWith(String topic, String key, byte[] value, int partition, Header... headers) {
        try {
            var record = new ProducerRecord<>(
                    topic, partition, key.getBytes(java.nio.charset.StandardCharsets.UTF_8), value, List.of(headers));
            return producer.send(record).get().offset();
        } catch (ExecutionException ex) {
            throw new IllegalStateException(ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    void takeDown(ArticleId id) {
        send(Topics.ARTICLES, id.toString(), null);
    }

    /** Waits until the tables have all that a topic has. */
    void awaitRead(String topic) {
        try (var consumer = new KafkaConsumer<>(
                java.util.Map.<String, Object>of("bootstrap.servers", servers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            var ends = consumer.endOffsets(partitions);
            await(topic)
                    .atMost(ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> partitions.stream()
                            .allMatch(partition -> next(partition) >= ends.getOrDefault(partition, 0L)));
        }
    }

    /** Where a feed is by all records of it, as in {@code 1 https://a.example/feed} or {@code 1 gone}. */
    List<String> values(String topic, String key) {
        return records(topic).stream()
                .filter(record -> key.equals(new String(record.key(), java.nio.charset.StandardCharsets.UTF_8)))
                .map(record -> record.partition() + " "
                        + (record.value() == null
                                ? "gone"
                                : Encoding.json()
                                        .readTree(record.value())
                                        .path("xmlUrl")
                                        .asString()))
                .toList();
    }

    /** All that is on a topic now, partition by partition. */
    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        try (var consumer = new KafkaConsumer<>(
                java.util.Map.<String, Object>of("bootstrap.servers", servers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(java.time.Duration.ofMillis(200)).forEach(records::add);
            }
            records.sort(java.util.Comparator.comparingInt((ConsumerRecord<byte[], byte[]> it) -> it.partition())
                    .thenComparingLong(ConsumerRecord::offset));
            return records;
        }
    }

    byte[] getBytes(String path) {
        try {
            return http.send(HttpRequest.newBuilder(url(path)).build(), BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    private long next(TopicPartition partition) {
        return jdbc().sql("select next from ingest_offset where topic = :topic and partition = :partition")
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    JdbcClient jdbc() {
        return context.getBean(JdbcClient.class);
    }

    /** Every row of the projected articles as text, in the order of their keys. */
    List<String> rows() {
        return jdbc().sql("""
                        select 'article ' || a::text from article a
                        union all select 'revision ' || r::text from article_revision r
                        order by 1
                        """).query((row, _) -> row.getString(1)).list();
    }

    double counted(String outcome) {
        var counter = context.getBean(io.micrometer.core.instrument.MeterRegistry.class)
                .find("store.articles")
                .tag("outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Override
    public void close() {
        producer.close();
        http.close();
        context.close();
    }
}
