package newswire.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import newswire.contract.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where a row came from.
 *
 * @param topic of the record that says it
 * @param rawTopic of the raw article behind it, if its record tells where that stands
 * @param rawPartition of the raw article behind it, if its record tells
 * @param rawOffset of the raw article behind it, if its record tells
 * @param recorded when the topic took the record
 */
record Lineage(
        String topic,
        int partition,
        long offset,
        @Nullable String rawTopic,
        @Nullable Integer rawPartition,
        @Nullable Long rawOffset,
        Instant recorded) {

    static Lineage of(ConsumerRecord<byte[], byte[]> record) {
        var partition = number(record, "newswire-raw-partition");
        return new Lineage(
                record.topic(),
                record.partition(),
                record.offset(),
                partition == null ? null : Topics.RAW_ARTICLES,
                partition == null ? null : partition.intValue(),
                number(record, "newswire-raw-offset"),
                Instant.ofEpochMilli(record.timestamp()));
    }

    private static @Nullable Long number(ConsumerRecord<byte[], byte[]> record, String header) {
        var found = record.headers().lastHeader(header);
        if (found == null || found.value() == null) {
            return null;
        }
        var text = new String(found.value(), StandardCharsets.UTF_8);
        return text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }
}
