package newswire.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/**
 * Ways in which feed servers misbehave, each at a path of its own: {@code /bad/<name>}. All of them end by themselves
 * within a minute and a half.
 */
enum Mischief {
    RESET("closes the connection with a reset", "connection_reset", Exchange::reset),
    SILENCE("accepts the request and says nothing", "response_timeout|deadline_exceeded", x -> {
        pause(40_000);
        x.reset();
    }),
    DRIP_HEADERS(
            "sends its headers byte by byte, one a second",
            "deadline_exceeded",
            x -> drip(x, "HTTP/1.1 200 OK\r\nX-Slow: " + "a".repeat(80), 1_000)),
    DRIP_BODY("sends its body byte by byte, two a second", "deadline_exceeded|too_slow", x -> {
        x.raw("HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: 100000\r\n\r\n");
        drip(x, Farm.SMALL_FEED, 500);
    }),
    STALL_IN_BODY("stops in the middle of its body", "response_timeout|deadline_exceeded", x -> {
        x.raw("HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: 100000\r\n\r\n<rss");
        x.flush();
        pause(40_000);
        x.reset();
    }),
    HUGE_BODY("sends 100 MB and says so", "body_too_large", x -> {
        x.raw("HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: 104857600\r\n\r\n");
        flood(x, 100, "");
    }),
    ENDLESS_BODY("sends chunks without end", "body_too_large", x -> {
        x.raw("HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nTransfer-Encoding: chunked\r\n\r\n");
        flood(x, 1_000, "100000\r\n");
    }),
    LENGTH_TOO_LONG("announces more than it sends", "truncated_body|modified", x -> {
        x.raw("HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: \"long\"\r\nContent-Length: 5000\r\n\r\n");
        x.raw(Farm.SMALL_FEED);
        x.close();
    }),
    LENGTH_TOO_SHORT("announces less than it sends", "xml_malformed|modified", x -> {
        x.raw("HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: 100\r\n\r\n");
        x.raw(Farm.SMALL_FEED);
        x.close();
    }),
    GZIP_BOMB(
            "sends 100 KB that grow to 100 MB", "decompression_limit", x -> x.answer(200, gzipHeaders("gzip"), bomb())),
    GZIP_SIX_TIMES(
            "gzip inside gzip, six layers",
            "unsupported_encoding",
            x -> x.answer(200, gzipHeaders("gzip, gzip, gzip, gzip, gzip, gzip"), gzip(6))),
    GZIP_TWICE("gzip inside gzip", "unsupported_encoding", x -> x.answer(200, gzipHeaders("gzip, gzip"), gzip(2))),
    GZIP_CUT(
            "gzip that ends early",
            "truncated_body|bad_encoding|xml_malformed|modified",
            x -> x.answer(200, gzipHeaders("gzip"), Arrays.copyOf(gzip(1), 60))),
    GZIP_LIE("says gzip, sends none", "bad_encoding", x -> x.answer(200, gzipHeaders("gzip"), feed())),
    GZIP_TRAILER("gzip with garbage after it", "modified", x -> {
        var body = gzip(1);
        var longer = Arrays.copyOf(body, body.length + 20);
        Arrays.fill(longer, body.length, longer.length, (byte) 'x');
        x.answer(200, gzipHeaders("gzip"), longer);
    }),
    ENCODING_UNKNOWN(
            "an encoding that nobody knows", "unsupported_encoding", x -> x.answer(200, gzipHeaders("pigeon"), feed())),
    MANY_HEADERS("2,000 headers", "bad_headers", x -> {
        x.raw("HTTP/1.1 200 OK\r\n");
        for (int n = 0; n < 2_000; n++) {
            x.raw("X-Header-" + n + ": value\r\n");
        }
        x.raw("Content-Length: 0\r\n\r\n");
        x.close();
    }),
    HUGE_HEADER("one header of 1 MB", "bad_headers", x -> {
        x.raw("HTTP/1.1 200 OK\r\nX-Huge: " + "h".repeat(1_048_576) + "\r\nContent-Length: 0\r\n\r\n");
        x.close();
    }),
    REDIRECT_LOOP(
            "redirects to itself",
            "too_many_redirects",
            x -> redirect(x, 302, x.request().target())),
    REDIRECT_CHAIN(
            "redirects for ever to a new place",
            "too_many_redirects",
            x -> redirect(x, 301, "/bad/redirect-chain?" + UUID.randomUUID())),
    REDIRECT_LOOPBACK(
            "redirects to a port of loopback",
            "blocked_port|blocked_address|connect_refused|bad_protocol",
            x -> redirect(x, 302, "http://127.0.0.1:22/")),
    REDIRECT_METADATA(
            "redirects to a cloud's metadata",
            "blocked_address",
            x -> redirect(x, 302, "http://169.254.169.254/latest/meta-data/")),
    REDIRECT_LOOPBACK_V6("redirects to loopback by IPv6", "blocked_address", x -> redirect(x, 302, "http://[::1]/")),
    REDIRECT_FILE("redirects to a file", "blocked_scheme", x -> redirect(x, 302, "file:///etc/passwd")),
    REDIRECT_GOPHER("redirects to gopher", "blocked_scheme", x -> redirect(x, 302, "gopher://127.0.0.1:6379/_INFO")),
    REDIRECT_DATA(
            "redirects to data",
            "blocked_scheme|bad_redirect",
            x -> redirect(x, 302, "data:application/rss+xml,<rss/>")),
    REDIRECT_NOWHERE(
            "redirects without a Location",
            "bad_redirect|unexpected_status",
            x -> x.answer(302, Map.of(), new byte[0])),
    REDIRECT_GARBAGE(
            "redirects to something that is no URL",
            "bad_redirect|bad_url",
            x -> redirect(x, 302, "http://exa mple.org:99999/<>")),
    REDIRECT_RELATIVE(
            "redirects to a relative reference that works", "modified", x -> redirect(x, 302, "../bad/healthy")),
    REDIRECT_PERMANENT("moved permanently to a place that works", "modified", x -> redirect(x, 301, "/bad/healthy")),
    NOT_MODIFIED_UNASKED("answers 304 whatever is asked", "unexpected_304", x -> x.answer(304, Map.of(), new byte[0])),
    ETAG_HUGE(
            "an ETag of 10 KB",
            "modified",
            x -> x.answer(200, feedHeaders("ETag", '"' + "e".repeat(10_240) + '"'), feed())),
    ETAG_RANDOM(
            "a new ETag for every request",
            "modified",
            x -> x.answer(200, feedHeaders("ETag", '"' + UUID.randomUUID().toString() + '"'), feed())),
    LAST_MODIFIED_GARBAGE(
            "a Last-Modified that is no date",
            "modified",
            x -> x.answer(200, feedHeaders("Last-Modified", "the day before yesterday"), feed())),
    LAST_MODIFIED_FUTURE(
            "a Last-Modified in ten years",
            "modified",
            x -> x.answer(200, feedHeaders("Last-Modified", "Sun, 24 Nov 2036 10:00:00 GMT"), feed())),
    UNAUTHORIZED("401", "http_401", x -> status(x, 401)),
    FORBIDDEN("403", "http_403", x -> status(x, 403)),
    NOT_FOUND("404", "http_404", x -> status(x, 404)),
    GONE("410", "http_410", x -> status(x, 410)),
    TOO_MANY_SECONDS("429 for 36 hours", "http_429", x -> x.answer(429, Map.of("Retry-After", "129600"), new byte[0])),
    TOO_MANY_DATE(
            "429 until a date",
            "http_429",
            x -> x.answer(429, Map.of("Retry-After", httpDate(Instant.now().plusSeconds(7_200))), new byte[0])),
    TOO_MANY_NEGATIVE(
            "429 for a negative time", "http_429", x -> x.answer(429, Map.of("Retry-After", "-5"), new byte[0])),
    TOO_MANY_TEN_YEARS(
            "429 for ten years", "http_429", x -> x.answer(429, Map.of("Retry-After", "315360000"), new byte[0])),
    TOO_MANY_GARBAGE("429 for a while", "http_429", x -> x.answer(429, Map.of("Retry-After", "a while"), new byte[0])),
    UNAVAILABLE("503 for two minutes", "http_503", x -> x.answer(503, Map.of("Retry-After", "120"), new byte[0])),
    SERVER_ERROR(
            "500 with a page",
            "http_500|http_5xx",
            x -> x.answer(500, html(), "<html><body>Oops</body></html>".getBytes(StandardCharsets.UTF_8))),
    BAD_GATEWAY(
            "502 with a page",
            "http_502|http_5xx",
            x -> x.answer(502, html(), "<html><body>Bad gateway</body></html>".getBytes(StandardCharsets.UTF_8))),
    LOGIN_PAGE(
            "200 with a login page",
            "not_a_feed",
            x -> x.answer(
                    200,
                    html(),
                    ("<html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/bad/healthy\"></head>"
                                    + "<body><form><input type=\"password\"></form></body></html>")
                            .getBytes(StandardCharsets.UTF_8))),
    CHALLENGE(
            "a challenge page",
            "challenge",
            x -> x.answer(
                    403,
                    Map.of("Content-Type", "text/html", "cf-mitigated", "challenge", "Server", "cloudflare"),
                    "<html><title>Just a moment...</title></html>".getBytes(StandardCharsets.UTF_8))),
    EMPTY("200 with nothing", "empty_body", x -> x.answer(200, feedHeaders("X-Empty", "yes"), new byte[0])),
    PARTIAL("206", "unexpected_status", x -> x.answer(206, feedHeaders("Content-Range", "bytes 0-99/1000"), feed())),
    NO_CONTENT("204", "unexpected_status", x -> x.answer(204, Map.of(), new byte[0])),
    CONTINUE_FLOOD("1,000 times 103, then a feed", "modified|unexpected_status|bad_protocol", x -> {
        for (int n = 0; n < 1_000; n++) {
            x.raw("HTTP/1.1 103 Early Hints\r\n\r\n");
        }
        x.answer(200, feedHeaders("X-Hints", "1000"), feed());
    }),
    HTTP_0_9("a body without any head", "bad_protocol", x -> {
        x.raw(Farm.SMALL_FEED);
        x.close();
    }),
    ICY("the status line of a radio", "bad_protocol", x -> {
        x.raw("ICY 200 OK\r\nicy-name: Radio\r\n\r\n" + Farm.SMALL_FEED);
        x.close();
    }),
    STATUS_GARBAGE("a status line that is none", "bad_protocol", x -> {
        x.raw("HTTP/1.1 twohundred fine\r\n\r\n");
        x.close();
    }),
    CLOSE_SILENTLY("answers, promises to keep the connection, and closes it", "modified", x -> {
        x.answer(200, feedHeaders("Connection", "keep-alive"), feed());
        x.close();
    }),
    COOKIES(
            "sets cookies",
            "modified",
            x -> x.answer(200, feedHeaders("Set-Cookie", "id=" + UUID.randomUUID() + "; Max-Age=31536000"), feed())),
    MAX_AGE_YEAR(
            "may be cached for a year",
            "modified",
            x -> x.answer(200, feedHeaders("Cache-Control", "max-age=31536000"), feed())),
    RANDOM_GUIDS(
            "new guids for every request",
            "modified",
            x -> x.answer(
                    200,
                    feedHeaders("X-Guids", "random"),
                    Farm.SMALL_FEED.replace("healthy-", UUID.randomUUID() + "-").getBytes(StandardCharsets.UTF_8))),
    MALFORMED(
            "a feed that ends too early",
            "xml_malformed|modified",
            x -> x.answer(200, feedHeaders("ETag", "\"cut\""), Arrays.copyOf(feed(), 400))),
    HEALTHY(
            "nothing wrong, to compare with",
            "modified",
            x -> x.answer(200, feedHeaders("ETag", "\"healthy\""), feed()));

