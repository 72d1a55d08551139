package newswire.standalone;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The product as its users run it: a process of its own, which can be asked over HTTP, stopped, and killed. */
final class RunningNewswire implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Feeds on loopback, polled every second. */
    static final List<String> QUICK = List.of(
            "fetcher.allowed-addresses=127.0.0.0/8",
            "fetcher.poll.default-interval=1s",
            "fetcher.poll.floor=1s",
            "fetcher.poll.invited-floor=1s",
            "fetcher.poll.ceiling=2s",
            "fetcher.poll.sleep=2s",
            "fetcher.host.spacing=50ms",
            "normalizer.revision-spacing=0s");

    private final Path data;
    private final int port;
    private final Process process;

    private RunningNewswire(Path data, int port, Process process) {
        this.data = data;
        this.port = port;
        this.process = process;
    }

    /** Begins to start it on that folder with a feed, and does not wait. */
    static RunningNewswire launch(Path data, int port, URI feed) {
        return launch(data, port, quick(data, feed));
    }

    /** The same with {@code newswire rebuild}. */
    static RunningNewswire rebuild(Path data, int port, URI feed) {
        return launch(data, port, List.of("rebuild"), quick(data, feed));
    }

    private static List<String> quick(Path data, URI feed) {
        var options = new ArrayList<String>();
        for (var setting : QUICK) {
            options.add("--set");
            options.add(setting);
        }
        options.add("--feeds");
        options.add(opml(data.resolveSibling("feeds.opml"), List.of(feed)).toString());
        return options;
    }

    /** Begins to start it with these options, and does not wait. */
    static RunningNewswire launch(Path data, int port, List<String> options) {
        return launch(data, port, List.of(), options);
    }

    private static RunningNewswire launch(Path data, int port, List<String> subcommand, List<String> options) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx768m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Standalone.class.getName()));
        command.addAll(subcommand);
        command.addAll(List.of("--data", data.toString(), "--port", String.valueOf(port)));
        command.addAll(options);
        var output = data.resolveSibling("output.txt").toFile();
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                    .start();
            return new RunningNewswire(data, port, process);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Writes a file of feeds. */
    static Path opml(Path file, List<URI> feeds) {
        var outlines = feeds.stream()
                .map("<outline type=\"rss\" text=\"Numbers\" xmlUrl=\"%s\"/>"::formatted)
                .collect(Collectors.joining());
        try {
            return Files.writeString(file, "<opml version=\"2.0\"><body>" + outlines + "</body></opml>");
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** The first of three free ports, below those that the system hands to outgoing connections. */
    static int freePort() {
        while (true) {
            int first = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            if (DataFolder.isFree(first) && DataFolder.isFree(first + 1) && DataFolder.isFree(first + 2)) {
                return first;
            }
        }
    }

    /** What it printed, for a failing test's message. */
    private String output() {
        try {
            return Files.readString(data.resolveSibling("output.txt"));
        } catch (IOException ex) {
            return ex.toString();
        }
    }

    /** Waits until the API answers with such an article. */
    void awaitArticle(String words) {
        await("article " + words)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("ended with " + process.exitValue() + ":\n" + output());
                    }
                    return finds(words);
                });
    }

    private boolean finds(String words) {
        var page = api().find("/api/articles?q=" + words);
        return page != null && !page.path("items").isEmpty();
    }

    Api api() {
        return new Api(port);
    }

    /** An answer that has to be 200. */
    JsonNode get(String path) {
        return api().get(path);
    }

    /** Every row of the table of articles. */
    List<JsonNode> rows() {
        return api().rows();
    }

    /** The broker's address, as the data folder remembers it. */
    String broker() {
        return "127.0.0.1:" + settings().getProperty("kafka.port");
    }

    /** Changes its database behind its back. */
    void execute(String sql) throws SQLException {
        var settings = settings();
        var url = "jdbc:postgresql://127.0.0.1:" + settings.getProperty("postgres.port") + "/postgres";
        try (var connection = DriverManager.getConnection(url, "postgres", settings.getProperty("postgres.password"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Properties settings() {
        var settings = new Properties();
        try (InputStream in = Files.newInputStream(data.resolve("settings.properties"))) {
            settings.load(in);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return settings;
    }

    /** As {@code kill -9}: nothing of it can react. Its PostgreSQL goes on. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** As Ctrl-C; waits for the end. @return whether it ended in time */
    boolean stop() {
        process.destroy();
        try {
            return process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    /** Whether a PostgreSQL still works on the folder. */
    boolean databaseRuns() {
        return database().stream().anyMatch(ProcessHandle::isAlive);
    }

    private List<ProcessHandle> database() {
        try {
            var lines = Files.readAllLines(data.resolve("postgres/postmaster.pid"), StandardCharsets.UTF_8);
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).stream()
                    .toList();
        } catch (IOException _) { // stopped in order
            return List.of();
        }
    }

    /** Leaves nothing running, however the test went. */
    @Override
    public void close() {
        if (!stop()) {
            kill();
        }
        database().forEach(ProcessHandle::destroy);
    }
}
