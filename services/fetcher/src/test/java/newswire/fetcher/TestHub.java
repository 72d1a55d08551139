package newswire.fetcher;

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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A small WebSub hub on loopback: verifies intent as the recommendation says, and delivers what and how it is told. */
final class TestHub implements AutoCloseable {
    private static final String CHALLENGE = "abc.DEF-123";

    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();
    private final List<Call> verified = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, String>> subscriptions = new ConcurrentHashMap<>();
    private volatile long lease = 864_000;
    private volatile int answer = 202;
    private volatile boolean silent;

    /** What a subscriber answered. */
    record Call(int status, String contentType, String body) {}

    TestHub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        server.createContext("/hub", this::subscribe);
        server.createContext("/moved", this::moved);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    URI url() {
        return url("/hub");
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** Seconds that are granted, whatever is asked for. */
    void lease(long seconds) {
        lease = seconds;
    }

    /** What requests are answered with. */
    void answer(int status) {
        answer = status;
    }

    /** Takes requests and does nothing more. */
    void silent() {
        silent = true;
    }

    /** The forms of all requests of a mode. */
    List<Map<String, String>> asked(String mode) {
        return asked.stream().filter(form -> mode.equals(form.get("hub.mode"))).toList();
    }

    /** What the subscriber answered when asked whether it was meant. */
    List<Call> verified() {
        return List.copyOf(verified);
    }

    /** The last subscription that stands. */
    Optional<Map<String, String>> subscription(URI topic) {
        return asked.reversed().stream()
                .filter(form -> topic.toString().equals(form.get("hub.topic"))
                        && subscriptions.containsKey(form.get("hub.callback")))
                .findFirst();
    }

    int subscriptions() {
        return subscriptions.size();
    }

    private void moved(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Location", "/hub");
        exchange.sendResponseHeaders(308, -1);
        exchange.close();
    }

    private void subscribe(HttpExchange exchange) throws IOException {
        var form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        asked.add(form);
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
        if (answer < 300 && !silent) {
            verify(form);
        }
    }

    private void verify(Map<String, String> form) {
        var mode = form.getOrDefault("hub.mode", "");
        var call = get(
                form.getOrDefault("hub.callback", ""),
                Map.of(
                        "hub.mode",
                        mode,
                        "hub.topic",
                        form.getOrDefault("hub.topic", ""),
                        "hub.challenge",
                        CHALLENGE,
                        "hub.lease_seconds",
                        String.valueOf(lease)));
        verified.add(call);
        if (call.status() == 200 && call.body().equals(CHALLENGE)) {
            if (mode.equals("subscribe")) {
                subscriptions.put(form.getOrDefault("hub.callback", ""), form);
            } else {
                subscriptions.remove(form.getOrDefault("hub.callback", ""));
            }
        }
    }

    /** Asks the subscriber something. */
    Call get(String callback, Map<String, String> query) {
        var text = query.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return call(HttpRequest.newBuilder(URI.create(callback + "?" + text)).build());
    }

    /** Delivers, signed as agreed. */
    Call deliver(Map<String, String> subscription, String method, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return deliver(
                subscription.getOrDefault("hub.callback", ""),
                method + "="
                        + HexFormat.of().formatHex(hmac(method, bytes, subscription.getOrDefault("hub.secret", ""))),
                bytes);
    }

    /** Delivers, signed as you like, or not at all. */
    Call deliver(String callback, String signature, byte[] body) {
        var request = HttpRequest.newBuilder(URI.create(callback))
                .header("Content-Type", "application/rss+xml; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!signature.isEmpty()) {
            request.header("X-Hub-Signature", signature);
        }
        return call(request.build());
    }

    static byte[] hmac(String method, byte[] body, String secret) {
        try {
            var name = "Hmac" + method.toUpperCase(java.util.Locale.ROOT);
            var mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), name));
            return mac.doFinal(body);
        } catch (java.security.GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private Call call(HttpRequest request) {
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Call(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
        } catch (IOException ex) {
            return new Call(0, "", String.valueOf(ex.getMessage()));
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return new Call(0, "", "interrupted");
        }
    }

    private static Map<String, String> form(String text) {
        return Arrays.stream(text.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> URLDecoder.decode(field[0], StandardCharsets.UTF_8),
                        field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }
}
