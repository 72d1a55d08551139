package newswire.fetcher;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

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

    /** Validators of a document whose entries are all known cost one answer if they are lost, and each of them a record if not. */
    private static @Nullable Object trust(FeedState.@Nullable Validators validators) {
        return validators == null
                ? null
                : Arrays.asList(validators.url(), validators.probe(), validators.distrustedSince());
    }

    private static int essence(FeedState state) {
        return Objects.hash(
                state.status(),
                state.definitionRevision(),
                trust(state.validators()),
                state.seen(),
                state.websub(),
                state.url(),
                state.gaps(),
                state.rhythm() != null && state.rhythm().quietSince() != null,
                state.lastError(),
                state.counters().failureWeight());
    }
}
