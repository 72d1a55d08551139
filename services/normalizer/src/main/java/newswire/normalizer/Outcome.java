package newswire.normalizer;

import java.util.Locale;

/** What became of a raw article; each has exactly one. */
enum Outcome {
    PUBLISHED,
    /** Nothing material changed since the last revision. */
    UNCHANGED,
    /** Another feed of the publisher shows an article that is known. */
    OBSERVED,
    /** A change that comes sooner than its feed's {@code updates.minSeconds} allows: held, and published when it may be. */
    DEFERRED,
    REJECTED,
    UNDECODABLE,
    TOMBSTONE;

    /** The value of the metric's label. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
