package newswire.fetcher;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** When a feed is polled for the first time: at once, or, if many come at a time, at some time within an interval. */
final class Newcomers {
    private static final Duration AT_A_TIME = Duration.ofMinutes(1);

    private final int burst;
    private final Duration spread;
    private final RandomGenerator random;
    private Instant since = Instant.EPOCH;
    private int count;

    Newcomers(int burst, Duration spread, RandomGenerator random) {
        this.burst = burst;
        this.spread = spread;
        this.random = random;
    }

    synchronized Instant firstPoll(Instant now) {
        if (since.plus(AT_A_TIME).isBefore(now)) {
            since = now;
            count = 0;
        }
        count++;
        return count <= burst ? now : now.plusMillis(random.nextLong(Math.max(1, spread.toMillis())));
    }
}
