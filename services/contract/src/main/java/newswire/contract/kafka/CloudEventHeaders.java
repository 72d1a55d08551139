package newswire.contract.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import newswire.contract.Article;
import newswire.contract.DeadLetter;
import newswire.contract.Feed;
import newswire.contract.FeedPush;
import newswire.contract.FeedState;
import newswire.contract.NewsRecord;
import newswire.contract.RawArticle;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents 1.0 attributes as Kafka headers (Kafka protocol binding, binary mode). All of them follow from the record,
 * so a repeated send carries the same.
 */
final class CloudEventHeaders {
    private CloudEventHeaders() {}

    /**
     * Sets the attributes.
     *
     * @param source URI of the producer, as in {@code urn:newswire:fetcher}
     */
    static void add(Headers headers, NewsRecord value, String source) {
        var event = of(value);
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", event.id);
        put(headers, "ce_source", source);
        put(headers, "ce_type", "newswire." + event.type + ".v1");
        put(headers, "ce_time", event.time.toString());
        put(headers, "ce_subject", event.subject);
        put(headers, "ce_dataschema", "urn:newswire:schema:" + event.schema);
        put(headers, "ce_correlationid", event.correlation);
        put(headers, "ce_causationid", event.causation);
        put(headers, "content-type", "application/json");
    }

    private static Event of(NewsRecord value) {
        return switch (value) {
            case RawArticle raw ->
                new Event(
                        raw.rawId(),
                        "raw-article.captured",
                        raw.fetch().fetchedAt(),
                        raw.feed().feedId().toString(),
                        "raw-article:" + raw.schemaVersion(),
                        raw.fetch().fetchId(),
                        null);
            case Article article ->
                new Event(
                        article.id() + ":" + article.version(),
                        articleEvent(article),
                        article.versionCreated(),
                        article.id().toString(),
                        "article:" + article.standard().version(),
                        null,
                        article.provenance().rawId());
            case Feed feed ->
                new Event(
                        feed.feedId() + ":" + feed.revision(),
                        "feed.defined",
                        feed.updatedAt(),
                        feed.feedId().toString(),
                        "feed:" + feed.schemaVersion(),
                        null,
                        null);
            case FeedState state ->
                new Event(
                        state.feedId() + ":" + state.updatedAt(),
                        "feed-state.changed",
                        state.updatedAt(),
                        state.feedId().toString(),
                        "feed-state:" + state.schemaVersion(),
                        null,
                        null);
            case FeedPush push ->
                new Event(
                        push.feedId() + ":" + push.kind() + ":" + push.at(),
                        "feed-push.received",
                        push.at(),
                        push.feedId().toString(),
                        "feed-push:" + push.schemaVersion(),
                        null,
                        null);
            case DeadLetter letter ->
                new Event(
                        letter.deadLetterId().toString(),
                        "dead-letter.recorded",
                        letter.failedAt(),
                        letter.deadLetterId().toString(),
                        "dead-letter:" + letter.schemaVersion(),
                        null,
                        letter.refs() == null ? null : letter.refs().eventId());
        };
    }

    private static String articleEvent(Article article) {
        return switch (article.revision().kind()) {
            case INITIAL -> "article.published";
            case UPDATE, CORRECTION, REPROCESS -> "article.updated";
            case WITHDRAWAL -> "article.withdrawn";
        };
    }

    private static void put(Headers headers, String name, @Nullable String value) {
        headers.remove(name);
        if (value != null) {
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    private record Event(
            String id,
            String type,
            Instant time,
            String subject,
            String schema,
            @Nullable String correlation,
            @Nullable String causation) {}
}
