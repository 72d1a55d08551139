package newswire.fetcher;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.Problem;
import org.jspecify.annotations.Nullable;

/**
 * All that decides when to poll a feed next, besides our own settings. Made of a poll or, for those who ask why, of what was
 * kept of it: both give the same decision.
 *
 * @param wanted by the definition
 * @param at of the poll
 * @param problem absent after a success
 * @param document what the feed says of itself
 */
record PollBasis(
        Feed.Poll wanted,
        Instant at,
        FeedState.Why why,
        @Nullable Problem problem,
        @Nullable Long maxAgeSeconds,
        @Nullable Instant expires,
        @Nullable Instant retryAfter,
        FeedState.@Nullable Document document) {

    static PollBasis of(
            Feed feed,
            @Nullable FeedState before,
            PollOutcome outcome,
            Instant now,
            double chance,
            Duration defaultInterval) {
        var exchange = outcome.exchange();
        return new PollBasis(
                feed.poll(),
                now,
                why(before, outcome, now, chance, defaultInterval),
                outcome instanceof PollOutcome.Failed failed ? failed.problem() : null,
                exchange.maxAgeSeconds(),
                exchange.expires(),
                exchange.retryAfter(),
                outcome instanceof PollOutcome.Changed changed
                        ? changed.document()
                                .facts()
                                .document(
                                        changed.document().format(),
                                        changed.document().entries().size(),
                                        0,
                                        0)
                        : before == null ? null : before.document());
    }

    /** What was kept of the last poll; nothing if there was none, or it kept less. */
    static @Nullable PollBasis of(Feed feed, FeedState state) {
        var schedule = state.schedule();
        var response = state.response();
        return schedule.why() == null || schedule.lastPollAt() == null || response == null
                ? null
                : new PollBasis(
                        feed.poll(),
                        schedule.lastPollAt(),
                        schedule.why(),
                        state.lastError(),
                        response.maxAgeSeconds(),
                        response.expires(),
                        response.retryAfter(),
                        state.document());
    }

    private static FeedState.Why why(
            @Nullable FeedState before, PollOutcome outcome, Instant now, double chance, Duration defaultInterval) {
        var run = run(before, outcome.name(), now);
        double known = PollHistory.knownShare(outcome);
        double knownBefore = PollHistory.knownShareOfLast(before);
        var gap = PollHistory.expectedGap(before, outcome, now);
        return new FeedState.Why(
                chance,
                before == null ? 0 : before.counters().failureWeight(),
                run.size(),
                run.getLast(),
                interval(before, outcome, defaultInterval).toMillis(),
                known < 0 ? null : known,
                knownBefore < 0 ? null : knownBefore,
                PollHistory.onTime(before, now),
                outcome instanceof PollOutcome.Changed changed && changed.overrun(),
                gap == null ? null : gap.toMillis(),
                Math.max(0, PollHistory.silence(before, outcome, now).toMillis()));
    }

    /** When this outcome was met, and met before in a row, newest first. */
    private static List<Instant> run(@Nullable FeedState before, String outcome, Instant now) {
        var times = new java.util.ArrayList<Instant>(List.of(now));
        for (var poll : PollHistory.polls(before)) {
            if (!poll.outcome().equals(outcome)) {
                break;
            }
            times.add(poll.at());
        }
        return times;
    }

    private static Duration interval(@Nullable FeedState before, PollOutcome outcome, Duration defaultInterval) {
        if (!(outcome instanceof PollOutcome.Failed)) {
            return PollHistory.interval(before, defaultInterval);
        }
        var last = before == null ? null : before.schedule().intervalSeconds();
        return last == null ? Duration.ZERO : Duration.ofSeconds(last);
    }

    Duration interval() {
        return Duration.ofMillis(why.intervalMillis());
    }

    Duration silence() {
        return Duration.ofMillis(why.silenceMillis());
    }

    @Nullable
    Duration gap() {
        return why.gapMillis() == null ? null : Duration.ofMillis(why.gapMillis());
    }

    /** How many the document shows. */
    int entries() {
        return document == null ? 0 : document.items();
    }

    /** Whether hints of the feed and its server count. */
    boolean hints() {
        return !Boolean.FALSE.equals(wanted.honourHints());
    }

    /** Whether the same was said so many times over so long a time. */
    boolean said(int times, Duration surely) {
        var since = why.repeatedSince() == null ? at : why.repeatedSince();
        return why.repeated() >= times && Duration.between(since, at).compareTo(surely) >= 0;
    }
}
