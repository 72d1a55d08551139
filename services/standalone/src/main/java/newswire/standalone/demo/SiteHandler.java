package newswire.standalone.demo;

import com.google.common.hash.Hashing;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Pattern;

/** A publisher's server: its feed, for those who have it already only the word that it is unchanged, and pages. */
final class SiteHandler implements HttpHandler {
    private static final Pattern PAGE = Pattern.compile("/news/([0-9]{1,15})");

    private final Publisher publisher;
    private final String root;
    private final InstantSource clock;

    SiteHandler(Publisher publisher, String root, InstantSource clock) {
        this.publisher = publisher;
        this.root = root;
        this.clock = clock;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var page = PAGE.matcher(path);
            if (path.equals("/" + publisher.path())) {
                feed(exchange, clock.instant());
            } else if (page.matches()) {
                page(exchange, Long.parseLong(page.group(1)));
            } else {
                answer(exchange, 404, Map.of(), new byte[0]);
            }
        }
    }

    private void feed(HttpExchange exchange, Instant now) throws IOException {
        var busy = publisher.busy(now);
        if (busy.isPositive()) {
            answer(exchange, 503, Map.of("Retry-After", String.valueOf(busy.toSeconds())), new byte[0]);
            return;
        }
        var document = publisher.feed(now, root);
        var etag = "\"" + Hashing.sha256().hashBytes(document).toString().substring(0, 16) + "\"";
        if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            answer(exchange, 304, Map.of("ETag", etag), new byte[0]);
        } else {
            answer(exchange, 200, Map.of("ETag", etag, "Content-Type", publisher.contentType()), document);
        }
    }

    private void page(HttpExchange exchange, long number) throws IOException {
        var item = publisher.item(clock.instant(), number);
        if (item == null) {
            answer(exchange, 404, Map.of(), new byte[0]);
            return;
        }
        var html = """
                <!doctype html>
                <meta charset="utf-8">
                <title>%1$s – %2$s</title>
                <article><h1>%1$s</h1>
                %3$s</article>
                """.formatted(
                Markup.escaped(item.title()), Markup.escaped(publisher.title()), Markup.html(item.paragraphs()));
        answer(
                exchange,
                200,
                Map.of("Content-Type", "text/html; charset=utf-8"),
                html.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, Map<String, String> headers, byte[] body)
            throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
