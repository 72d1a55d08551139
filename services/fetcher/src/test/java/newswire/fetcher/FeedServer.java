package newswire.fetcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A web server with feeds, on loopback. It answers by path, remembers what it was asked, and honours entity tags. */
final class FeedServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();

    /** What a path answers. */
    record Page(int status, Map<String, String> headers, String body) {}

    /** One request. */
    record Asked(Instant at, String path, Map<String, String> headers, int answered) {}

    FeedServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    void feed(String path, String body) {
        var tag = "\"" + Integer.toHexString(body.hashCode()) + "\"";
        pages.put(path, new Page(200, Map.of("Content-Type", "application/rss+xml", "ETag", tag), body));
    }

    void page(String path, int status, Map<String, String> headers, String body) {
        pages.put(path, new Page(status, headers, body));
    }

    /** Lets requests for a path wait until the latch is open. */
    CountDownLatch hold(String path) {
        return held.computeIfAbsent(path, _ -> new CountDownLatch(1));
    }

    List<Asked> asked(String path) {
        return asked.stream().filter(one -> one.path().equals(path)).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().toString();
        var page = pages.getOrDefault(path, new Page(404, Map.of(), "nothing here"));
        var tag = page.headers().get("ETag");
        boolean known = tag != null && tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
        int status = known ? 304 : page.status();
        var headers = new ConcurrentHashMap<String, String>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        asked.add(new Asked(Instant.now(), path, headers, status));
        await(held.get(path));
        page.headers().forEach(exchange.getResponseHeaders()::set);
        var body = page.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, known || body.length == 0 ? -1 : body.length);
        if (!known) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static void await(@Nullable CountDownLatch latch) {
        try {
            if (latch != null) {
                latch.await();
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** RSS with entries of these names. */
    static String rss(String... names) {
        var items = new StringBuilder();
        for (var name : names) {
            items.append("""
                    <item><title>%1$s</title><link>https://news.example/%1$s</link><guid isPermaLink="false">%1$s</guid></item>
                    """.formatted(name));
        }
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <rss version="2.0"><channel><title>News</title><link>https://news.example/</link>
                <description>All of it</description>
                %s</channel></rss>
                """.formatted(items);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
