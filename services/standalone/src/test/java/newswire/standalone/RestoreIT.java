package newswire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The drills of docs/operations.md: the database from a backup, from nothing, and filled anew; and a key for its API. */
class RestoreIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final NumberedFeed feed = new NumberedFeed();
    private final int port = RunningNewswire.freePort();
    private Path data;

    @BeforeEach
    void name() {
        data = folder.resolve("data");
    }

    @AfterEach
    void stop() {
        feed.close();
    }

    @Test
    void aDatabaseOfAMinuteAgoReadsOnFromWhereItWas() throws IOException {
        var database = data.resolve("postgres");
        var backup = folder.resolve("backup");
        runAndPublish(5);
        copy(database, backup);
        runAndPublish(5);
        FileSystemUtils.deleteRecursively(database);
        copy(backup, database);
        runAndPublish(1);
        FileSystemUtils.deleteRecursively(database);
        runAndPublish(1); // what is young enough for the topic needs no backup at all
    }

    @Test
    void aRebuildMendsTheTables() throws SQLException {
        try (var newswire = RunningNewswire.launch(data, port, feed.url())) {
            publish(newswire, 5);
            newswire.execute("update article set title = 'Not so' where document ->> 'title' like '%nr1x%'");
            newswire.execute("delete from article where document ->> 'title' like '%nr2x%'");
            newswire.stop();
        }
        try (var newswire = RunningNewswire.rebuild(data, port, feed.url())) {
            publish(newswire, 1);
        }
    }

    /** Runs it until everything new came through; with each start the feed goes on and corrects itself. */
    private void runAndPublish(int entries) {
        try (var newswire = RunningNewswire.launch(data, port, feed.url())) {
            publish(newswire, entries);
            assertThat(newswire.stop()).as("stopped in order").isTrue();
        }
    }

    private void publish(RunningNewswire newswire, int entries) {
        for (int at = 0; at < entries; at++) {
            newswire.awaitArticle(NumberedFeed.word(feed.add()));
        }
        feed.correctOne();
        ExactlyOnce.of(feed).check(newswire.api(), newswire.broker());
    }

    private static void copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Test
    void aKeyIsMadeOnTheCommandLineAndOpensWhatItsScopeSays() throws IOException, InterruptedException {
        try (var newswire = RunningNewswire.launch(data, port, feed.url())) {
            newswire.awaitArticle(NumberedFeed.word(feed.add()));
            var key = key(0, "reader", "--scope", "read");
            assertThat(key).matches("nk_[\\w-]+");
            assertThat(status("GET", key)).isEqualTo(200);
            assertThat(status("POST", key)).isEqualTo(403);
            assertThat(status("POST", key(0, "editor", "--scope", "feeds"))).isEqualTo(400);
            assertThat(status("GET", key + "x")).isEqualTo(401);
            assertThat(key(1, "nobody", "--scope", "everything")).contains("no key was made");
        }
        assertThat(key(1, "reader")).contains("no Newswire answers at http://127.0.0.1:" + port);
    }

    /** The command as it is typed. @return what it says */
    private String key(int exitCode, String... arguments) {
        var said = new StringWriter();
        var command = Standalone.commandLine();
        command.getSubcommands()
                .values()
                .forEach(each -> each.setOut(new PrintWriter(said)).setErr(new PrintWriter(said)));
        assertThat(command.execute(line(arguments))).as(said::toString).isEqualTo(exitCode);
        return said.toString().strip();
    }

    private String[] line(String... arguments) {
        var line = new java.util.ArrayList<>(java.util.List.of("key", "--url", "http://127.0.0.1:" + port));
        line.addAll(java.util.Arrays.asList(arguments));
        return line.toArray(String[]::new);
    }

    private int status(String method, String key) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/feeds"))
                    .header("Authorization", "Bearer " + key)
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(method.equals("GET") ? "" : "{}"))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
