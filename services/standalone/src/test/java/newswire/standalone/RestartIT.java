package newswire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import newswire.contract.Article;
import newswire.contract.Article.Revision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Each change once, whatever happens to the process. The feed is the oracle: it knows what it has shown. */
class RestartIT {
    private static final int KILLS = 10;

    @TempDir
    private Path folder;

    private NumberedFeed feed;
    private int port;

    @BeforeEach
    void publish() {
        feed = new NumberedFeed();
        port = RunningNewswire.freePort();
    }

    @AfterEach
    void stop() {
        feed.close();
    }

    private RunningNewswire launch() {
        return RunningNewswire.launch(folder.resolve("data"), port, feed.url());
    }

    @Test
    void aRestartAddsNothingAndACorrectionIsTheSecondRevision() {
        int corrected = feed.add();
        feed.add();
        try (var newswire = launch()) {
            newswire.awaitArticle(NumberedFeed.word(corrected));
            assertThat(newswire.stop()).as("stopped in order").isTrue();
            assertThat(newswire.databaseRuns()).isFalse();
        }
        int polls = feed.polls();
        try (var newswire = launch()) {
            newswire.awaitArticle(NumberedFeed.word(feed.add()));
            await("further polls").atMost(Duration.ofSeconds(60)).until(() -> feed.polls() > polls + 3);
            check(newswire);
            feed.correctOne();
            newswire.awaitArticle(NumberedFeed.word(corrected) + "%20%22edition%202%22");
            check(newswire);
        }
    }

    @Test
    void tenKillsAtAnyMomentLoseNothingAndRepeatNothing() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        System.out.println("kills at random moments, seed " + seed);
        for (int kill = 1; kill <= KILLS; kill++) {
            try (var newswire = new Victim(launch())) {
                if (kill % 3 == 0) {
                    pause(random.nextInt(200, 6000)); // while it starts
                } else {
                    firstNewArticle(newswire.running(), kill);
                    pause(random.nextInt(0, 3000));
                }
            }
        }
        try (var newswire = launch()) {
            firstNewArticle(newswire, KILLS + 1);
            check(newswire);
        }
    }

    /** Ends by being killed. */
    private record Victim(RunningNewswire running) implements AutoCloseable {
        @Override
        public void close() {
            running.kill();
        }
    }

    private void firstNewArticle(RunningNewswire newswire, int start) {
        long begun = System.nanoTime();
        int number = feed.add();
        newswire.awaitArticle(NumberedFeed.word(number));
        var took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.printf(
                "start %d: an article came through %.1f s after the command%n", start, took.toMillis() / 1000.0);
    }

    /** The feed moves on in the meantime. */
    private void pause(int millis) {
        long end = System.nanoTime() + millis * 1_000_000L;
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    feed.add();
                    feed.correctOne();
                    return System.nanoTime() > end;
                });
    }

    private void check(RunningNewswire newswire) {
        await("everything shown")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(titles(newswire)).isEqualTo(shown()));
        var events = ArticleEvents.read(newswire.broker());
        assertThat(events).hasSameSizeAs(shown());
        for (var article : events.values()) {
            checkEvents(article);
        }
        for (var row : newswire.rows()) {
            var key = row.path("uri").asString().replace("urn:uuid:", "");
            var revisions = newswire.get("/api/articles/" + key + "/revisions").path("items");
            assertThat(revisions.size())
                    .as(key)
                    .isEqualTo(events.getOrDefault(key, List.of()).size());
        }
    }

    private static void checkEvents(List<Article> events) {
        var last = events.getLast().title();
        int number = Integer.parseInt(last.replaceAll("Entry nr(\\d+)x.*", "$1"));
        int edition = Integer.parseInt(last.substring(last.length() - 1));
        assertThat(events)
                .extracting(Article::title)
                .as("order, no repetition")
                .isSubsetOf(NumberedFeed.titles(number, edition))
                .doesNotHaveDuplicates();
        assertThat(events)
                .extracting(Article::revision)
                .extracting(Revision::number)
                .as(last)
                .isEqualTo(java.util.stream.IntStream.rangeClosed(1, events.size())
                        .boxed()
                        .toList());
        assertThat(events)
                .extracting(event -> event.fingerprints().contentHash())
                .as("each event changes something")
                .doesNotHaveDuplicates();
    }

    /** What the feed shows now: word → title. */
    private Map<String, String> shown() {
        var shown = new HashMap<String, String>();
        feed.editions()
                .forEach((number, edition) -> shown.put(
                        "entry-" + number, NumberedFeed.titles(number, edition).getLast()));
        return shown;
    }

    /** What the table has: guid → title; a doubled row fails. */
    private static Map<String, String> titles(RunningNewswire newswire) {
        var titles = new HashMap<String, String>();
        for (var row : newswire.rows()) {
            var before = titles.put(guid(row), row.path("title").asString());
            assertThat(before).as("a second row of " + guid(row)).isNull();
        }
        return titles;
    }

    private static String guid(JsonNode row) {
        for (var id : row.path("altIds")) {
            if (id.path("role").asString().equals("guid")) {
                return id.path("value").asString();
            }
        }
        throw new AssertionError("no guid: " + row);
    }
}
