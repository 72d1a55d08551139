package newswire.normalizer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import newswire.contract.DeadLetter;
import newswire.contract.NewsRecord;
import newswire.contract.RawArticle;
import newswire.contract.kafka.DeadLetters;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bytes → sightings for the ledger, or dead letters. */
final class RawArticleProcessor implements Processor<byte[], byte[], String, Object> {
    private static final Logger log = LoggerFactory.getLogger(RawArticleProcessor.class);

    private final Counters counters;
    private ProcessorContext<String, Object> context;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init first
    RawArticleProcessor(Counters counters) {
        this.counters = counters;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        switch (Encoding.decode(record.value(), RawArticle.class)) {
            case Decoded.Tombstone<RawArticle>() -> counters.count(Outcome.TOMBSTONE);
            case Decoded.Undecodable<RawArticle>(var reason, var detail) -> {
                counters.count(Outcome.UNDECODABLE);
                reject(record, DeadLetter.Stage.CONSUME, reason, detail);
            }
            case Decoded.Value<RawArticle>(var raw) -> normalize(record, raw);
        }
    }

    private void normalize(Record<byte[], byte[]> record, RawArticle raw) {
        switch (Normalizer.normalize(raw)) {
            case Normalizer.Normalized normalized -> {
                var scope = raw.feed().publisher().scope();
                context.forward(
                        new Record<>(
                                scope.value(),
                                Sighting.of(normalized, raw),
                                record.timestamp(),
                                lineage(record.headers())),
                        NormalizerTopology.LEDGER);
            }
            case Normalizer.Rejected(var code, var detail) -> {
                counters.count(Outcome.REJECTED);
                reject(record, DeadLetter.Stage.NORMALIZE, code, detail);
            }
        }
    }

    /** The trace goes on; the other headers are those of the raw article's own event. */
    private static Headers trace(Headers headers) {
        var kept = new RecordHeaders();
        for (var name : new String[] {"traceparent", "tracestate"}) {
            var header = headers.lastHeader(name);
            if (header != null) {
                kept.add(header);
            }
        }
        return kept;
    }

    /** The article's record tells where its raw article stands, so that anyone can look at what the feed gave. */
    private Headers lineage(Headers headers) {
        var kept = trace(headers);
        context.recordMetadata().ifPresent(place -> {
            kept.add("newswire-raw-partition", text(place.partition()));
            kept.add("newswire-raw-offset", text(place.offset()));
        });
        return kept;
    }

    private static byte[] text(long number) {
        return String.valueOf(number).getBytes(StandardCharsets.US_ASCII);
    }

    private void reject(Record<byte[], byte[]> record, DeadLetter.Stage stage, String reason, String detail) {
        var consumed = consumed(record);
        var now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        var letter = DeadLetters.of(consumed, NormalizerTopology.NAME, stage, reason, detail, now);
        var key = record.key() == null || letter.record() == null
                ? null
                : letter.record().key();
        NewsRecord value = letter;
        context.forward(
                new Record<>(
                        key == null ? letter.deadLetterId().toString() : key,
                        value,
                        record.timestamp(),
                        trace(record.headers())),
                NormalizerTopology.DEAD_LETTERS);
        log.warn(
                "Dead letter, reason={} topic={} partition={} offset={}",
                reason,
                consumed.topic(),
                consumed.partition(),
                consumed.offset());
    }

    private ConsumerRecord<byte[], byte[]> consumed(Record<byte[], byte[]> record) {
        var place = context.recordMetadata().orElseThrow();
        return new ConsumerRecord<>(
                place.topic(),
                place.partition(),
                place.offset(),
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
