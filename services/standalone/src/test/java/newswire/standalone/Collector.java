package newswire.standalone;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes what services export by OTLP over HTTP. */
final class Collector implements AutoCloseable {
    private final HttpServer server;
    private final List<Work> spans = new CopyOnWriteArrayList<>();
    private final Set<String> metrics = ConcurrentHashMap.newKeySet();

    /** A span, and whose it is. */
    record Work(String service, Span span) {
        String name() {
            return service + " " + span.getName();
        }

        boolean isParentOf(Work other) {
            return other.span.getTraceId().equals(span.getTraceId())
                    && other.span.getParentSpanId().equals(span.getSpanId());
        }
    }

    Collector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        server.createContext("/v1/traces", exchange -> take(exchange, this::traces));
        server.createContext("/v1/metrics", exchange -> take(exchange, this::metrics));
        server.start();
    }

    private interface Reader {
        void read(byte[] body) throws InvalidProtocolBufferException;
    }

    private static void take(HttpExchange exchange, Reader reader) throws IOException {
        try (exchange) {
            reader.read(exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void traces(byte[] body) throws InvalidProtocolBufferException {
        for (var resource : ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
            var service = service(resource.getResource());
            resource.getScopeSpansList()
                    .forEach(scope -> scope.getSpansList().forEach(span -> spans.add(new Work(service, span))));
        }
    }

    private void metrics(byte[] body) throws InvalidProtocolBufferException {
        for (var resource : ExportMetricsServiceRequest.parseFrom(body).getResourceMetricsList()) {
            var service = service(resource.getResource());
            resource.getScopeMetricsList()
                    .forEach(scope ->
                            scope.getMetricsList().forEach(metric -> metrics.add(service + " " + metric.getName())));
        }
    }

    private static String service(Resource resource) {
        return resource.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("?");
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The spans so far, with their service before their name. */
    List<Work> spans() {
        return List.copyOf(spans);
    }

    /** The metrics so far, with their service before their name. */
    Set<String> metrics() {
        return Set.copyOf(metrics);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
