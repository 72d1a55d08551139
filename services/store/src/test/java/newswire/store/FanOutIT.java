package newswire.store;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** As many streams as are served at once, each of which gets everything. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class FanOutIT {
    private static final int CLIENTS = 500;
    private static final int ARTICLES = 60;

    private static TestServices.Kafka kafka;
    private static RunningStore store;

    @BeforeAll
    static void start() {
        kafka = TestServices.freshKafka();
        store = RunningStore.start(kafka, TestServices.postgres());
        store.send(TestArticle.of(0, 1));
        store.awaitRead(Topics.ARTICLES);
    }

    @AfterAll
    static void stop() {
        store.close();
        kafka.close();
    }

    @Test
    void fiveHundredClientsGetEveryChangeOnce() throws IOException {
        var clients = new ArrayList<Client>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Client());
            }
            await().atMost(ofSeconds(60))
                    .untilAsserted(() -> assertThat(clients).allMatch(client -> client.comments.get() > 0));
            for (int number = 1; number <= ARTICLES; number++) {
                store.send(TestArticle.of(number, 1));
            }
            await().atMost(ofSeconds(90))
                    .untilAsserted(() -> assertThat(clients).allMatch(client -> client.changes.get() == ARTICLES));
            assertThat(store.get("/api/articles").statusCode())
                    .as("others are served beside them")
                    .isEqualTo(200);
        } finally {
            for (var client : clients) {
                client.socket.close();
            }
        }
        assertThat(clients).allMatch(client -> client.changes.get() == ARTICLES);
    }

    /** Counts what comes. */
    private static final class Client {
        private final Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), store.url("/").getPort());
        private final AtomicInteger changes = new AtomicInteger();
        private final AtomicInteger comments = new AtomicInteger();

        Client() throws IOException {
            socket.getOutputStream()
                    .write("GET /api/changes/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            Thread.ofVirtual().start(() -> read(lines));
        }

        private void read(BufferedReader lines) {
            try {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.equals("event: change")) {
                        changes.incrementAndGet();
                    } else if (line.startsWith(":")) {
                        comments.incrementAndGet();
                    }
                }
            } catch (IOException ex) {
                comments.decrementAndGet(); // closed, at the end of the test
            }
        }
    }
}
