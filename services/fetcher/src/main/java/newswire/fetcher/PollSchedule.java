package newswire.fetcher;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

/**
 * When to poll a feed next. It aims at an overlap of the documents, not at a frequency: what was mostly known is asked for
 * less often, what was mostly new more often. The same input always gives the same time, and every decision has its reasons.
 */
final class PollSchedule {
    private static final double MOSTLY_KNOWN = 0.67;
    private static final double HARDLY_KNOWN = 0.33;
    private static final Duration LARGEST_JITTER = Duration.ofMinutes(30);

    private final FetcherProperties.Poll settings;
    private final Backoff backoff;

    PollSchedule(FetcherProperties.Poll settings) {
        this.settings = settings;
        this.backoff = new Backoff(settings);
    }

    /**
     * A decision.
     *
     * @param interval before jitter
     * @param weight sum of the weights of the failures in a row
     * @param reasons most decisive first
     * @param why what it was made of
     */
    record Plan(
            Instant at,
            Duration interval,
            FeedState.Status status,
            double weight,
            List<String> reasons,
            FeedState.Why why) {
        Plan {
            reasons = List.copyOf(reasons);
        }

        /** The same with one more remark. */
        Plan with(String remark) {
            var all = new ArrayList<>(reasons);
            all.add(remark);
            return new Plan(at, interval, status, weight, all, why);
        }
    }

    /**
     * Decides.
     *
     * @param before absent at the first poll
     * @param chance from 0 to 1, for the jitter
     */
    Plan next(Feed feed, @Nullable FeedState before, PollOutcome outcome, Instant now, double chance) {
        return next(PollBasis.of(feed, before, outcome, now, chance, settings.defaultInterval()));
    }

    /** Decides, or decides once more. */
    Plan next(PollBasis basis) {
        return basis.problem() == null ? success(basis) : backoff.next(basis, basis.problem());
    }

    private Plan success(PollBasis basis) {
        var now = basis.at();
        var reasons = new ArrayList<String>();
        var hint = Hints.sum(basis, reasons);
        var interval = interval(basis, reasons);
        var bounded = bounded(basis.wanted(), interval, hint, reasons);
        var at = now.plus(jittered(bounded, basis.why().chance()));
        if (at.isBefore(now.plus(hint))) {
            at = now.plus(hint);
        }
        at = Hints.skipped(basis, at, reasons);
        return new Plan(at, bounded, FeedState.Status.ACTIVE, 0, reasons, basis.why());
    }

    private Duration interval(PollBasis basis, List<String> reasons) {
        var wanted = basis.wanted().intervalSeconds();
        if (wanted != null) {
            reasons.add("configured");
            return Duration.ofSeconds(wanted);
        }
        if (basis.why().overrun()) {
            reasons.add("window-overrun");
            return settings.floor();
        }
        var overlap = byOverlap(basis, reasons);
        var gap = basis.gap();
        var silence = basis.silence();
        var most = longest(silence);
        if (gap != null && silence.toDays() < 7) {
            var timely = clamp(
                    gap.dividedBy(2),
                    settings.defaultInterval(),
                    settings.ceiling().dividedBy(4));
            var safe = max(settings.floor(), untilFull(gap, basis.entries()));
            if (safe.compareTo(min(timely, overlap)) < 0) {
                reasons.addFirst("window");
                return safe;
            }
            if (timely.compareTo(overlap) < 0) {
                reasons.addFirst("expected-gap");
                return timely;
            }
        }
        if (most.compareTo(overlap) < 0) {
            reasons.addFirst("ceiling");
            return most;
        }
        return overlap;
    }

    /**
     * How long a window will surely not be filled by new entries: the longest time whose expected entries, and four standard
     * deviations more, are fewer than the window has room for.
     */
    private static Duration untilFull(Duration gap, int window) {
        double entries = Math.pow(Math.sqrt(window + 4.0) - 2, 2);
        return Duration.ofMillis((long) (gap.toMillis() * entries));
    }

    private Duration byOverlap(PollBasis basis, List<String> reasons) {
        var current = basis.interval();
        var last = basis.why().knownBefore();
        var known = basis.why().known();
        if (last == null || known == null || !basis.why().onTime()) {
            reasons.add("overlap-unknown");
            return current;
        }
        if (known >= MOSTLY_KNOWN && last >= MOSTLY_KNOWN) {
            reasons.add("mostly-known");
            boolean awake = basis.silence().toDays() < 31;
            return current.plus(
                    awake
                            ? settings.defaultInterval().dividedBy(3)
                            : settings.defaultInterval().multipliedBy(2));
        }
        if (known < HARDLY_KNOWN && last < HARDLY_KNOWN) {
            reasons.add("mostly-new");
            var shorter = current.minus(settings.defaultInterval().multipliedBy(2));
            return shorter.compareTo(settings.defaultInterval()) < 0
                    ? min(current.dividedBy(2), settings.defaultInterval())
                    : settings.defaultInterval();
        }
        reasons.add("overlap-good");
        return current;
    }

    private Duration longest(Duration silence) {
        long days = silence.toDays();
        return days >= 31
                ? settings.sleep()
                : days >= 30
                        ? settings.ceiling()
                        : days >= 14
                                ? settings.ceiling().dividedBy(2)
                                : settings.ceiling().dividedBy(4);
    }

    private Duration bounded(Feed.Poll wanted, Duration interval, Duration hint, List<String> reasons) {
        var floor = settings.floor();
        if (!hint.isZero() && hint.compareTo(floor) < 0) {
            floor = max(hint, min(settings.invitedFloor(), floor));
        }
        var own = wanted.intervalSeconds() != null ? Duration.ZERO : floor;
        if (wanted.minIntervalSeconds() != null) {
            own = max(own, Duration.ofSeconds(wanted.minIntervalSeconds()));
        }
        var result = max(interval, own);
        if (wanted.maxIntervalSeconds() != null) {
            result = min(result, max(own, Duration.ofSeconds(wanted.maxIntervalSeconds())));
        }
        if (hint.compareTo(result) > 0) {
            reasons.addFirst("hint");
            return hint;
        }
        return result;
    }

    private static Duration jittered(Duration interval, double chance) {
        double most = Math.min(interval.toMillis() * 0.1, (double) LARGEST_JITTER.toMillis());
        return interval.plusMillis((long) (most * (2 * chance - 1)));
    }

    static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Duration clamp(Duration value, Duration low, Duration high) {
        return max(low, min(value, high));
    }
}
