package newswire.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast many articles become rows that can be searched, and how long searches in them take. */
@Command(
        name = "search",
        description =
                "Writes made-up articles in a dozen languages to the topic; a store with a PostgreSQL of its own reads them."
                        + " Then plain COPY of such rows, what PostgreSQL's own reading of words would have cost, sizes on disk,"
                        + " and the time of searches of many kinds. Exit code 1 if a kind's p95 is above 100 ms.",
        mixinStandardHelpOptions = true)
final class SearchCommand implements Callable<Integer> {
    private static final double MOST = 100;

    /** Articles on the topic that the store has not read yet. */
    private static final int AHEAD = 20_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--jar",
            defaultValue = "services/store/target/store-0.1.0-exec.jar",
            description = "the store (${DEFAULT-VALUE})")
    private Path jar = Path.of("");

    @Option(names = "--logs", defaultValue = "bench/target/logs", description = "folder for logs (${DEFAULT-VALUE})")
    private Path logs = Path.of("");

    @Option(names = "--heap", defaultValue = "460m", description = "-Xmx of the store (${DEFAULT-VALUE})")
    private String heap = "460m";

    @Option(names = "--articles", defaultValue = "1000000", description = "articles (${DEFAULT-VALUE})")
    private int count;

    @Option(names = "--sample", defaultValue = "20000", description = "rows that are compared (${DEFAULT-VALUE})")
    private int sample;

    @Option(names = "--times", defaultValue = "200", description = "searches of each kind (${DEFAULT-VALUE})")
    private int times;

    @Option(names = "--shared-buffers", defaultValue = "256MB", description = "PostgreSQL's (${DEFAULT-VALUE})")
    private String buffers = "256MB";

    @Option(names = "--load-only", description = "ends when the articles are rows")
    private boolean loadOnly;

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    @Override
    public Integer call() throws Exception {
        int port = freePort();
        var articles = new NewsArticles();
        try (var database = database();
                var broker = TestServices.freshKafka();
                var connection = database.getPostgresDatabase().getConnection();
                var store = StoreProcess.start(jar, heap, settings(database, broker, port), logs)) {
            Awaitility.await("the store").atMost(Duration.ofMinutes(3)).until(() -> answers(port));
            load(broker, connection, articles, store);
            if (loadOnly) {
                return 0;
            }
            var rows = new SearchRows(connection, out());
            rows.settle();
            rows.sizes(count);
            rows.compare(Math.min(sample, count));
            out().printf(Locale.ROOT, "store: heap in use %.0f MB%n", store.heapInUse() / 1e6);
            return searches(new SearchKinds(articles, port));
        }
    }

    private EmbeddedPostgres database() throws IOException {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", buffers)
                .setServerConfig("max_wal_size", "4GB")
                .start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Map<String, String> settings(EmbeddedPostgres database, TestServices.Kafka broker, int port) {
        var settings = new HashMap<String, String>();
        settings.put(
                "spring.datasource.url",
                database.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*$", ""));
        settings.put("spring.datasource.username", "postgres");
        settings.put("spring.datasource.password", "");
        settings.put("spring.kafka.bootstrap-servers", broker.bootstrapServers());
        settings.put("newswire.kafka.partitions", "2");
        settings.put("server.port", String.valueOf(port));
        return settings;
    }

    private static boolean answers(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException ex) {
            return false;
        }
    }

    private void load(TestServices.Kafka broker, Connection connection, NewsArticles articles, StoreProcess store)
            throws SQLException, InterruptedException {
        long start = System.nanoTime();
        long told = start;
        var used = store.cpu();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", broker.bootstrapServers(), "compression.type", "lz4", "linger.ms", "20"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            int sent = 0;
            for (long read = 0; read < count; read = read(connection)) {
                for (int burst = 0; burst < 1_000 && sent < count && sent < read + AHEAD; burst++) {
                    var _ = producer.send(
                            new ProducerRecord<>(Topics.ARTICLES, NewsArticles.id(sent), articles.record(sent)));
                    sent++;
                }
                if (sent == count || sent >= read + AHEAD) {
                    Thread.sleep(200);
                }
                if (System.nanoTime() - told > 10_000_000_000L) {
                    told = System.nanoTime();
                    out().printf(Locale.ROOT, "%,d rows, %.0f a second%n", read, read / ((told - start) / 1e9));
                }
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        out().printf(
                        Locale.ROOT,
                        "%,d articles became rows in %.0f s: %.0f a second; the store's own processor time %.0f µs a row%n",
                        count,
                        seconds,
                        count / seconds,
                        store.cpu().minus(used).toNanos() / 1e3 / count);
    }

    private static long read(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select coalesce(sum(next), 0) from ingest_offset where topic = '" + Topics.ARTICLES + "'")) {
            row.next();
            return row.getLong(1);
        }
    }

    private int searches(SearchKinds kinds) throws IOException, InterruptedException {
        out().printf(
                        Locale.ROOT,
                        "%-24s %8s %8s %8s %8s %6s%n",
                        "milliseconds",
                        "p50",
                        "p95",
                        "p99",
                        "longest",
                        "hits");
        boolean slow = false;
        for (var kind : kinds.measure(times)) {
            out().printf(
                            Locale.ROOT,
                            "%-24s %8.1f %8.1f %8.1f %8.1f %6.1f%n",
                            kind.kind(),
                            kind.quantile(0.5),
                            kind.quantile(0.95),
                            kind.quantile(0.99),
                            kind.quantile(1),
                            kind.hits());
            slow |= kind.quantile(0.95) > MOST;
        }
        return slow ? 1 : 0;
    }
}
