package newswire.contract.operation;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Traces from a poll to the rows that come of it, handed on as W3C trace context in the headers of records. They begin at
 * polls only: a record without a context is not traced.
 */
public final class Traces {
    /** Nothing is traced, and nothing is made. */
    public static final Traces OFF = new Traces(false, Tracer.NOOP, Propagator.NOOP);

    /** Version, trace, span, flags. */
    private static final String W3C = "00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}";

    private static final Work NOTHING = new Work(List.of(), null);

    private final boolean on;
    private final Tracer tracer;
    private final Propagator propagator;

    Traces(Tracer tracer, Propagator propagator) {
        this(true, tracer, propagator);
    }

    private Traces(boolean on, Tracer tracer, Propagator propagator) {
        this.on = on;
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /**
     * Begins a trace.
     *
     * @param since when its work began
     */
    public Work begin(String name, Instant since) {
        if (!on) {
            return NOTHING;
        }
        var micros = TimeUnit.SECONDS.toMicros(since.getEpochSecond()) + since.getNano() / 1_000;
        var span = tracer.spanBuilder()
                .setNoParent()
                .name(name)
                .startTimestamp(micros, TimeUnit.MICROSECONDS)
                .start();
        return new Work(List.of(span), tracer.withSpan(span));
    }

    /** Goes on with the trace of a record on this thread, if it has one. */
    public Work resume(String name, Headers headers) {
        var span = resumed(name, headers);
        return span == null ? NOTHING : new Work(List.of(span), tracer.withSpan(span));
    }

    /** Goes on with the traces of those records that have one. */
    public Work resume(String name, Iterable<? extends ConsumerRecord<?, ?>> records) {
        if (!on) {
            return NOTHING;
        }
        var spans = StreamSupport.stream(records.spliterator(), false)
                .map(record -> resumed(name, record.headers()))
                .filter(Objects::nonNull)
                .toList();
        return spans.isEmpty() ? NOTHING : new Work(spans, null);
    }

    private @Nullable Span resumed(String name, Headers headers) {
        if (!on || headers.lastHeader("traceparent") == null) {
            return null;
        }
        return propagator.extract(headers, Traces::read).name(name).start();
    }

    /** Measures as a part of a record's trace, so that what was measured can name it (an exemplar). */
    public void within(Headers headers, Runnable measuring) {
        var context = on ? read(headers, "traceparent") : null;
        if (context == null || !context.matches(W3C)) {
            measuring.run();
            return;
        }
        var part = context.split("-", -1);
        boolean sampled = (Integer.parseInt(part[3], 16) & 1) == 1; // there are other flags
        var of = tracer.traceContextBuilder().traceId(part[1]).spanId(part[2]).sampled(sampled);
        try (var _ = tracer.currentTraceContext().newScope(of.build())) {
            measuring.run();
        }
    }

    private static @Nullable String read(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Lets whoever reads the record go on with the trace of what this thread does. */
    public void write(Headers headers) {
        var span = on ? tracer.currentSpan() : null;
        if (span != null) {
            propagator.inject(span.context(), headers, Traces::put);
        }
    }

    private static void put(@Nullable Headers headers, String name, String value) {
        Objects.requireNonNull(headers).remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** What is being done, in as many traces as it belongs to; it ends where it is closed. */
    public static final class Work implements AutoCloseable {
        private final List<Span> spans;
        private final Tracer.@Nullable SpanInScope scope;

        private Work(List<Span> spans, Tracer.@Nullable SpanInScope scope) {
            this.spans = spans;
            this.scope = scope;
        }

        /** Says what it was about. */
        public void tag(String name, String value) {
            spans.forEach(span -> span.tag(name, value));
        }

        @Override
        public void close() {
            if (scope != null) {
                scope.close();
            }
            spans.forEach(Span::end);
        }
    }
}
