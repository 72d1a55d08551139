package newswire.contract;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record that can never be processed, kept as it came: the value of {@link Topics#DEAD_LETTERS}.
 *
 * @param deadLetterId made of topic, partition, offset and consumer, so that a second delivery is the same dead letter
 * @param reason stable code: {@code undecodable}, {@code schema-violation}, {@code unsupported-version},
 *     {@code too-large}, {@code item-without-id} …
 * @param retryable whether a replay may help, after a change of code or configuration
 */
public record DeadLetter(
        String schemaVersion,
        UUID deadLetterId,
        Stage stage,
        String reason,
        Problem problem,
        @Nullable Failure exception,
        boolean retryable,
        int attempts,
        @Nullable Instant firstFailedAt,
        Instant failedAt,
        Application application,
        @Nullable Source record,
        Payload payload,
        @Nullable Refs refs)
        implements NewsRecord {

    public static final String SCHEMA_VERSION = "1.0";

    /** Where in the pipeline. */
    public enum Stage {
        FETCH,
        PARSE,
        PUBLISH,
        NORMALIZE,
        STORE,
        CONSUME
    }

    /**
     * What was thrown.
     *
     * @param stackTrace cut to 8 KiB
     */
    public record Failure(
            String className,
            @Nullable String message,
            @Nullable String causeClass,
            @Nullable String stackTrace) {}

    /** Who gave up. */
    public record Application(
            String name, @Nullable String version, @Nullable String instance) {}

    /**
     * Where the record stood.
     *
     * @param key UTF-8, or {@code base64:} and base64; absent if there was none, or one of over 16 KiB
     * @param headers in their order, up to 256 KiB
     */
    public record Source(
            String topic,
            int partition,
            long offset,
            @Nullable Instant timestamp,
            @Nullable String timestampType,
            @Nullable String key,
            @Nullable String consumerGroup,
            List<Header> headers) {
        public Source {
            headers = List.copyOf(headers);
        }
    }

    /** A header of the record: its value as text, or as base64 if it is not printable UTF-8; neither if it was null. */
    public record Header(
            String key, @Nullable String value, @Nullable String valueBase64) {}

    /**
     * The record's value, verbatim.
     *
     * @param mediaType as its {@code content-type} header said
     * @param encoding {@code utf-8} or {@code base64}
     * @param value absent if it was too large to keep
     * @param truncated whether it was too large to keep
     */
    public record Payload(
            @Nullable String mediaType,
            String encoding,
            @Nullable String value,
            long bytes,
            String sha256,
            boolean truncated) {}

    /** What the record was about, from its headers. */
    public record Refs(
            @Nullable FeedId feedId,
            @Nullable ArticleId articleId,
            @Nullable String eventId,
            @Nullable String eventType,
            @Nullable String traceparent) {}
}
