package newswire.contract;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a WebSub hub said of a feed to any instance of the fetcher, or is to be told: the value of
 * {@link Topics#FEED_PUSHES}, by which it reaches the instance that the feed or the hub belongs to.
 *
 * @param at when it was said
 * @param callbackId of the subscription, as in {@link FeedState.WebSub#callbackId()}
 * @param leaseSeconds granted or asked for
 * @param reason of a denial
 * @param content of a push whose signature was right
 * @param request what the hub is to be told
 */
public record FeedPush(
        String schemaVersion,
        FeedId feedId,
        Kind kind,
        Instant at,
        String callbackId,
        @Nullable Long leaseSeconds,
        @Nullable String reason,
        @Nullable Content content,
        @Nullable Request request)
        implements NewsRecord {

    public static final String SCHEMA_VERSION = "1.0";

    /** What happened, or is to happen. */
    public enum Kind {
        /** The hub sent a document. */
        CONTENT,
        /** The hub made sure that a subscription is wanted. */
        SUBSCRIBED,
        /** The hub made sure that the end of a subscription is wanted. */
        UNSUBSCRIBED,
        /** The hub refused a subscription, or ended it. */
        DENIED,
        /** The hub is to be asked for a subscription. */
        SUBSCRIBE,
        /** The hub is to be asked to end a subscription. */
        UNSUBSCRIBE
    }

    /**
     * A pushed document.
     *
     * @param bytes of the body
     * @param sha256 of the body, in hex
     * @param body in base64; absent if it is too large for a record, and the feed has to be polled instead
     */
    public record Content(
            @Nullable String contentType,
            long bytes,
            String sha256,
            @Nullable String body) {}

    /**
     * A request to a hub, which whoever owns the hub's publisher scope makes.
     *
     * @param topic rel=self URL of the feed
     * @param partition of the feed's definition, where the answer goes
     */
    public record Request(URI hub, URI topic, int partition) {}
}
