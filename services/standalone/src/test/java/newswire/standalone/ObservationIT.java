package newswire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What the running whole tells of itself: everything is counted once at every stage, and a poll's trace ends at its rows. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ObservationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final AtomicInteger requests = new AtomicInteger();
    private static HttpServer feeds;
    private static Collector collector;
    private static RunningNewswire newswire;
    private static int port;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        collector = new Collector();
        feeds = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/one", item("a", "Alpha") + item("b", "Beta") + item("large", "Too much ".repeat(4_000)) + "<item/>");
        serve("/two", item("a", "Alpha") + item("c", "Gamma"));
        feeds.start();
        port = RunningNewswire.freePort();
        newswire = RunningNewswire.launch(folder.resolve("data"), port, options());
        newswire.awaitArticle("Beta");
        newswire.awaitArticle("Gamma");
    }

    private static void serve(String path, String items) {
        var body = ("<rss version=\"2.0\"><channel><title>T</title>" + items + "</channel></rss>")
                .getBytes(StandardCharsets.UTF_8);
        feeds.createContext(path, exchange -> {
            try (exchange) {
                requests.incrementAndGet();
                exchange.getResponseHeaders().set("Content-Type", "application/rss+xml");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }

    private static String item(String id, String title) {
        return "<item><title>%s</title><link>http://127.0.0.1/%s</link><guid>%s</guid><description>%s %s</description></item>"
                .formatted(title, id, id, title, id);
    }

    private static List<String> options() throws IOException {
        var url = "http://127.0.0.1:" + feeds.getAddress().getPort();
        var opml = Files.writeString(folder.resolve("feeds.opml"), """
                <opml version="2.0"><body><outline xmlUrl="%s/one"/><outline xmlUrl="%s/two"/></body></opml>
                """.formatted(url, url));
        var options = new ArrayList<>(List.of("--feeds", opml.toString()));
        Stream.of(
                        "fetcher.allowed-addresses=127.0.0.0/8",
                        "fetcher.host.spacing=50ms",
                        "fetcher.limits.entry=20KB",
                        "management.tracing.export.enabled=true",
                        "management.tracing.sampling.probability=1",
                        "management.opentelemetry.tracing.export.otlp.endpoint=" + collector.url("/v1/traces"),
                        "management.otlp.metrics.export.enabled=true",
                        "management.otlp.metrics.export.step=1s",
                        "management.otlp.metrics.export.url=" + collector.url("/v1/metrics"))
                .forEach(setting -> options.addAll(List.of("--set", setting)));
        return options;
    }

    @AfterAll
    static void stop() {
        newswire.close();
        feeds.stop(0);
        collector.close();
    }

    @Test
    void whatGoesIntoAStageComesOutOfItOnceCounted() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(fetcher("newswire_fetcher_polls_total")).as("polls").isEqualTo(requests.get());
            double found = fetcher("newswire_fetcher_entries_total", "kind=\"new\"")
                    + fetcher("newswire_fetcher_entries_total", "kind=\"changed\"")
                    + fetcher("newswire_fetcher_entries_total", "kind=\"renamed\"");
            assertThat(found).as("entries found").isEqualTo(6);
            assertThat(fetcher("newswire_fetcher_raw_articles_total", "outcome=\"dead_lettered\""))
                    .isEqualTo(1);
            assertThat(fetcher("newswire_fetcher_raw_articles_total"))
                    .as("entries sent")
                    .isEqualTo(found);
            assertThat(normalizer("normalizer_raw_articles_total", "outcome=\"rejected\""))
                    .isEqualTo(1);
            assertThat(normalizer("normalizer_raw_articles_total"))
                    .as("raw articles that came out")
                    .isEqualTo(fetcher("newswire_fetcher_raw_articles_total", "outcome=\"published\""));
            double published = normalizer("normalizer_raw_articles_total", "outcome=\"published\"");
            assertThat(published).isEqualTo(3);
            assertThat(store("store_articles_total")).as("articles stored").isEqualTo(published);
            assertThat(store("store_article_latency_seconds_count", "since=\"fetched\""))
                    .as("and timed")
                    .isEqualTo(published);
        });
        assertThat(text(port))
                .contains("store_article_latency_seconds_bucket{", "http_server_requests_seconds_bucket{");
    }

    @Test
    void theTraceOfAPollEndsAtTheRows() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var spans = collector.spans();
            assertThat(spans).anySatisfy(poll -> {
                assertThat(poll.name()).isEqualTo("fetcher poll");
                assertThat(spans).anySatisfy(normalize -> {
                    assertThat(normalize.name()).isEqualTo("normalizer normalize");
                    assertThat(poll.isParentOf(normalize)).isTrue();
                    assertThat(spans).anySatisfy(save -> {
                        assertThat(save.name()).isEqualTo("store save");
                        assertThat(normalize.isParentOf(save)).isTrue();
                    });
                });
            });
        });
    }

    @Test
    void metricsAreSentToWhoeverIsNamed() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(collector.metrics())
                        .contains(
                                "fetcher newswire.fetcher.polls",
                                "normalizer normalizer.raw.articles",
                                "store store.articles"));
    }

    /** It is kept for 70 seconds. */
    @Test
    @Order(1)
    void aLatencyNamesATraceThatHadIt() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(text(port, "application/openmetrics-text"))
                        .containsPattern(
                                "since=\"fetched\".* # \\{span_id=\"[0-9a-f]{16}\",trace_id=\"[0-9a-f]{32}\"}"));
    }

    private static double store(String metric, String... labels) {
        return sum(port, metric, labels);
    }

    private static double fetcher(String metric, String... labels) {
        return sum(port + 1, metric, labels);
    }

    private static double normalizer(String metric, String... labels) {
        return sum(port + 2, metric, labels);
    }

    private static double sum(int of, String metric, String... labels) {
        return Pattern.compile("^" + metric + "(\\{.*})? (\\S+)$", Pattern.MULTILINE)
                .matcher(text(of))
                .results()
                .filter(line -> Stream.of(labels).allMatch(line.group(1)::contains))
                .mapToDouble(line -> Double.parseDouble(line.group(2)))
                .sum();
    }

    private static String text(int of) {
        return text(of, "text/plain");
    }

    private static String text(int of, String form) {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + of + "/actuator/prometheus"))
                                    .header("Accept", form)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException ex) {
            throw new AssertionError("no answer at port " + of, ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }
}
