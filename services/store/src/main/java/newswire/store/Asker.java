package newswire.store;

import org.jspecify.annotations.Nullable;

/** Who asks, as far as it can be told. */
sealed interface Asker permits Caller, Asker.Nobody, Asker.Unclear {
    /**
     * Somebody unknown.
     *
     * @param error of RFC 6750; absent if nothing was shown
     */
    record Nobody(@Nullable String error, String detail) implements Asker {}

    /** Whoever would know does not answer. */
    record Unclear(String code, String detail) implements Asker {}
}
