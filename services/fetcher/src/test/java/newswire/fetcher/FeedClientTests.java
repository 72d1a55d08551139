package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The client at real sockets, with servers that do whatever they like. */
class FeedClientTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final FetcherProperties properties = properties(Map.of(
            "fetcher.limits.first-byte",
            "1s",
            "fetcher.limits.exchange",
            "2s",
            "fetcher.contact",
            "https://us.example/"));
    private final FeedClient client =
            new FeedClient(properties, AddressGuardTests.guard(List.of("127.0.0.1"), Set.of(80, 443)), "1.2");
    private final RawServer raw = new RawServer();
    private final FeedServer server = new FeedServer();

    static FetcherProperties properties(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.putIfAbsent("fetcher.import-burst", "20");
        return new Binder(new MapConfigurationPropertySource(all))
                .bind("fetcher", FetcherProperties.class)
                .get();
    }

    @AfterEach
    void close() {
        client.close();
        raw.close();
        server.close();
    }

    private FetchResult fetch(URI url, FeedState.@Nullable Validators validators) {
        return client.fetch(
                Request.poll(Feed.of(url, NOW), validators), client.memory().room(), NOW, () -> {});
    }

    static String code(FetchResult result) {
        return switch (result) {
            case FetchResult.NotModified _ -> "not_modified";
            case FetchResult.PutOff _ -> "put_off";
            case FetchResult.Modified modified -> modified.flaw() == null ? "modified" : modified.flaw();
            case FetchResult.Failed(var _, var problem) -> problem.code();
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # what the server says                                           | what we call it
        HTTP/1.1 200 OK~Content-Length: 1~~x                             | modified
        HTTP/1.1 200 OK~~x                                               | modified
        HTTP/1.0 200 OK~~x                                               | modified
        HTTP/1.1 200 OK~Content-Length: 9~~x                             | truncated_body
        HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~x                  | truncated_body
        HTTP/1.1 200 OK~Transfer-Encoding: chunked~~zz~x                 | truncated_body
        HTTP/1.1 200 OK~Content-Length: 99999999~~x                      | truncated_body
        HTTP/1.1 200 OK~Content-Encoding: gzip~Content-Length: 1~~x      | truncated_body
        HTTP/1.1 200 OK~Content-Encoding: gzip~Content-Length: 12~~not gzip, no | bad_encoding
        HTTP/1.1 200 OK~Content-Encoding: rot13~~x                       | unsupported_encoding
        HTTP/1.1 200 OK~Content-Encoding: gzip, gzip~~x                  | unsupported_encoding
        HTTP/1.1 204 No Content~~                                        | unexpected_status
        HTTP/1.1 206 Partial Content~Content-Length: 1~~x                | unexpected_status
        HTTP/1.1 300 Choose~Content-Length: 0~~                          | unexpected_status
        HTTP/1.1 304 Not Modified~~                                      | unexpected_304
        HTTP/1.1 401 Who~Content-Length: 0~~                             | http_401
        HTTP/1.1 403 No~Content-Length: 0~~                              | http_403
        HTTP/1.1 403 No~cf-mitigated: challenge~Content-Length: 0~~      | challenge
        HTTP/1.1 404 Not Found~Content-Length: 0~~                       | http_404
        HTTP/1.1 410 Gone~Content-Length: 0~~                            | http_410
        HTTP/1.1 429 Too Many~Content-Length: 0~~                        | http_429
        HTTP/1.1 500 Oh~Content-Length: 0~~                              | http_500
        HTTP/1.1 503 Busy~Content-Length: 0~~                            | http_503
        HTTP/1.1 301 Moved~Content-Length: 0~~                           | bad_redirect
        HTTP/1.1 301 Moved~Location: http://[~Content-Length: 0~~        | bad_redirect
        HTTP/1.1 301 Moved~Location: /again~Content-Length: 0~~          | too_many_redirects
        HTTP/1.1 302 Found~Location: ftp://a.example/~Content-Length: 0~~ | blocked_scheme
        HTTP/1.1 302 Found~Location: file:///etc/passwd~Content-Length: 0~~ | blocked_scheme
        HTTP/1.1 302 Found~Location: gopher://a.example/~Content-Length: 0~~ | blocked_scheme
        HTTP/1.1 302 Found~Location: http://10.0.0.1/~Content-Length: 0~~ | blocked_address
        HTTP/1.1 302 Found~Location: http://169.254.169.254/x~Content-Length: 0~~ | blocked_address
        HTTP/1.1 302 Found~Location: http://[::1]/~Content-Length: 0~~   | blocked_address
        HTTP/1.1 302 Found~Location: http://[::ffff:10.0.0.1]/~Content-Length: 0~~ | blocked_address
        HTTP/1.1 302 Found~Location: http://167772161/~Content-Length: 0~~ | blocked_address
        HTTP/1.1 302 Found~Location: http://8.8.8.8:22/~Content-Length: 0~~ | blocked_port
        HTTP/1.1 302 Found~Location: http://8.8.8.8:99999/~Content-Length: 0~~ | bad_url
        HTTP/1.1 302 Found~Location: http://me:secret@8.8.8.8/~Content-Length: 0~~ | bad_url
        HTTP/1.1 302 Found~Location: http://ex_ample.example/~Content-Length: 0~~ | bad_url
        ICY 200 OK~~x                                                    | bad_protocol
        <rss/>                                                           | bad_protocol
        """)
    void namesWhatServersDo(String answer, String code) {
        raw.answer(answer.replace("~", "\r\n"));
        assertThat(code(fetch(raw.url("/feed"), null))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        http://127.0.0.1:1/                 | connect_refused
        http://10.0.0.1/                    | blocked_address
        http://0.0.0.0/                     | blocked_address
        http://100.64.0.1/                  | blocked_address
        http://[64:ff9b::a00:1]/            | blocked_address
        http://[2002:a00:1::1]/             | blocked_address
        http://ex.example:80@10.0.0.1/      | bad_url
        http://10.0.0.1#@ex.example/        | blocked_address
        http://8.8.8.8:6379/                | blocked_port
        ftp://a.example/                    | blocked_scheme
        http://no-such-name.invalid/        | dns
        """)
    void refusesAddresses(URI url, String code) {
        assertThat(code(fetch(url, null))).startsWith(code);
    }

    @Test
    void endsWhenTheTimeIsUp() {
        raw.answer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx");
        raw.hang();
        assertThat(code(fetch(raw.url("/feed"), null))).isEqualTo("response_timeout");
    }

    @Test
    void endsAnExchangeThatDripsForEver() {
        var dripping = properties(Map.of("fetcher.limits.exchange", "700ms", "fetcher.limits.first-byte", "10s"));
        raw.answer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx");
        raw.hang();
        try (var impatient = new FeedClient(dripping, AddressGuardTests.guard(List.of("127.0.0.1"), Set.of()), "1")) {
            var result = impatient.fetch(
                    Request.poll(Feed.of(raw.url("/feed"), NOW), null),
                    impatient.memory().room(),
                    NOW,
                    () -> {});
            assertThat(code(result)).isEqualTo("deadline_exceeded");
            assertThat(result.exchange().millis()).isLessThan(10_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "deflate", "raw-deflate", "GZIP", "zstd"})
    void decodes(String encoding) throws IOException {
        raw.answer(response(encoding.replace("raw-", ""), packed(encoding, "<rss/>".getBytes(StandardCharsets.UTF_8))));
        assertThat(fetch(raw.url("/feed"), null)).isInstanceOfSatisfying(FetchResult.Modified.class, modified -> {
            assertThat(modified.flaw()).isNull();
            assertThat(new String(modified.body().bytes(), StandardCharsets.UTF_8))
                    .isEqualTo("<rss/>");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # encoding | body in base64                                                          | what we call it
        br         | iwKAPHJzcy8+Aw==                                                        | modified
        br         | G28X+I3UWc1fG+Ucz0v5yMVtcQCSB4A=                                        | truncated_body
        br         | bm90IGJyb3RsaSBhdCBhbGwsIG5vdCBieSBhIGxvbmcgd2F5                        | bad_encoding
        br         | y///P/gnAOKxQCD3/o///3/wTwDEYRGA7v0f////4J8AiMMCAN37P/7//8E/ARCHBQC693/8//+DfwIgDgsAdO//+P//B/8EQBwWAOje/+X//wf+CYA4LADQvf8A | decompression_limit
        zstd       | bm90IHpzdGQgYXQgYWxs                                                    | bad_encoding
        """)
    void decodesBrotliWithinTheLimits(String encoding, String body, String code) throws IOException {
        raw.answer(response(encoding, Base64.getDecoder().decode(body)));
        assertThat(code(fetch(raw.url("/feed"), null))).isEqualTo(code);
    }

    @Test
    void decodesZstandardWithinTheLimits() throws IOException {
        var whole = packed("zstd", "<rss/>".repeat(1_000).getBytes(StandardCharsets.UTF_8));
        raw.answer(response("zstd", java.util.Arrays.copyOf(whole, whole.length - 5)));
        assertThat(code(fetch(raw.url("/feed"), null))).isEqualTo("truncated_body");
        raw.answer(response("zstd", packed("zstd", new byte[50 << 20])));
        assertThat(code(fetch(raw.url("/feed"), null))).isEqualTo("decompression_limit");
        raw.answer(response("zstd", packed("zstd-wide", new byte[64])));
        assertThat(code(fetch(raw.url("/feed"), null))).as("a window of 128 MB").isEqualTo("bad_encoding");
    }

    @Test
    void keepsWhatCameBeforeTheEndOfCutGzip() throws IOException {
        var whole = packed("gzip", "<rss/>".repeat(1_000).getBytes(StandardCharsets.UTF_8));
        raw.answer(response("gzip", java.util.Arrays.copyOf(whole, whole.length - 8)));
        assertThat(fetch(raw.url("/feed"), null)).isInstanceOfSatisfying(FetchResult.Modified.class, modified -> {
            assertThat(modified.flaw()).isEqualTo("truncated_body");
            assertThat(new String(modified.body().bytes(), StandardCharsets.UTF_8))
                    .startsWith("<rss/>");
        });
    }

    @Test
    void stopsBombs() throws IOException {
        raw.answer(response("gzip", packed("gzip", new byte[50 << 20])));
        assertThat(code(fetch(raw.url("/feed"), null))).isEqualTo("decompression_limit");
    }

    static byte[] response(String encoding, byte[] body) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(
                ("HTTP/1.1 200 OK\r\nContent-Encoding: " + encoding + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        return out.toByteArray();
    }

    static byte[] packed(String encoding, byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = switch (encoding) {
            case "deflate" -> new DeflaterOutputStream(bytes);
            case "zstd" -> new ZstdOutputStream(bytes);
            case "zstd-wide" -> new ZstdOutputStream(bytes).setLong(27);
            case "raw-deflate" -> new DeflaterOutputStream(bytes, new java.util.zip.Deflater(9, true));
            default -> new GZIPOutputStream(bytes);
        }) {
            out.write(body);
        }
        return bytes.toByteArray();
    }

    @Test
    void saysWhoWeAre() {
        raw.answer("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n");
        fetch(raw.url("/feed?a=b"), null);
        fetch(raw.url("/feed"), null);
        assertThat(raw.asked().getFirst())
                .startsWith("GET /feed?a=b HTTP/1.1\r\n")
                .contains(
                        "User-Agent: Newswire/1.2 (+https://us.example/)\r\n",
                        "Accept-Encoding: gzip, deflate, br, zstd\r\n");
        assertThat(raw.asked()).noneMatch(head -> head.contains("Cookie") || head.contains("If-None-Match"));
    }

    @Test
    void asksConditionallyWithBothValidatorsVerbatim() {
        raw.answer("HTTP/1.1 304 Not Modified\r\nLast-Modified: then\r\n\r\n");
        var result = fetch(
                raw.url("/feed"),
                new FeedState.Validators(raw.url("/feed"), "W/\"x\"", "Sunday, I think", null, null, null));
        assertThat(result).isInstanceOf(FetchResult.NotModified.class);
        assertThat(result.exchange().lastModified()).isEqualTo("then");
        assertThat(raw.asked().getFirst())
                .contains("If-None-Match: W/\"x\"\r\n", "If-Modified-Since: Sunday, I think\r\n");
    }

    @Test
    void showsValidatorsOnlyToTheUrlThatGaveThem() {
        server.page("/old", 302, Map.of("Location", "/new"), "");
        server.feed("/new", FeedServer.rss("a"));
        var first = fetch(server.url("/old"), null);
        assertThat(first.exchange().url()).isEqualTo(server.url("/new"));
        var validators = new FeedState.Validators(
                first.exchange().url(), first.exchange().etag(), null, null, null, null);
        assertThat(code(fetch(server.url("/old"), validators))).isEqualTo("not_modified");
        assertThat(server.asked("/old").getLast().headers()).doesNotContainKey("If-none-match");
    }

    @Test
    void tellsOfEveryRequestThatGoesOut() {
        server.page("/old", 302, Map.of("Location", "/new"), "");
        var count = new AtomicInteger();
        client.fetch(
                Request.poll(Feed.of(server.url("/old"), NOW), null),
                client.memory().room(),
                NOW,
                count::incrementAndGet);
        assertThat(count).hasValue(2);
        client.fetch(
                Request.poll(Feed.of(URI.create("http://127.0.0.1:1/"), NOW), null),
                client.memory().room(),
                NOW,
                count::incrementAndGet);
        assertThat(count).hasValue(2);
    }

    @Test
    void proposesTheLeadingPermanentPartOfRedirects() {
        server.page("/1", 301, Map.of("Location", "/2"), "");
        server.page("/2", 308, Map.of("Location", "/3"), "");
        server.page("/3", 302, Map.of("Location", "/4"), "");
        server.page("/4", 301, Map.of("Location", "/5"), "");
        server.feed("/5", FeedServer.rss("a"));
        assertThat(fetch(server.url("/1"), null).exchange().permanent()).isEqualTo(server.url("/3"));
        assertThat(fetch(server.url("/3"), null).exchange().permanent()).isNull();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
        120                           | 2026-03-01T10:02:00Z
        129600                        | 2026-03-02T22:00:00Z
        Mon, 02 Mar 2026 12:00:00 GMT | 2026-03-02T12:00:00Z
        315360000                     | 2026-03-31T10:00:00Z
        0                             | -
        -5                            | -
        a while                       | -
        Mon, 02 Mar 2020 12:00:00 GMT | -
        """)
    void readsRetryAfter(String header, @Nullable Instant until) {
        raw.answer("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nRetry-After: " + header + "\r\n\r\n");
        assertThat(fetch(raw.url("/feed"), null).exchange().retryAfter()).isEqualTo(until);
    }

    @Test
    void ignoresValidatorsThatAreUnfit() {
        raw.answer("HTTP/1.1 200 OK\r\nETag: \"" + "x".repeat(2_000)
                + "\"\r\nLast-Modified: \u00e9\r\nContent-Length: 0\r\n\r\n");
        var exchange = fetch(raw.url("/feed"), null).exchange();
        assertThat(exchange.etag()).isNull();
        assertThat(exchange.lastModified()).isNull();
    }
}
