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
    private static final int SLACK = 10;
    private static final Duration LONGEST_SPACING = Duration.ofMinutes(10);

    private final FetcherProperties.Host settings;
    private Instant nextStart = Instant.EPOCH;
    private Instant silentUntil = Instant.EPOCH;
    private int inFlight;
    private boolean connecting;
    private double meanMillis;
    private double factor = 1;
    private Duration crawlDelay = Duration.ZERO;

    HostBudget(FetcherProperties.Host settings) {
        this.settings = settings;
    }

    /** Whether one more request may be in flight; not while it is open when the last one will arrive. */
    boolean hasRoom() {
        return !connecting && inFlight < settings.inFlight();
    }

    /** Whether nothing has to be remembered. */
    boolean isIdle(Instant now) {
        return inFlight == 0 && !earliest().isAfter(now);
    }

    /** When the next request may start, as far as time goes. */
    Instant earliest() {
        return nextStart.isAfter(silentUntil) ? nextStart : silentUntil;
    }

    void start(Instant now) {
        inFlight++;
        connecting = !settings.spacing().isZero();
        nextStart = now.plus(spacing());
    }

    /** The connection stands and the request goes out: from here the server counts, give or take what networks do. */
    void sent(Instant now) {
        connecting = false;
        nextStart = now.plus(spacing()).plus(settings.spacing().dividedBy(SLACK));
    }

    /**
     * The end of a request.
     *
     * @param answered whether it took that long to answer; failed ones tell nothing of the server's speed
     * @param sent whether it got that far
     */
    void finish(Duration took, boolean answered, boolean throttled, boolean sent) {
        inFlight--;
        connecting &= sent;
        if (answered) {
            double millis = took.toMillis();
            meanMillis = meanMillis == 0 ? millis : meanMillis + WEIGHT_OF_NEWEST * (millis - meanMillis);
        }
        factor = throttled ? Math.min(LARGEST_FACTOR, factor * 2) : Math.max(1, factor - RECOVERY);
    }

    /** What a robots.txt wants between two starts, from the last one on; a longer one stands. */
    void crawlDelay(Duration wanted) {
        var was = spacing();
        crawlDelay = PollSchedule.max(crawlDelay, wanted);
        nextStart = nextStart.plus(spacing()).minus(was);
    }

    /** No request before this time; a longer silence stands. */
    void silence(Instant until) {
        if (until.isAfter(silentUntil)) {
            silentUntil = until;
        }
    }

    Duration spacing() {
        if (settings.spacing().isZero()) {
            return crawlDelay;
        }
        double millis = Math.max(settings.spacing().toMillis() * factor, TIMES_ANSWER * meanMillis);
        var longest = PollSchedule.max(LONGEST_SPACING, settings.spacing());
        return PollSchedule.max(crawlDelay, PollSchedule.min(Duration.ofMillis((long) millis), longest));
    }
}
