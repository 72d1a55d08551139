package newswire.store;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import newswire.contract.Article;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Changes over HTTP, by pages and as a stream, against what is on the topic. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class StreamIT {
    private static TestServices.Kafka kafka;
    private static RunningStore store;

    @BeforeAll
    static void start() {
        kafka = TestServices.freshKafka();
        store = RunningStore.start(
                kafka,
                TestServices.postgres(),
                "--store.changes.buffer=3MB",
                "--store.changes.heartbeat=500ms",
                "--store.changes.clients=40");
        store.send(TestArticle.of(0, 1));
        store.awaitRead(Topics.ARTICLES);
    }

    @AfterAll
    static void stop() {
        store.close();
        kafka.close();
    }

    @Test
    void readersOfTheTopicThePagesAndTheStreamSeeTheSame() {
        var begin = store.json("/api/changes?after=now").path("next").asString();
        var before = onTopic();
        try (var client = new Client("?after=" + begin)) {
            for (int number = 100; number < 160; number++) {
                for (int revision = 1; revision <= 1 + number % 3; revision++) {
                    store.send(TestArticle.of(number, revision));
                }
            }
            store.takeDown(TestArticle.id(5000));
            store.awaitRead(Topics.ARTICLES);
            var sent = onTopic();
            sent.removeAll(before);
            assertThat(sent).hasSizeGreaterThan(100);
            assertThat(paged(begin)).containsExactlyInAnyOrderElementsOf(sent);
            await().atMost(ofSeconds(60))
                    .untilAsserted(() -> assertThat(client.seen()).containsExactlyInAnyOrderElementsOf(sent));
            client.stop();
            store.send(TestArticle.of(160, 1), TestArticle.of(161, 1));
            try (var again = new Client("", "Last-Event-ID: " + client.lastId())) {
                await().atMost(ofSeconds(60))
                        .untilAsserted(() -> assertThat(again.seen())
                                .containsExactlyInAnyOrder(TestArticle.id(160) + " 1.0", TestArticle.id(161) + " 1.0"));
            }
        }
    }

    private static List<String> paged(String begin) {
        var seen = new ArrayList<String>();
        var cursor = begin;
        JsonNode page;
        do {
            page = store.json("/api/changes?limit=7&after=" + cursor);
            page.path("items").forEach(change -> seen.add(name(change)));
            cursor = page.path("next").asString();
        } while (page.path("more").asBoolean());
        return seen;
    }

    private static String name(JsonNode change) {
        return change.path("id").asString() + " "
                + change.path("version").asString(change.path("type").asString());
    }

    private static Set<String> onTopic() {
        var seen = new HashSet<String>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = IntStream.range(0, RunningStore.PARTITIONS)
                    .mapToObj(number -> new TopicPartition(Topics.ARTICLES, number))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    seen.add(record.key() + " "
                            + (Encoding.decode(record.value(), Article.class) instanceof Decoded.Value<Article>(var it)
                                    ? it.version()
                                    : "removed"));
                }
            }
        }
        return seen;
    }

    /** A client that is let in: the place of one that has gone is free after its next beat only. */
    private static Client admitted() {
        var admitted = new ArrayList<Client>();
        await().atMost(ofSeconds(60)).until(() -> {
            var client = new Client("");
            if (client.status() == 200) {
                return admitted.add(client);
            }
            client.close();
            return false;
        });
        return admitted.getFirst();
    }

    /** A connection that is let in, of whose answer nothing is read but the status. */
    private static Socket unread() {
        var admitted = new ArrayList<Socket>();
        await().atMost(ofSeconds(60)).until(() -> {
            var socket =
                    new Socket(InetAddress.getLoopbackAddress(), store.url("/").getPort());
            socket.setReceiveBufferSize(4096);
            socket.getOutputStream()
                    .write("GET /api/changes/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            var status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            if (status.equals("HTTP/1.1 200")) {
                return admitted.add(socket);
            }
            socket.close();
            return false;
        });
        return admitted.getFirst();
    }

    @Test
    void whoDoesNotReadIsDroppedAndHoldsNobodyUp() throws Exception {
        try (var quick = admitted()) {
            try (var slow = unread()) {
                for (int number = 1000; number < 1500; number++) {
                    store.send(TestArticle.of(number, 1, "Long " + number, "word ".repeat(4_000)));
                }
                await().atMost(ofMinutes(4))
                        .untilAsserted(() ->
                                assertThat(quick.seen().stream().distinct()).hasSizeGreaterThanOrEqualTo(500));
                var read = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(read.split("event: change", -1)).hasSizeLessThan(500);
            }
        }
    }

    @Test
    void aSilentStreamBeatsAndOneTooManyIsRefused() {
        var clients = new ArrayList<Client>();
        try {
            var client = new Client("");
            while (client.status() == 200 && clients.size() <= 40) {
                clients.add(client);
                client = new Client("");
            }
            assertThat(client.status()).isEqualTo(503);
            await().atMost(ofSeconds(60))
                    .untilAsserted(() -> assertThat(clients.getFirst().beats()).isGreaterThan(1));
        } finally {
            clients.forEach(Client::close);
        }
    }

    @Test
    void aCursorOfSomebodyElseIsRefused() {
        assertThat(store.get("/api/changes?after=abc").statusCode()).isEqualTo(400);
        assertThat(store.get("/api/changes/stream?after=abc").statusCode()).isEqualTo(400);
    }

    /** Reads a stream on its own thread. */
    private static final class Client implements AutoCloseable {
        private final List<String> names = new CopyOnWriteArrayList<>();
        private final HttpClient http = HttpClient.newHttpClient();
        private final Thread thread;
        private int status;
        private volatile String last = "";
        private final AtomicInteger beats = new AtomicInteger();

        Client(String query, String... header) {
            var request = HttpRequest.newBuilder(store.url("/api/changes/stream" + query));
            for (var one : header) {
                request.header(one.split(": ", 2)[0], one.split(": ", 2)[1]);
            }
            try {
                var response = http.send(request.build(), BodyHandlers.ofInputStream());
                status = response.statusCode();
                var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
                thread = Thread.ofVirtual().start(() -> lines.lines().forEachOrdered(this::line));
            } catch (IOException | InterruptedException ex) {
                throw new IllegalStateException(ex);
            }
        }

        private void line(String line) {
            if (line.startsWith("id: ")) {
                last = line.substring(4);
            } else if (line.startsWith("data: ") && line.contains("\"type\"")) {
                names.add(name(Encoding.json().readTree(line.substring(6))));
            } else if (line.equals(":")) {
                beats.incrementAndGet();
            }
        }

        int status() {
            return status;
        }

        List<String> seen() {
            return names;
        }

        String lastId() {
            return last;
        }

        int beats() {
            return beats.get();
        }

        void stop() {
            close();
        }

        @Override
        public void close() {
            http.shutdownNow();
            thread.interrupt();
        }
    }
}
