package newswire.fetcher;

import java.net.URI;
import java.time.Instant;
import newswire.contract.Problem;
import org.jspecify.annotations.Nullable;

/** How one exchange with a feed's server ended. */
sealed interface FetchResult {

    /** What was said around the body. */
    Exchange exchange();

    /**
     * A body came.
     *
     * @param flaw code of what is wrong with it, such as an end that is missing; then it must not be asked for
     *     conditionally next time
     */
    record Modified(Exchange exchange, Body body, @Nullable String flaw) implements FetchResult {}

    /** 304: all as we know it. */
    record NotModified(Exchange exchange) implements FetchResult {}

    /** A body for which there is no room in our memory now, though nothing is wrong with it. */
    record PutOff(Exchange exchange) implements FetchResult {}

    /** No body that could be read. */
    record Failed(Exchange exchange, Problem problem) implements FetchResult {}

    /**
     * An exchange, redirects included.
     *
     * @param url that answered last
     * @param permanent where the leading permanent redirects led
     * @param status HTTP status, absent if none was received
     * @param etag verbatim
     * @param lastModified verbatim
     * @param links that bear on push
     * @param bytes of the decoded body
     */
    record Exchange(
            URI url,
            @Nullable URI permanent,
            @Nullable Integer status,
            @Nullable String etag,
            @Nullable String lastModified,
            @Nullable String contentType,
            @Nullable Long maxAgeSeconds,
            @Nullable Instant expires,
            @Nullable Instant retryAfter,
            @Nullable LinkHeader links,
            long bytes,
            long millis) {}

    /** Bytes, which a record must not hold. */
    final class Body {
        private final byte[] bytes;

        Body(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }
    }
}
