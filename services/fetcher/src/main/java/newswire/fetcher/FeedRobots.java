package newswire.fetcher;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What robots.txt means for feeds themselves. As a rule it is found out now and then, told, and not obeyed: an operator asked
 * for the feed; whoever finds too many at it comes again with the feed's next poll. Where it is to be obeyed, it comes before
 * any request for the feed.
 */
final class FeedRobots {
    static final String DENIED = "robots_denied";

    private static final Logger log = LoggerFactory.getLogger(FeedRobots.class);
    private static final Duration KEPT = Duration.ofDays(7);
    private static final int AT_A_TIME = 8;

    private final Robots robots;
    private final InstantSource clock;
    private final Feed.Http.Robots usually;
    private final Semaphore permits = new Semaphore(AT_A_TIME);

    /**
     * With whom to ask.
     *
     * @param usually what robots.txt means where a feed's definition does not say
     */
    FeedRobots(Robots robots, InstantSource clock, Feed.Http.Robots usually) {
        this.robots = robots;
        this.clock = clock;
        this.usually = usually;
    }

    private Feed.Http.Robots meaning(Feed feed) {
        var own = feed.http().robots();
        return own == null ? usually : own;
    }

    /**
     * Finds out whether robots.txt stands between a poll and what it is about to ask for.
     *
     * @param fetch makes the poll's one request
     * @return what came of the poll because of it; nothing if the URL may be asked
     */
    @Nullable
    PollAttempt hold(Poll poll, URI url, Function<Request, FetchResult> fetch) {
        if (meaning(poll.feed()) != Feed.Http.Robots.ENFORCE) {
            return null;
        }
        var rules = robots.known(url);
        if (rules == null) {
            var result = fetch.apply(robots.request(poll.feed(), url));
            var learnt = robots.learn(url, result);
            return learnt == null
                    ? new PollAttempt.PutOff(result.exchange())
                    : learnt.equals(RobotsRules.NONE) ? unreachable(url, result) : new PollAttempt.RobotsRead();
        }
        var errand = poll.errand();
        errand.shard().crawlDelay(errand.slot(), rules.crawlDelay());
        return rules.allows(url) ? null : denied(url);
    }

    /** While nobody knows what it says, it forbids everything (RFC 9309, 2.3.1.4). */
    private static PollAttempt unreachable(URI url, FetchResult result) {
        var was = result.exchange();
        var exchange = new FetchResult.Exchange(
                url,
                null,
                was.status(),
                null,
                null,
                was.contentType(),
                null,
                null,
                was.retryAfter(),
                null,
                was.bytes(),
                was.millis());
        var problem = result instanceof FetchResult.Failed(var _, var failure)
                ? FetchProblems.of(failure.code(), failure.status(), "robots.txt: " + failure.detail())
                : FetchProblems.of("unexpected_304", was.status(), "robots.txt");
        return new PollOutcome.Failed(exchange, problem);
    }

    private static PollOutcome.Failed denied(URI url) {
        var nothing = new FetchResult.Exchange(url, null, null, null, null, null, null, null, null, null, 0, 0);
        return new PollOutcome.Failed(nothing, Problem.of(DENIED, null, "robots.txt forbids it to us"));
    }

    /** Begins to look, if it is time, after a poll that was well or was forbidden. */
    void look(Errand errand, Feed feed, FeedState state) {
        var meaning = meaning(feed);
        if (meaning == Feed.Http.Robots.IGNORE || !due(state, meaning) || !permits.tryAcquire()) {
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

    private boolean due(FeedState state, Feed.Http.Robots meaning) {
        var known = state.robots();
        boolean denied = state.status() == FeedState.Status.ROBOTS_DENIED;
        return known == null
                || known.checkedAt() == null
                || (meaning == Feed.Http.Robots.ENFORCE && known.allowed() == denied)
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
