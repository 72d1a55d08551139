package newswire.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A WebSub hub on loopback that does as it is asked. */
final class Hub implements AutoCloseable {
    private static final String LEASE = "864000";

    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Map<String, String>> subscriptions = new ConcurrentHashMap<>();

    Hub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::subscribe);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Sends a document of RSS to whoever subscribed. Returns the status of the answer, 0 if nobody did. */
    int push(String topic, byte[] document) throws InterruptedException {
        var subscription = subscriptions.get(topic);
        if (subscription == null) {
            return 0;
        }
        var signature = "sha256=" + signature(document, subscription.getOrDefault("hub.secret", ""));
        return call(HttpRequest.newBuilder(URI.create(subscription.getOrDefault("hub.callback", "")))
                        .header("Content-Type", "application/rss+xml; charset=utf-8")
                        .header("X-Hub-Signature", signature)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(document))
                        .build())
                .statusCode();
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }

    private void subscribe(HttpExchange exchange) throws IOException {
        var form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(202, -1);
        exchange.close();
        var question = Map.of(
                        "hub.mode",
                        form.getOrDefault("hub.mode", ""),
                        "hub.topic",
                        form.getOrDefault("hub.topic", ""),
                        "hub.challenge",
                        "really",
                        "hub.lease_seconds",
                        LEASE)
                .entrySet()
                .stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var callback = URI.create(form.getOrDefault("hub.callback", "") + "?" + question);
        try {
            if (call(HttpRequest.newBuilder(callback).build()).body().equals("really")) {
                subscriptions.put(form.getOrDefault("hub.topic", ""), form);
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<String> call(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException ex) {
            throw new UncheckedIOException("the subscriber does not answer", ex);
        }
    }

    private static String signature(byte[] document, String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(document));
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("every JDK has HmacSHA256", ex);
        }
    }

    private static Map<String, String> form(String text) {
        return Arrays.stream(text.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> URLDecoder.decode(field[0], StandardCharsets.UTF_8),
                        field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }
}
