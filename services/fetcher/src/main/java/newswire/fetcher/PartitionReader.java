package newswire.fetcher;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import newswire.contract.Feed;
import newswire.contract.FeedId;
import newswire.contract.FeedState;
import newswire.contract.NewsRecord;
import newswire.contract.Topics;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;

/** Reads one partition of the two compacted topics from its beginning to its end. */
final class PartitionReader {
    private static final Logger log = LoggerFactory.getLogger(PartitionReader.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ConsumerFactory<byte[], byte[]> consumers;

    PartitionReader(ConsumerFactory<byte[], byte[]> consumers) {
        this.consumers = consumers;
    }

    /**
     * What a partition holds.
     *
     * @param next offset at which the reading of definitions has to go on
     */
    record Contents(Map<FeedId, Feed> feeds, Map<FeedId, Compact<FeedState>> states, long next) {
        Contents {
            feeds = Map.copyOf(feeds);
            states = Map.copyOf(states);
        }

        @Nullable
        FeedState state(FeedId feedId) {
            var state = states.get(feedId);
            return state == null ? null : state.unpack(FeedState.class);
        }
    }

    Contents read(int partition) {
        var feeds = new HashMap<FeedId, Feed>();
        var states = new HashMap<FeedId, Compact<FeedState>>();
        // Not a member of the group: it must not share the name that keeps partitions over a restart.
        try (var consumer =
                consumers.createConsumer("fetcher-reader", null, "-reader-" + partition, new Properties())) {
            long next = readAll(consumer, new TopicPartition(Topics.FEEDS, partition), record -> {
                keep(feeds, record, Feed.class, feed -> feed);
            });
            readAll(consumer, new TopicPartition(Topics.FEED_STATES, partition), record -> {
                keep(states, record, FeedState.class, Compact::of);
            });
            return new Contents(feeds, states, next);
        }
    }

    private static long readAll(Consumer<byte[], byte[]> consumer, TopicPartition from, Each each) {
        consumer.assign(List.of(from));
        consumer.seekToBeginning(List.of(from));
        long end = consumer.endOffsets(List.of(from), PATIENCE).getOrDefault(from, 0L);
        long heard = System.nanoTime();
        while (consumer.position(from, PATIENCE) < end) {
            var records = consumer.poll(Duration.ofMillis(500));
            records.forEach(each::take);
            if (!records.isEmpty()) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > PATIENCE.toNanos()) {
                throw new org.apache.kafka.common.errors.TimeoutException("no records of " + from + " before " + end);
            }
        }
        return consumer.position(from, PATIENCE);
    }

    private static <T extends NewsRecord, K> void keep(
            Map<FeedId, K> into,
            ConsumerRecord<byte[], byte[]> record,
            Class<T> type,
            java.util.function.Function<T, K> form) {
        var feedId = feedId(record);
        if (feedId == null) {
            return;
        }
        switch (Encoding.decode(record.value(), type)) {
            case Decoded.Value<T>(var value) -> into.put(feedId, form.apply(value));
            case Decoded.Tombstone<T> _ -> into.remove(feedId);
            case Decoded.Undecodable<T>(var reason, var detail) ->
                log.warn(
                        "Record passed over, reason={} topic={} partition={} offset={} detail={}",
                        reason,
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        detail);
        }
    }

    /** The key, or nothing if it is none of ours. */
    static @Nullable FeedId feedId(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.key() == null ? null : new FeedId(new String(record.key(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException ex) {
            log.warn("Record passed over, reason=bad-key topic={} offset={}", record.topic(), record.offset());
            return null;
        }
    }

    private interface Each {
        void take(ConsumerRecord<byte[], byte[]> record);
    }
}
