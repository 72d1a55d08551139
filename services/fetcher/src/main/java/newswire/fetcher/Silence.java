package newswire.fetcher;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
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
                changed.count(SeenEntries.Kind.NEW) == 0
                        ? nothingNew(was, now)
                        : dated(was, arrived(was, now), newest(changed, now));
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
        return quiet(was, was.lastNewAt().plus(patience(was.longSeconds())), now);
    }

    private static Duration patience(long longSeconds) {
        return PollSchedule.max(SHORTEST, Duration.ofSeconds(TIMES * longSeconds));
    }

    private static FeedState.Rhythm quiet(FeedState.Rhythm rhythm, Instant since, Instant now) {
        return since.isAfter(now)
                ? rhythm
                : new FeedState.Rhythm(
                        rhythm.lastNewAt(), rhythm.arrivals(), rhythm.expectedSeconds(), rhythm.longSeconds(), since);
    }

    /** What seems new is not, where all dates are as old as that. */
    private static FeedState.Rhythm dated(
            FeedState.@Nullable Rhythm was, FeedState.Rhythm arrived, @Nullable Instant newest) {
        if (was == null || was.longSeconds() == null || was.arrivals() <= FEWEST_GAPS || newest == null) {
            return arrived;
        }
        return quiet(arrived, newest.plus(patience(was.longSeconds())), arrived.lastNewAt());
    }

    /** The latest date of a document, if its entries have any; what is announced for the future does not count. */
    private static @Nullable Instant newest(PollOutcome.Changed changed, Instant now) {
        return changed.sightings().stream()
                .map(sighting -> sighting.entry().facts().publishedAt())
                .filter(date -> date != null && !date.isAfter(now))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
