package newswire.store;

import java.nio.charset.StandardCharsets;
import newswire.contract.NewsRecord;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that can be read.
 *
 * @param value absent = what the key names is gone
 */
record Consumed<T extends NewsRecord>(String key, @Nullable T value, Lineage lineage) {

    static <T extends NewsRecord> Consumed<T> of(ConsumerRecord<byte[], byte[]> record, Class<T> type) {
        var key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        var value = Encoding.decode(record.value(), type) instanceof Decoded.Value<T>(var read) ? read : null;
        return new Consumed<>(key, value, Lineage.of(record));
    }
}
