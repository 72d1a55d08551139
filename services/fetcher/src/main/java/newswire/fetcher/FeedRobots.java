package newswire.fetcher;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Semaphore;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out now and then what robots.txt says of feeds. That is told and not obeyed: an operator asked for the feed. Whoever
 * finds too many at it comes again with the feed's next poll.
 */
final class FeedRobots {
    private static final Logger log = LoggerFactory.getLogger(FeedRobots.class);
    private static final Duration KEPT = Duration.ofDays(7);
    private static final int AT_A_TIME = 8;

    private final Robots robots;
    private final InstantSource clock;
    private final Semaphore permits;

    /**
     * With whom to ask.
     *
     * @param wanted whether to ask at all
     */
    FeedRobots(Robots robots, InstantSource clock, boolean wanted) {
        this.robots = robots;
        this.clock = clock;
        this.permits = new Semaphore(wanted ? AT_A_TIME : 0);
    }

    /** Begins to look, if it is time, after a poll that was well. */
    void look(Errand errand, FeedState state) {
        if (!due(state.robots()) || !permits.tryAcquire()) {
            return;
        }
        Thread.ofVirtual().name("robots-" + state.feedId()).start(() -> {
            try {
                looked(errand);
            } catch (RuntimeException ex) { // the bulkhead: nobody else looks at this thread
                log.error("Unexpected failure of robots.txt, feed={}", state.feedId(), ex);
            } finally {
                permits.release();
            }
        });
    }

    private boolean due(FeedState.@Nullable Robots known) {
        return known == null
                || known.checkedAt() == null
                || known.checkedAt().plus(KEPT).isBefore(clock.instant());
    }

    private void looked(Errand errand) {
        var url = errand.feed().xmlUrl();
        var rules = robots.rules(errand, url);
        if (rules != null) {
            var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            errand.amend(state -> NextState.with(state, said(rules, rules.allows(url), now)));
        }
    }

    private static FeedState.Robots said(RobotsRules rules, boolean allowed, Instant now) {
        var delay = rules.crawlDelay();
        return new FeedState.Robots(allowed, now, delay.isZero() ? null : (int) delay.toSeconds());
    }
}
