package newswire.fetcher;

import java.time.Instant;
import java.util.Objects;
import newswire.contract.FeedState;

/**
 * The state that the broker has of a feed, as far as that decides whether it needs the next one.
 *
 * @param essence hash of all that a restart goes by; where two are the same by chance, the broker has the newer state later
 */
record Saved(Instant at, int essence) {
    static Saved of(FeedState state) {
        return new Saved(state.updatedAt(), essence(state));
    }

    boolean says(FeedState state) {
        return essence == essence(state);
    }

    private static int essence(FeedState state) {
        return Objects.hash(
                state.status(),
                state.definitionRevision(),
                state.validators(),
                state.seen(),
                state.websub(),
                state.url(),
                state.gaps(),
                state.rhythm() != null && state.rhythm().quietSince() != null,
                state.lastError(),
                state.counters().failureWeight());
    }
}
