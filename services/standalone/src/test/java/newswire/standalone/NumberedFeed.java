package newswire.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A feed that knows what it has shown: numbered entries, all in its window, each corrected at most once. */
final class NumberedFeed implements AutoCloseable {
    private final HttpServer server;
    private final TreeMap<Integer, Integer> editions = new TreeMap<>();
    private final AtomicInteger polls = new AtomicInteger();

    NumberedFeed() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        server.createContext("/feed", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/feed");
    }

    /** Where an entry's page would be. */
    String link(int number) {
        return url() + "/" + number;
    }

    /** Adds an entry. @return its number */
    synchronized int add() {
        int number = editions.size();
        editions.put(number, 1);
        return number;
    }

    /** Corrects the oldest entry that never was. */
    synchronized void correctOne() {
        editions.entrySet().stream()
                .filter(entry -> entry.getValue() == 1)
                .findFirst()
                .ifPresent(entry -> entry.setValue(2));
    }

    synchronized Map<Integer, Integer> editions() {
        return Map.copyOf(editions);
    }

    /** The titles that an entry may have had, in order; which of them were polled is chance, but for the last. */
    static List<String> titles(int number, int edition) {
        var titles = new ArrayList<String>();
        for (int each = 1; each <= edition; each++) {
            titles.add("Entry " + word(number) + " edition " + each);
        }
        return titles;
    }

    /** Finds the entry in a search, and no other. */
    static String word(int number) {
        return "nr" + number + "x";
    }

    int polls() {
        return polls.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            polls.incrementAndGet();
            var now = editions();
            var etag = "\"" + now.size() + "-"
                    + now.values().stream().mapToInt(edition -> edition).sum() + "\"";
            exchange.getResponseHeaders().set("ETag", etag);
            exchange.getResponseHeaders().set("Content-Type", "application/rss+xml");
            if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            var body = document(now).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String document(Map<Integer, Integer> shown) {
        return shown.entrySet().stream()
                .map(entry -> item(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(
                        "",
                        "<rss version=\"2.0\"><channel><title>Numbers</title><language>en</language>",
                        "</channel></rss>"));
    }

    private String item(int number, int edition) {
        return """
                <item><title>%s</title><link>%s</link><guid isPermaLink="false">entry-%d</guid>
                <description>The text of entry %d in its edition %d.</description></item>
                """.formatted(titles(number, edition).getLast(), link(number), number, number, edition);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
