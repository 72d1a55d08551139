package newswire.contract.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** From a poll over the headers of records to the row, and nothing at all while it is off. */
class TracesTests {
    private static final Instant THEN = Instant.parse("2026-05-01T12:00:00.123456Z");

    @Test
    void whatIsMeasuredWithinARecordsTraceCanNameIt() {
        try (var service =
                service("--management.tracing.export.enabled=true", "--management.tracing.sampling.probability=1")) {
            var traces = service.getBean(Traces.class);
            var tracer = service.getBean(Tracer.class);
            var headers = new RecordHeaders();
            headers.add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03".getBytes(UTF_8));
            var named = new java.util.ArrayList<String>();
            traces.within(headers, () -> {
                var context = requireNonNull(tracer.currentSpan()).context();
                named.add(context.traceId() + " " + context.spanId() + " " + context.sampled());
            });
            traces.within(new RecordHeaders(), () -> named.add(String.valueOf(tracer.currentSpan())));
            headers.remove("traceparent").add("traceparent", "nonsense".getBytes(UTF_8));
            traces.within(headers, () -> named.add(String.valueOf(tracer.currentSpan())));
            assertThat(named).containsExactly("0af7651916cd43dd8448eb211c80319c b7ad6b7169203331 true", "null", "null");
            assertThat(finished(service)).as("no span of its own").isEmpty();
        }
    }

    @Test
    void aTraceGoesFromThePollOverTheRecordsToTheRow() {
        try (var service =
                service("--management.tracing.export.enabled=true", "--management.tracing.sampling.probability=1")) {
            var traces = service.getBean(Traces.class);
            var raw = new RecordHeaders();
            try (var _ = traces.begin("poll", THEN)) {
                traces.write(raw);
            }
            var article = new RecordHeaders();
            try (var _ = traces.resume("normalize", raw)) {
                traces.write(article);
            }
            try (var _ = traces.resume("save", List.of(record(article), record(new RecordHeaders())))) {
                assertThat(service.getBean(Tracer.class).currentSpan()).isNull();
            }
            var spans = finished(service);
            assertThat(spans).extracting(SpanData::getName).containsExactly("poll", "normalize", "save");
            assertThat(spans)
                    .extracting(SpanData::getTraceId)
                    .containsOnly(text(raw).split("-", -1)[1]);
            assertThat(spans.get(1).getParentSpanId()).isEqualTo(spans.get(0).getSpanId());
            assertThat(spans.get(2).getParentSpanId()).isEqualTo(spans.get(1).getSpanId());
            assertThat(spans.getFirst().getStartEpochNanos())
                    .isEqualTo(TimeUnit.SECONDS.toNanos(THEN.getEpochSecond()) + THEN.getNano());
        }
    }

    @Test
    void whatIsNotSampledIsNotKeptButHandedOnSoThatNobodyBeginsItAgain() {
        try (var service =
                service("--management.tracing.export.enabled=true", "--management.tracing.sampling.probability=0")) {
            var traces = service.getBean(Traces.class);
            var raw = new RecordHeaders();
            try (var _ = traces.begin("poll", THEN)) {
                traces.write(raw);
            }
            try (var _ = traces.resume("normalize", raw)) {
                traces.write(raw);
            }
            assertThat(text(raw)).as("the last bit: sampled").matches(".*-0[02]");
            assertThat(finished(service)).isEmpty();
        }
    }

    @Test
    void offItMakesNothingAndLoadsNothing() {
        try (var service = service()) {
            assertThat(service.getBeanProvider(Tracer.class).stream()).isEmpty();
            assertThat(service.getBeanProvider(SdkTracerProvider.class).stream())
                    .isEmpty();
            var traces = service.getBean(Traces.class);
            assertThat(traces).isSameAs(Traces.OFF);
            assertThat(traces.begin("poll", THEN)).isSameAs(traces.begin("poll", THEN));
            var headers = new RecordHeaders();
            try (var work = traces.begin("poll", THEN)) {
                work.tag("feed", "1");
                traces.write(headers);
            }
            assertThat(headers).isEmpty();
            headers.add("traceparent", "00-1-2-01".getBytes(UTF_8));
            try (var _ = traces.resume("normalize", headers)) {
                traces.write(headers);
            }
            assertThat(text(headers)).isEqualTo("00-1-2-01");
        }
    }

    private static ConfigurableApplicationContext service(String... arguments) {
        return new SpringApplicationBuilder(Service.class)
                .web(WebApplicationType.NONE)
                .properties("spring.config.import=classpath:observation.yml", "spring.application.name=reader")
                .run(arguments);
    }

    private static List<SpanData> finished(ConfigurableApplicationContext service) {
        service.getBean(SdkTracerProvider.class).forceFlush().join(60, TimeUnit.SECONDS);
        return service.getBean(InMemorySpanExporter.class).getFinishedSpanItems();
    }

    private static String text(Headers headers) {
        return new String(requireNonNull(headers.lastHeader("traceparent")).value(), UTF_8);
    }

    private static ConsumerRecord<byte[], byte[]> record(Headers headers) {
        return new ConsumerRecord<>(
                "topic",
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                headers,
                java.util.Optional.empty());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = KafkaAutoConfiguration.class,
            excludeName = "newswire.contract.kafka.KafkaContractAutoConfiguration")
    static class Service {
        @Bean
        InMemorySpanExporter exporter() {
            return InMemorySpanExporter.create();
        }
    }
}
