package newswire.fetcher;

import java.time.Duration;
import java.time.Instant;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

/**
 * How often a feed brings something new, and when it has been silent for far longer than it ever is. Two numbers a feed: the
 * mean, and an estimate of the 95th percentile that goes up by much after a longer time and down by little after a shorter.
 */
final class Silence {
    private static final int FEWEST_GAPS = 5;
    private static final int EXACT_GAPS = 20;
    private static final double UP = 1.2;
    private static final double DOWN = 0.99; // 1.2 once is undone by 0.99 nineteen times: one of twenty is longer
    private static final int TIMES = 3;
    private static final Duration SHORTEST = Duration.ofHours(12); // nights are nothing strange

    private Silence() {}

    /** The rhythm after a poll. What does not answer is not quiet but broken, which its failures tell. */
    static FeedState.@Nullable Rhythm of(@Nullable FeedState before, PollOutcome outcome, Instant now) {
        var was = before == null ? null : before.rhythm();
        return switch (outcome) {
            case PollOutcome.Failed _ -> was;
            case PollOutcome.Unchanged _ -> nothingNew(was, now);
            case PollOutcome.Changed changed ->
                changed.count(SeenEntries.Kind.NEW) == 0 ? nothingNew(was, now) : arrived(was, now);
        };
    }

    static FeedState.Rhythm arrived(FeedState.@Nullable Rhythm was, Instant now) {
        if (was == null) {
            return new FeedState.Rhythm(now, 1, null, null, null);
        }
        long gap = Math.max(1, Duration.between(was.lastNewAt(), now).toSeconds());
        int gaps = was.arrivals();
        long expected = was.expectedSeconds() == null
                ? gap
                : was.expectedSeconds() + (gap - was.expectedSeconds()) / Math.min(gaps, EXACT_GAPS);
        return new FeedState.Rhythm(now, gaps + 1, expected, longer(was.longSeconds(), gap, gaps), null);
    }

    /** Of the first twenty the longest; from there on it drifts to where one of twenty is longer. */
    private static long longer(@Nullable Long was, long gap, int gaps) {
        if (was == null || gaps <= EXACT_GAPS) {
            return Math.max(was == null ? 0 : was, gap);
        }
        return gap > was ? Math.min(gap, Math.round(was * UP)) : Math.max(gap, Math.round(was * DOWN));
    }

    private static FeedState.@Nullable Rhythm nothingNew(FeedState.@Nullable Rhythm was, Instant now) {
        if (was == null || was.longSeconds() == null || was.arrivals() <= FEWEST_GAPS) {
            return was;
        }
        var patience = PollSchedule.max(SHORTEST, Duration.ofSeconds(TIMES * was.longSeconds()));
        var since = was.lastNewAt().plus(patience);
        return since.isAfter(now)
                ? was
                : new FeedState.Rhythm(
                        was.lastNewAt(), was.arrivals(), was.expectedSeconds(), was.longSeconds(), since);
    }
}
