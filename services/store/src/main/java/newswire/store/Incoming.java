package newswire.store;

import java.nio.charset.StandardCharsets;
import newswire.contract.Article;
import newswire.contract.ArticleId;
import newswire.contract.DeadLetter;
import newswire.contract.Feed;
import newswire.contract.FeedId;
import newswire.contract.FeedState;
import newswire.contract.NewsRecord;
import newswire.contract.Topics;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A consumed record and what its bytes say.
 *
 * @param key empty if the record has none
 */
record Incoming(ConsumerRecord<byte[], byte[]> record, String key, Decoded<? extends NewsRecord> value) {

    /** Reads a record; never throws for what its bytes are. A record under another key than its own is not readable. */
    static Incoming of(ConsumerRecord<byte[], byte[]> record) {
        var key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        return new Incoming(record, key, checked(key, record));
    }

    private static Decoded<? extends NewsRecord> checked(String key, ConsumerRecord<byte[], byte[]> record) {
        var value = Encoding.decode(record.value(), type(record.topic()));
        try {
            var expected = key(value, key, record.topic());
            return expected.equals(key)
                    ? value
                    : new Decoded.Undecodable<>("bad-key", "the key is '" + key + "', not '" + expected + "'");
        } catch (IllegalArgumentException ex) {
            return new Decoded.Undecodable<>("schema-violation", "no id: " + ex.getMessage());
        }
    }

    private static String key(Decoded<? extends NewsRecord> value, String key, String topic) {
        return switch (value) {
            case Decoded.Value<? extends NewsRecord>(Article article) ->
                article.id().toString();
            case Decoded.Value<? extends NewsRecord>(Feed feed) -> feed.feedId().toString();
            case Decoded.Value<? extends NewsRecord>(FeedState state) ->
                state.feedId().toString();
            case Decoded.Tombstone<? extends NewsRecord>() ->
                topic.equals(Topics.ARTICLES)
                        ? new ArticleId(key).toString()
                        : topic.equals(Topics.DEAD_LETTERS) ? key : new FeedId(key).toString();
            case Decoded.Value<? extends NewsRecord> _, Decoded.Undecodable<? extends NewsRecord> _ -> key;
        };
    }

    private static Class<? extends NewsRecord> type(String topic) {
        return switch (topic) {
            case Topics.ARTICLES -> Article.class;
            case Topics.FEEDS -> Feed.class;
            case Topics.FEED_STATES -> FeedState.class;
            default -> DeadLetter.class;
        };
    }

    TopicPartition partition() {
        return new TopicPartition(record.topic(), record.partition());
    }

    long offset() {
        return record.offset();
    }

    /** The article that it brings, if it is one. */
    @Nullable
    Article article() {
        return value instanceof Decoded.Value<? extends NewsRecord>(Article article) ? article : null;
    }

    /** For the table of a topic, if it is of that topic and can be read. */
    <T extends NewsRecord> @Nullable Consumed<T> consumed(String topic, Class<T> type) {
        if (!record.topic().equals(topic)) {
            return null;
        }
        return switch (value) {
            case Decoded.Value<? extends NewsRecord>(var read) ->
                new Consumed<>(key, type.cast(read), Lineage.of(record));
            case Decoded.Tombstone<? extends NewsRecord>() -> new Consumed<>(key, null, Lineage.of(record));
            case Decoded.Undecodable<? extends NewsRecord> _ -> null;
        };
    }
}
