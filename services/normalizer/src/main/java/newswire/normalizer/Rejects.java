package newswire.normalizer;

import java.time.Instant;
import java.util.Optional;
import newswire.contract.DeadLetter;
import newswire.contract.NewsRecord;
import newswire.contract.Topics;
import newswire.contract.kafka.DeadLetters;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends raw records that nothing can be made of to the dead letters, as they came, in the transaction of the rest. */
final class Rejects {
    private static final Logger log = LoggerFactory.getLogger(Rejects.class);

    private final ProcessorContext<String, ? super NewsRecord> context;

    Rejects(ProcessorContext<String, ? super NewsRecord> context) {
        this.context = context;
    }

    /** Rejects. What is only read again was rejected when it came, or is known: it makes no second dead letter. */
    void reject(Record<byte[], byte[]> record, Headers lineage, DeadLetter.Stage stage, String reason, String detail) {
        if (Lineage.isReplayed(record.headers())) {
            log.info("Read again and rejected, reason={}", reason);
            return;
        }
        var consumed = consumed(record, lineage);
        var now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        var letter = DeadLetters.of(consumed, NormalizerTopology.NAME, stage, reason, detail, now);
        var key = record.key() == null || letter.record() == null
                ? null
                : letter.record().key();
        context.forward(
                new Record<>(
                        key == null ? letter.deadLetterId().toString() : key,
                        letter,
                        record.timestamp(),
                        Lineage.trace(record.headers())),
                NormalizerTopology.DEAD_LETTERS);
        log.warn(
                "Dead letter, reason={} topic={} partition={} offset={}",
                reason,
                consumed.topic(),
                consumed.partition(),
                consumed.offset());
    }

    private static ConsumerRecord<byte[], byte[]> consumed(Record<byte[], byte[]> record, Headers lineage) {
        return new ConsumerRecord<>(
                Topics.RAW_ARTICLES,
                (int) Lineage.number(lineage, Lineage.PARTITION),
                Lineage.number(lineage, Lineage.OFFSET),
                record.timestamp(),
                TimestampType.LOG_APPEND_TIME,
                size(record.key()),
                size(record.value()),
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty());
    }

    private static int size(byte @Nullable [] bytes) {
        return bytes == null ? ConsumerRecord.NULL_SIZE : bytes.length;
    }
}
