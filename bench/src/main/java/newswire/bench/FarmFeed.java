package newswire.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One feed of a farm: which entries it shows at a time is a function of that time.
 *
 * @param gap mean time between two entries
 * @param window entries in a document
 * @param start when the document is full for the first time
 */
record FarmFeed(
        int number,
        long seed,
        Syntax syntax,
        Validation validation,
        boolean gzip,
        Duration gap,
        int window,
        Instant start) {

    private static final double CORRECTED = 0.03;

    /** The same with other validators. */
    FarmFeed with(Validation offered) {
        return new FarmFeed(number, seed, syntax, offered, gzip, gap, window, start);
    }

    /** The entries of the document at a time, newest first. */
    List<FarmEntry> entries(Instant now) {
        long newest = newest(now);
        var entries = new ArrayList<FarmEntry>();
        for (long k = newest; k > newest - window && k >= 0; k--) {
            entries.add(new FarmEntry(number, seed, k, revision(k, now), published(k)));
        }
        return entries;
    }

    /** When entry k comes: one a gap, anywhere inside it. */
    Instant published(long k) {
        double inGap = 0.9 * FarmPlan.unit(FarmPlan.mix(seed + k));
        return start.plusMillis((long) ((k - window + inGap) * gap.toMillis()));
    }

    private long newest(Instant now) {
        long k = Duration.between(start, now).dividedBy(Duration.ofMillis(1)) / gap.toMillis() + window;
        return published(k).isAfter(now) ? k - 1 : k;
    }

    /** Some entries are corrected, one and a half gaps after they came. */
    private int revision(long k, Instant now) {
        boolean corrected = FarmPlan.unit(FarmPlan.mix(seed ^ ~k)) < CORRECTED;
        return corrected && !now.isBefore(published(k).plus(gap.multipliedBy(3).dividedBy(2))) ? 2 : 1;
    }

    /** How a feed's document is written. */
    enum Syntax {
        RSS,
        RDF,
        ATOM,
        JSON
    }

    /** What a feed offers for conditional requests. */
    enum Validation {
        BOTH,
        ETAG,
        LAST_MODIFIED,
        NONE
    }
}
