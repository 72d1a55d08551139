package newswire.normalizer;

import java.util.function.Function;
import newswire.contract.DeadLetter;
import newswire.contract.RawArticle;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Bytes → sightings for the ledger, or dead letters. */
final class RawArticleProcessor implements Processor<byte[], byte[], String, Object> {
    private final Counters counters;
    private final Function<RawArticle, Normalizer.Result> normalizer;
    private ProcessorContext<String, Object> context;
    private Rejects rejects;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init first
    RawArticleProcessor(Counters counters, Function<RawArticle, Normalizer.Result> normalizer) {
        this.counters = counters;
        this.normalizer = normalizer;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        rejects = new Rejects(processorContext);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var lineage = Lineage.of(record.headers(), context.recordMetadata().orElseThrow());
        switch (Encoding.decode(record.value(), RawArticle.class)) {
            case Decoded.Tombstone<RawArticle>() -> counters.count(Outcome.TOMBSTONE);
            case Decoded.Undecodable<RawArticle>(var reason, var detail) -> {
                counters.count(Outcome.UNDECODABLE);
                rejects.reject(record, lineage, DeadLetter.Stage.CONSUME, reason, detail);
            }
            case Decoded.Value<RawArticle>(var raw) -> normalize(record, lineage, raw);
        }
    }

    private void normalize(Record<byte[], byte[]> record, Headers lineage, RawArticle raw) {
        switch (normalizer.apply(raw)) {
            case Normalizer.Normalized normalized -> {
                var sighting = Sighting.of(normalized, raw, Lineage.isReplayed(record.headers()));
                context.forward(
                        new Record<>(
                                normalized.identity().scope().value(),
                                new Arrival(sighting, record),
                                record.timestamp(),
                                lineage),
                        NormalizerTopology.LEDGER);
            }
            case Normalizer.Rejected(var code, var detail) -> {
                counters.count(Outcome.REJECTED);
                rejects.reject(record, lineage, DeadLetter.Stage.NORMALIZE, code.toString(), detail);
            }
        }
    }
}
