package newswire.fetcher;

import java.time.Duration;
import java.time.Instant;

/**
 * What one publisher scope may be asked for: so many requests at once, so much time between their starts, silence where
 * it was asked for. Slow servers are spared more: the spacing is at least four times their mean answer time, and twice as
 * long after each 429. Not safe for use by several threads.
 */
final class HostBudget {
    private static final double WEIGHT_OF_NEWEST = 0.25;
    private static final double TIMES_ANSWER = 4;
    private static final double LARGEST_FACTOR = 64;
    private static final double RECOVERY = 0.1;
    private static final Duration LONGEST_SPACING = Duration.ofMinutes(10);

    private final FetcherProperties.Host settings;
    private Instant nextStart = Instant.EPOCH;
    private Instant silentUntil = Instant.EPOCH;
    private int inFlight;
    private double meanMillis;
    private double factor = 1;

    HostBudget(FetcherProperties.Host settings) {
        this.settings = settings;
    }

    /** Whether one more request may be in flight. */
    boolean hasRoom() {
        return inFlight < settings.inFlight();
    }

    /** When the next request may start, as far as time goes. */
    Instant earliest() {
        return nextStart.isAfter(silentUntil) ? nextStart : silentUntil;
    }

    void start(Instant now) {
        inFlight++;
        nextStart = now.plus(spacing());
    }

    /** The end of a request, with how long its answer took; failed ones tell nothing of the server's speed. */
    void finish(Duration took, boolean answered, boolean throttled) {
        inFlight--;
        if (answered) {
            double millis = took.toMillis();
            meanMillis = meanMillis == 0 ? millis : meanMillis + WEIGHT_OF_NEWEST * (millis - meanMillis);
        }
        factor = throttled ? Math.min(LARGEST_FACTOR, factor * 2) : Math.max(1, factor - RECOVERY);
    }

    /** No request before this time; a longer silence stands. */
    void silence(Instant until) {
        if (until.isAfter(silentUntil)) {
            silentUntil = until;
        }
    }

    Duration spacing() {
        if (settings.spacing().isZero()) {
            return Duration.ZERO;
        }
        double millis = Math.max(settings.spacing().toMillis() * factor, TIMES_ANSWER * meanMillis);
        var longest = PollSchedule.max(LONGEST_SPACING, settings.spacing());
        return PollSchedule.min(Duration.ofMillis((long) millis), longest);
    }
}
