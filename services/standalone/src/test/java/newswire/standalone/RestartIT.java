package newswire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        ExactlyOnce.of(feed).check(newswire.api(), newswire.broker());
    }
}
