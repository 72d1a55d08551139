package newswire.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that decides what a farm shows at what time: the same plan shows the same.
 *
 * @param feeds how many, numbered from 0
 * @param gap mean time between two entries of a feed; feeds lie between a quarter and the fourfold of it
 * @param window entries a document, at the smallest feed; others show up to the double
 * @param trouble share of requests that are answered in a way of {@link #TROUBLES}, 0 to 1
 * @param start when every document is full for the first time
 */
record FarmPlan(long seed, int feeds, Duration gap, int window, double trouble, Instant start) {
    /** Ways that pass by themselves. */
    private static final List<Mischief> TROUBLES = List.of(
            Mischief.SERVER_ERROR,
            Mischief.UNAVAILABLE,
            Mischief.RESET,
            Mischief.MALFORMED,
            Mischief.GZIP_CUT,
            Mischief.LENGTH_TOO_LONG,
            Mischief.BAD_GATEWAY);

    FarmFeed feed(int number) {
        var dice = dice(number, 1);
        var syntaxes = FarmFeed.Syntax.values();
        var validators = FarmFeed.Validation.values();
        double stretch = Math.pow(4, 2 * unit(dice(number, 2)) - 1);
        return new FarmFeed(
                number,
                dice(number, 0),
                syntaxes[(int) Long.remainderUnsigned(dice, syntaxes.length)],
                validators[(int) Long.remainderUnsigned(dice >>> 8, validators.length)],
                (dice >>> 16 & 1) == 0,
                Duration.ofMillis((long) (gap.toMillis() * stretch)),
                window + (int) Long.remainderUnsigned(dice >>> 24, window + 1L),
                start);
    }

    /** What a feed does instead of answering its nth request. */
    Optional<Mischief> trouble(int feed, long visit) {
        var dice = dice(feed, 1_000_000 + visit);
        return unit(dice) < trouble
                ? Optional.of(TROUBLES.get((int) Long.remainderUnsigned(mix(dice), TROUBLES.size())))
                : Optional.empty();
    }

    private long dice(int feed, long throwNumber) {
        return mix(mix(seed + feed) + throwNumber);
    }

    /** From 0 to 1. */
    static double unit(long dice) {
        return (dice >>> 11) * 0x1.0p-53;
    }

    /** The finalizer of SplitMix64. */
    static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
