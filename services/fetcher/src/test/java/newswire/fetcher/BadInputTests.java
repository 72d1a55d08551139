package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.NewsRecord;
import newswire.contract.address.PublicAddresses;
import newswire.contract.operation.Traces;
import org.apache.kafka.clients.producer.MockProducer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.mock.MockProducerFactory;

/**
 * All that servers, documents and addresses are known to do wrong, and the code by which it is seen in the API: the outcome
 * of the poll, with the repairs if there were any. What only shows over several polls is in {@link BadHistoryTests}, what is
 * too large for a table in {@link MonsterTests}, and what becomes of single fields is the normalizer's.
 */
class BadInputTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Feed FEED = Feed.of(URI.create("https://news.example/feed"), NOW);
    private static final String RSS = FeedServer.rss("a", "b");

    private final FetcherProperties properties = FeedClientTests.properties(Map.of(
            "fetcher.limits.connect", "500ms",
            "fetcher.limits.first-byte", "1s",
            "fetcher.limits.exchange", "3s",
            "fetcher.limits.decoded", "100KB"));
    private final FeedClient client = client(AddressGuardTests.guard(List.of("127.0.0.1"), Set.of(80, 443)));
    private final RawServer raw = new RawServer();

    private FeedClient client(AddressGuard guard) {
        return new FeedClient(properties, guard, "1");
    }

    @AfterEach
    void close() {
        client.close();
        raw.close();
    }

    private static PollOutcome poll(FeedClient client, URI url) {
        return poll(client, Feed.of(url, NOW), null, NOW);
    }

    static PollOutcome poll(FeedClient client, Feed feed, @Nullable FeedState before, Instant now) {
        var kafka =
                new KafkaTemplate<String, NewsRecord>(new MockProducerFactory<String, NewsRecord>(MockProducer::new));
        var meters = new SimpleMeterRegistry();
        var publisher = new RawArticlePublisher(kafka, 1, Traces.OFF, new PollMetrics(meters));
        var poller = PollLoopTests.poller(client, publisher, meters);
        var loop = PollLoopTests.loop(poller, publisher, kafka, meters, new BrokerGate(), 1);
        var settings = FeedClientTests.properties(Map.of());
        var shard = new FeedShard(0, settings, new Newcomers(1, Duration.ZERO, new Random(1)));
        var errand = new Errand(loop, shard, new Slot(feed, new Lane(0, new HostBudget(settings.host()))));
        try (var room = poller.room()) {
            return (PollOutcome) poller.find(new Poll(errand, feed, before, now, room), false);
        }
    }

    private String seen(URI url) {
        return seen(poll(client, url));
    }

    private static String seen(PollOutcome outcome) {
        var settings = FeedClientTests.properties(Map.of()).poll();
        var plan = new PollSchedule(settings).next(FEED, null, outcome, NOW, 0.5);
        var state = NextState.of(FEED, null, outcome, plan, NOW, settings.moved());
        return switch (outcome) {
            case PollOutcome.Changed changed ->
                String.join(
                                " ",
                                changed.name(),
                                changed.flaw() == null ? "" : changed.flaw(),
                                String.join(" ", changed.document().repairs()))
                        .replaceAll(" +", " ")
                        .strip();
            case PollOutcome.Unchanged unchanged -> unchanged.name();
            case PollOutcome.Failed _ ->
                Objects.requireNonNull(state.lastError()).code();
        };
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        # row | what the server says ({rss} = a feed, {length} = its length, {n} = many of them)       | is seen as
        A7    | 200 OK~Content-Length: 300000~~{300000}                                                | body_too_large
        A7    | 200 OK~~{300000}                                                                       | body_too_large
        A7    | 200 OK~Content-Length: 10~~{300000}                                                    | not_a_feed
        A8    | 200 OK~Content-Length: 90000~~{rss}                                                    | modified truncated_body
        A8    | 200 OK~Content-Length: 90000~~<rss><channel>                                           | truncated_body
        A8    | 200 OK~Content-Length: 90000~~                                                         | truncated_body
        A8    | 200 OK~Transfer-Encoding: chunked~~5~                                                  | truncated_body
        A10   | 200 OK~Content-Encoding: gzip, gzip, gzip, gzip, gzip, gzip~~{rss}                     | unsupported_encoding
        A10   | 200 OK~Content-Encoding: pigeon~~{rss}                                                 | unsupported_encoding
        A10   | 200 OK~Content-Encoding: identity~~{rss}                                               | modified
        A11   | 200 OK~Content-Encoding: gzip~~{rss}                                                   | bad_encoding
        A11   | 200 OK~Content-Encoding: br~~{rss}                                                     | bad_encoding
        A11   | 200 OK~Content-Encoding: zstd~~{rss}                                                   | bad_encoding
        A11   | 200 OK~Content-Encoding: gzip~~                                                        | truncated_body
        A12   | 200 OK~{200 headers}~~{rss}                                                            | bad_headers
        A12   | 200 OK~X: {20000}~~{rss}                                                               | bad_headers
        A13   | 302 Found~Location: /feed~Content-Length: 0~~                                          | too_many_redirects
        A14   | 302 Found~Location: http://169.254.169.254/~Content-Length: 0~~                        | blocked_address
        A14   | 302 Found~Location: http://[::1]/~Content-Length: 0~~                                  | blocked_address
        A14   | 302 Found~Location: file:///etc/passwd~Content-Length: 0~~                             | blocked_scheme
        A14   | 302 Found~Location: gopher://a.example/~Content-Length: 0~~                            | blocked_scheme
        A14   | 302 Found~Location: data:text/plain,x~Content-Length: 0~~                              | blocked_scheme
        A15   | 302 Found~Content-Length: 0~~                                                          | bad_redirect
        A15   | 302 Found~Location: http://[~Content-Length: 0~~                                       | bad_redirect
        A17   | 304 Not Modified~~                                                                     | unexpected_304
        A19   | 200 OK~ETag: "{5000}"~~{rss}                                                           | modified
        A20   | 200 OK~Last-Modified: the day before yesterday~~{rss}                                  | modified
        A21   | 401 Who~Content-Length: 0~~                                                            | http_401
        A21   | 403 No~Content-Length: 0~~                                                             | http_403
        A21   | 403 No~cf-mitigated: challenge~Content-Length: 0~~                                     | challenge
        A21   | 404 Not Found~Content-Length: 0~~                                                      | http_404
        A21   | 410 Gone~Content-Length: 0~~                                                           | http_410
        A22   | 429 Too Many~Retry-After: a while~Content-Length: 0~~                                  | http_429
        A22   | 503 Busy~Retry-After: -5~Content-Length: 0~~                                           | http_503
        A23   | 500 Oh~~<html>{rss}                                                                    | http_500
        A23   | 502 Oh~~{rss}                                                                          | http_502
        A24   | 200 OK~Content-Type: text/html~~<!DOCTYPE html><html><body><form>Log in</form></html>  | not_a_feed
        A25   | 200 OK~Content-Length: 0~~                                                             | empty_body
        A25   | 200 OK~~                                                                               | empty_body
        A26   | 204 No Content~~                                                                       | unexpected_status
        A26   | 206 Partial Content~~{rss}                                                             | unexpected_status
        A26   | 103 Hints~~HTTP/1.1 103 Hints~~HTTP/1.1 200 OK~~{rss}                                  | modified
        A27   | {only}{rss}                                                                            | bad_protocol
        A27   | {only}ICY 200 OK~~{rss}                                                                | bad_protocol
        A27   | {only}HTTP/1.1 two hundred~~{rss}                                                      | bad_protocol
        A28   | {only}                                                                                 | connection_reset
        A29   | 200 OK~Set-Cookie: id=1; Max-Age=31536000~~{rss}                                       | modified
        A30   | 200 OK~Cache-Control: max-age=31536000~~{rss}                                          | modified
        D3    | 302 Found~Location: http://ex.example\\@127.0.0.1/~Content-Length: 0~~                | bad_redirect
        """)
    void servers(String row, String answer, String code) {
        var text = filled(answer);
        raw.answer(text.startsWith("{only}") ? text.substring(6) : "HTTP/1.1 " + text);
        assertThat(seen(raw.url("/feed"))).isEqualTo(code);
    }

    private static String filled(String answer) {
        var headers = new StringBuilder("X: y");
        for (int n = 0; n < 200; n++) {
            headers.append("\r\nX-").append(n).append(": y");
        }
        return answer.replace("~", "\r\n")
                .replace("{rss}", RSS)
                .replace("{200 headers}", headers)
                .replace("{300000}", "x".repeat(300_000))
                .replace("{20000}", "x".repeat(20_000))
                .replace("{5000}", "x".repeat(5_000));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        # row | in the document                                                                             | is seen as
        B1    | <!DOCTYPE rss [<!ENTITY x SYSTEM "http://127.0.0.1/secret">]><rss><channel><item><title>&x;</title></item></channel></rss> | modified doctype-removed bare-ampersand
        B2    | <!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss> | modified doctype-removed bare-ampersand
        B3    | <!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x/y.dtd"><rss version="0.91"><channel><item><title>a</title></item></channel></rss> | modified doctype-removed
        B4    | <rss><channel><item><title>a</title><description>{20000 references}</description></item></channel></rss> | modified
        B5    | <rss><channel>{300 deep}</channel></rss>                                                     | modified too-deep
        B6    | <rss><channel><item><title{250 attributes}>a</title></item></channel></rss>                  | modified
        B6    | <rss><channel><item><title>a</title><{long name}>b</{long name}></item></channel></rss>      | modified
        B7    | <rss><channel>{101 items}</channel></rss>                                                    | modified items-capped
        B8    | <rss><channel><item><title>a</title></item><item><ti                                         | modified truncated
        B8    | <rss><channel><item><title>a                                                                 | xml_malformed
        B9    | <rss><channel><item><title>a&#x0;&#xD800;&#999999999999;</title></item></channel></rss>      | modified control-character
        B10   | {bom}  <rss><channel><item><title>a</title></item></channel></rss>                           | modified
        B11   | <rss><channel><item><title>AT&T&nbsp;</title></item></channel></rss>                         | modified bare-ampersand undeclared-entity
        B12   | <?xml version="1.0" encoding="x-nobody-knows"?><rss><channel><item><title>a</title></item></channel></rss> | modified charset
        B13   | <?xml version="1.0" encoding="UTF-8"?><rss><channel><item><title>caf{broken} au lait</title></item></channel></rss> | modified charset
        B14   | {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "a"}]}        | modified
        B14   | {"version": "https://jsonfeed.org/version/1.1", "items": [{"id                               | json_malformed
        B14   | {"hello": "world"}                                                                           | not_a_feed
        B15   | <rss><channel><item><description>neither guid nor link</description></item></channel></rss>  | modified
        B16   | <rss><channel><item><guid>1</guid><title>a</title></item><item><guid>1</guid><title>b</title></item></channel></rss> | modified
        B18   | <rss><channel><item><guid>{50000}</guid><title>a</title></item></channel></rss>              | modified
        B19   | <rss><channel><item><title>a</title><pubDate>0000-00-00</pubDate></item></channel></rss>     | modified
        B20   | <rss><channel><item><title>a</title><pubDate>Tue, 01 Jan 2047 10:00:00 GMT</pubDate></item></channel></rss> | modified
        B21   | <rss><channel><item><title>a</title><link>javascript:alert(1)</link></item></channel></rss>  | modified
        B22   | <rss><channel><item><title>&lt;b&gt;\u202E{50000}</title></item></channel></rss>               | modified
        B23   | <rss><channel><item><title>a</title><description>{50000}</description></item></channel></rss> | modified
        B24   | <rss><channel><item><title>a</title>{500 categories}</item></channel></rss>                  | modified
        B25   | <rss><channel><title>Nothing yet</title></channel></rss>                                     | modified
        B27   | <rss xml:base="file:///etc/"><channel><item><link>passwd</link></item></channel></rss>       | modified
        B28   | <?xml version="1.0"?><?xml-stylesheet href="http://127.0.0.1/x.xsl"?><rss xmlns:xi="http://www.w3.org/2001/XInclude"><channel><item><title>a</title><xi:include href="http://127.0.0.1/y"/></item></channel></rss> | modified
        """)
    void documents(String row, String document, String code) {
        var text = document.replace("{bom}", "\uFEFF")
                .replace("{300 deep}", "<item>" + "<b>".repeat(300) + "</b>".repeat(300) + "</item>")
                .replace("{20000 references}", "&lt;".repeat(20_000))
                .replace("{250 attributes}", numbered(250, " a%d='b'"))
                .replace("{long name}", "n".repeat(2_000))
                .replace("{101 items}", numbered(101, "<item><guid>%d</guid></item>"))
                .replace("{500 categories}", numbered(500, "<category>%1$d</category><enclosure url='http://a/%1$d'/>"))
                .replace("{50000}", "x".repeat(50_000))
                .replaceFirst("<rss(?! version)", "<rss version=\"2.0\"");
        raw.answer(bytes("HTTP/1.1 200 OK\r\n\r\n" + text));
        assertThat(seen(raw.url("/feed"))).isEqualTo(code);
        assertThat(raw.asked()).as("nothing that a document names is fetched").hasSize(1);
    }

    private static String numbered(int count, String pattern) {
        return IntStream.range(0, count).mapToObj(pattern::formatted).collect(Collectors.joining());
    }

    /** The text in UTF-8, but for one letter in an encoding that knows only one byte a letter. */
    private static byte[] bytes(String text) {
        var parts = text.split("\\{broken}", 2);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(parts[0].getBytes(StandardCharsets.UTF_8));
        if (parts.length == 2) {
            bytes.write(0xE9);
            bytes.writeBytes(parts[1].getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** A byte now and then: no read ever takes long, so that only the deadline and the rate end it. */
    @ParameterizedTest(name = "{0}: {1}, slow after {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        # row | before the drip                          | rate judged after | is seen as
        A5    | HTTP/1.1 200 OK~X:                        | 300ms             | deadline_exceeded
        A6    | HTTP/1.1 200 OK~Content-Length: 90000~~   | 10s               | deadline_exceeded
        A6    | HTTP/1.1 200 OK~Content-Length: 90000~~   | 300ms             | too_slow
        """)
    void drips(String row, String answer, String slow, String code) {
        raw.answer(filled(answer));
        raw.drip();
        var patience =
                FeedClientTests.properties(Map.of("fetcher.limits.exchange", "1500ms", "fetcher.limits.slow", slow));
        try (var asking = new FeedClient(patience, AddressGuardTests.guard(List.of("127.0.0.1"), Set.of()), "1")) {
            assertThat(seen(poll(asking, raw.url("/feed")))).isEqualTo(code);
        }
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(textBlock = """
        # row, encoding, of              , is seen as
        A9   , gzip    , a bomb          , decompression_limit
        A9   , zstd    , a bomb          , decompression_limit
        A9   , deflate , a bomb          , decompression_limit
        A10  , gzip    , a feed          , modified
        A10  , zstd    , a feed          , modified
        A11  , gzip    , a feed cut      , modified truncated_body
        A11  , gzip    , a feed with more, modified
        """)
    void encodings(String row, String encoding, String what, String code) throws IOException {
        var plain = what.equals("a bomb") ? new byte[5 << 20] : RSS.getBytes(StandardCharsets.UTF_8);
        var packed = FeedClientTests.packed(encoding, plain);
        var sent = new ByteArrayOutputStream();
        sent.write(packed, 0, packed.length - (what.endsWith("cut") ? 8 : 0));
        sent.writeBytes(what.endsWith("more") ? "and so on".getBytes(StandardCharsets.UTF_8) : new byte[0]);
        raw.answer(FeedClientTests.response(encoding, sent.toByteArray()));
        assertThat(seen(raw.url("/feed"))).isEqualTo(code);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        # row | address                          | is seen as
        A1    | http://127.0.0.1:1/              | connect_refused
        D1    | http://ex.example:80@127.0.0.1/  | bad_url
        D2    | http://10.0.0.1/#@ex.example/    | blocked_address
        D3    | http://ex.example%5C@127.0.0.1/  | bad_url
        D4    | http://ex_ample.example/         | bad_url
        D5    | http://167772161/                | blocked_address
        D6    | http://10.1/                     | bad_url
        D7    | http://0x0a000001/               | dns_nxdomain
        D8    | http://0127.0.0.1/               | blocked_address
        D9    | http://[::ffff:10.0.0.1]/        | blocked_address
        D10   | http://[64:ff9b::a00:1]/         | blocked_address
        D11   | http://[2002:a00:1::1]/          | blocked_address
        D12   | http://[2001:0:a00:1::1]/        | blocked_address
        D13   | http://100.64.0.1/               | blocked_address
        D14   | http://0.0.0.0/                  | blocked_address
        D17   | http://8.8.8.8:22/               | blocked_port
        D17   | http://8.8.8.8:6379/             | blocked_port
        D17   | http://8.8.8.8:9092/             | blocked_port
        D17   | http://8.8.8.8:5432/             | blocked_port
        D18   | http://8.8.8.8:99999/            | bad_url
        D19   | jar:http://a.example/x!/y        | blocked_scheme
        D19   | ftp://a.example/                 | blocked_scheme
        D20   | http://me:secret@8.8.8.8/        | bad_url
        """)
    void addresses(String row, URI url, String code) {
        try (var strict = client(
                AddressGuardTests.guard(url.getPort() == 1 ? List.of("127.0.0.1") : List.of(), Set.of(80, 443)))) {
            assertThat(code(strict, url)).startsWith(code);
        }
    }

    private static String code(FeedClient client, URI url) {
        return switch (client.fetch(Request.search(FEED, url), client.memory().room(), NOW, () -> {})) {
            case FetchResult.Failed(var _, var problem) -> problem.code();
            case FetchResult.Modified _, FetchResult.NotModified _, FetchResult.PutOff _ -> "answered";
        };
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        # row | what the name server says               | is seen as
        A3    | x: Name or service not known            | dns_nxdomain
        A3    | x: Temporary failure in name resolution | dns_failure
        A3    | nothing                                 | dns_timeout
        D21   | 8.8.8.8 10.0.0.1                        | blocked_address
        D21   | 169.254.169.254                         | blocked_address
        """)
    void names(String row, String answer, String code) {
        PublicAddresses.NameServer names = _ -> answered(answer);
        var guard = new AddressGuard(List.of(), Set.of(80), new AddressBudget(8), names);
        try (var asking = new FeedClient(FeedClientTests.properties(Map.of()), guard, "1")) {
            assertThat(code(asking, URI.create("http://news.example/"))).isEqualTo(code);
        }
    }

    /** Whatever they resolve to. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost.", "metadata.google.internal", "printer.local", "x.localhost", "a.onion", "nas"})
    void privateNames(String host) {
        var guard = new AddressGuard(List.of(), Set.of(80), new AddressBudget(8), _ -> answered("8.8.8.8"));
        try (var asking = client(guard)) {
            assertThat(code(asking, URI.create("http://" + host + "/")))
                    .as("D15, D16")
                    .isEqualTo("blocked_address");
        }
    }

    private static InetAddress[] answered(String answer) throws UnknownHostException {
        if (answer.startsWith("x:")) {
            throw new UnknownHostException(answer);
        }
        if (answer.equals("nothing")) {
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000_000L);
        }
        var addresses = new ArrayList<InetAddress>();
        for (var text : answer.split(" ", -1)) {
            addresses.add(InetAddress.getByName(text.equals("nothing") ? "8.8.8.8" : text));
        }
        return addresses.toArray(InetAddress[]::new);
    }

    /** A listener whose queue is full takes no further connection, and says nothing. */
    @Test
    void hostThatDoesNotAnswerAtAll() throws IOException {
        var held = new ArrayList<Socket>();
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (boolean full = false; !full && held.size() < 100; ) {
                var socket = new Socket();
                held.add(socket);
                try {
                    socket.connect(listener.getLocalSocketAddress(), 300);
                } catch (IOException ex) {
                    full = true;
                }
            }
            int port = ((InetSocketAddress) listener.getLocalSocketAddress()).getPort();
            assertThat(seen(URI.create("http://127.0.0.1:" + port + "/")))
                    .as("A2")
                    .isEqualTo("connect_timeout");
        } finally {
            for (var socket : held) {
                socket.close();
            }
        }
    }

    @Test
    void serverThatEndsTheConnectionIsAskedOnceMore() {
        raw.answer("");
        assertThat(seen(raw.url("/feed"))).as("A28").isEqualTo("connection_reset");
        assertThat(raw.asked()).hasSize(2);
    }

    @Test
    void serverThatNobodyVouchesFor(@TempDir Path folder) throws Exception {
        var password = "not a secret".toCharArray();
        var keys = folder.resolve("keys.p12");
        var tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        new String(password))
                .redirectErrorStream(true)
                .start();
        assertThat(tool.waitFor())
                .as(new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(KeyStore.getInstance(keys.toFile(), password), password);
        var tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        try (var listener = tls.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> handshake(listener));
            assertThat(seen(URI.create("https://127.0.0.1:" + listener.getLocalPort() + "/")))
                    .as("A4")
                    .isEqualTo("tls_untrusted");
        }
    }

    private static void handshake(ServerSocket listener) {
        try (var socket = (SSLSocket) listener.accept()) {
            socket.startHandshake();
        } catch (IOException ex) {
            return; // the client has seen enough
        }
    }

    @Test
    void serverThatDoesNotSpeakOurTls() throws IOException {
        try (var listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> alert(listener));
            assertThat(seen(URI.create("https://127.0.0.1:" + listener.getLocalPort() + "/")))
                    .as("A4")
                    .isEqualTo("tls_protocol");
        }
    }

    /** Answers a handshake by the alert that its version is not spoken here. */
    private static void alert(ServerSocket listener) {
        try (var socket = listener.accept()) {
            socket.getInputStream().read(new byte[64]);
            socket.getOutputStream().write(new byte[] {0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46});
            socket.getOutputStream().flush();
            socket.getInputStream().readAllBytes();
        } catch (IOException ex) {
            return; // the client has seen enough
        }
    }
}
