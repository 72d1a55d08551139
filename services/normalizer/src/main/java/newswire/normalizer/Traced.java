package newswire.normalizer;

import newswire.contract.operation.Traces;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Lets all that is made of a raw article within its processing go on with its trace. */
final class Traced implements Processor<byte[], byte[], String, Object> {
    private final Processor<byte[], byte[], String, Object> work;
    private final Traces traces;

    Traced(Processor<byte[], byte[], String, Object> work, Traces traces) {
        this.work = work;
        this.traces = traces;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        work.init(context);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try (var _ = traces.resume(NormalizerTopology.NORMALIZE, record.headers())) {
            var headers = new RecordHeaders(record.headers());
            traces.write(headers);
            work.process(record.withHeaders(headers));
        }
    }

    @Override
    public void close() {
        work.close();
    }
}
