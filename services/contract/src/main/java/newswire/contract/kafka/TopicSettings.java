package newswire.contract.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import newswire.contract.Topics;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics as they are to be created. */
final class TopicSettings {
    private static final int DEAD_LETTER_PARTITIONS = 3;

    private TopicSettings() {}

    static List<NewTopic> of(KafkaContractProperties properties) {
        return List.of(
                topic(Topics.FEEDS, properties, compacted()),
                topic(Topics.FEED_STATES, properties, compacted()),
                topic(
                        Topics.FEED_PUSHES,
                        properties,
                        Map.of(
                                "cleanup.policy", "delete",
                                "retention.ms", millis(1),
                                "retention.bytes", "268435456",
                                "max.message.bytes", "4194304")),
                topic(
                        Topics.RAW_ARTICLES,
                        properties,
                        Map.of(
                                "cleanup.policy", "delete",
                                "retention.ms", millis(14),
                                "compression.type", "zstd",
                                "max.message.bytes", "4194304")),
                topic(
                        Topics.ARTICLES,
                        properties,
                        Map.of(
                                "cleanup.policy", "compact,delete",
                                "retention.ms", millis(90),
                                "min.compaction.lag.ms", millis(7),
                                "delete.retention.ms", millis(7),
                                "max.message.bytes", "4194304")),
                topic(
                        Topics.DEAD_LETTERS,
                        properties,
                        Map.of(
                                "cleanup.policy", "delete",
                                "retention.ms", millis(30),
                                "max.message.bytes", "8388608")));
    }

    /** Read from the beginning at every start, so kept short; deletions stay visible for a week. */
    private static Map<String, String> compacted() {
        return Map.of(
                "cleanup.policy", "compact",
                "min.cleanable.dirty.ratio", "0.1",
                "segment.ms", String.valueOf(Duration.ofHours(1).toMillis()),
                "max.compaction.lag.ms", millis(1),
                "delete.retention.ms", millis(7));
    }

    private static NewTopic topic(String name, KafkaContractProperties properties, Map<String, String> settings) {
        var all = new TreeMap<>(settings);
        all.put("min.insync.replicas", String.valueOf(properties.minInsyncReplicas()));
        // A publisher's date as record time would let retention delete an old story at once.
        all.put("message.timestamp.type", "LogAppendTime");
        int partitions = name.equals(Topics.DEAD_LETTERS) ? DEAD_LETTER_PARTITIONS : properties.partitions();
        return new NewTopic(name, partitions, properties.replicationFactor()).configs(all);
    }

    private static String millis(int days) {
        return String.valueOf(Duration.ofDays(days).toMillis());
    }
}