    private static final int MEGABYTE = 1_048_576;

    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final Set<String> outcomes;

    @SuppressWarnings("ImmutableEnumChecker") // all of them are lambdas without state
    private final HttpServer.Handler play;

    /** @param outcomes what a fetcher may call it, the first being best */
    Mischief(String description, String outcomes, HttpServer.Handler play) {
        this.description = description;
        this.outcomes = Set.of(outcomes.split("\\|"));
        this.play = play;
    }

    /** The way of a path. */
    static Optional<Mischief> at(String target) {
        var path = target.replaceFirst("\\?.*$", "");
        return Arrays.stream(values()).filter(way -> way.path().equals(path)).findFirst();
    }

    String path() {
        return "/bad/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String description() {
        return description;
    }

    /** Whether a poll that met this may end so: in a problem's code, or in {@code modified}. */
    boolean endsIn(String outcome) {
        return outcomes.contains(outcome);
    }

    void play(Exchange exchange) throws IOException {
        play.on(exchange);
    }

    private static byte[] feed() {
        return Farm.SMALL_FEED.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> feedHeaders(String name, String value) {
        return Map.of("Content-Type", "application/rss+xml", name, value);
    }

    private static Map<String, String> gzipHeaders(String encoding) {
        return feedHeaders("Content-Encoding", encoding);
    }

    private static Map<String, String> html() {
        return Map.of("Content-Type", "text/html; charset=utf-8");
    }

    private static void status(Exchange exchange, int status) throws IOException {
        exchange.answer(status, html(), ("<html><body>" + status + "</body></html>").getBytes(StandardCharsets.UTF_8));
    }

    private static void redirect(Exchange exchange, int status, String location) throws IOException {
        exchange.answer(status, Map.of("Location", location), new byte[0]);
    }

    private static String httpDate(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atZone(ZoneOffset.UTC));
    }

    private static byte[] gzip(int layers) throws IOException {
        var body = feed();
        for (int layer = 0; layer < layers; layer++) {
            var packed = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(packed)) {
                gzip.write(body);
            }
            body = packed.toByteArray();
        }
        return body;
    }

    private static byte[] bomb() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write("<rss><channel><title>".getBytes(StandardCharsets.UTF_8));
            for (int n = 0; n < 100; n++) {
                gzip.write(new byte[MEGABYTE]);
            }
        }
        return packed.toByteArray();
    }

    private static void flood(Exchange exchange, int megabytes, String chunkHead) throws IOException {
        var block = " ".repeat(MEGABYTE).getBytes(StandardCharsets.UTF_8);
        for (int n = 0; n < megabytes; n++) {
            exchange.raw(chunkHead);
            exchange.raw(block);
            exchange.raw(chunkHead.isEmpty() ? "" : "\r\n");
        }
        exchange.close();
    }

    private static void drip(Exchange exchange, String text, int millis) throws IOException {
        for (int n = 0; n < text.length() && n * millis < 80_000; n++) {
            exchange.raw(text.substring(n, n + 1));
            exchange.flush();
            pause(millis);
        }
        exchange.close();
    }

    private static void pause(int millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", ex);
        }
    }
}
