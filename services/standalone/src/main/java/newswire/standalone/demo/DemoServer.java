package newswire.standalone.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * Serves the six feeds on loopback, each at a port of its own: on loopback that is what tells publishers apart, and a pause
 * that one of them asks for must not hold up the others. What they show follows from the time alone: each gets a new entry
 * every few seconds, now and then an older one is corrected, and one of them asks for a pause from time to time.
 */
public final class DemoServer implements AutoCloseable {
    /** How the fetcher has to be set to follow feeds that move this fast. */
    public static final List<String> SETTINGS = List.of(
            "--fetcher.poll.default-interval=3s",
            "--fetcher.poll.floor=2s",
            "--fetcher.poll.invited-floor=2s",
            "--fetcher.poll.ceiling=20s",
            "--fetcher.host.spacing=100ms",
            "--fetcher.allowed-addresses=127.0.0.0/8");

    private static final int FIRST_PORT = 8090;
    private static final int WINDOW = 10;
    private static final Duration BETWEEN_ENTRIES = Duration.ofSeconds(7);
    private static final Duration BETWEEN_PAUSES = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final Map<DemoFeed, HttpServer> servers = new EnumMap<>(DemoFeed.class);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final InstantSource clock;
    private final Instant start;
    private final String seed;

    private DemoServer(InstantSource clock) {
        this.clock = clock;
        this.start = clock.instant();
        this.seed = resource("smugglers.html");
    }

    /** Starts at ports from 8090 on or, where one is taken, at any. */
    public static DemoServer start() {
        var demo = new DemoServer(InstantSource.system());
        for (var feed : DemoFeed.values()) {
            demo.serve(feed);
        }
        return demo;
    }

    private void serve(DemoFeed feed) {
        var server = bound(FIRST_PORT + feed.offset());
        servers.put(feed, server);
        server.createContext("/" + feed.path(), exchange -> answer(feed, exchange));
        server.setExecutor(threads);
        server.start();
    }

    private static HttpServer bound(int preferredPort) {
        try {
            return listening(preferredPort);
        } catch (IOException taken) {
            return anyPort();
        }
    }

    private static HttpServer anyPort() {
        try {
            return listening(0);
        } catch (IOException ex) {
            throw new UncheckedIOException("the demo's feeds found no port", ex);
        }
    }

    private static HttpServer listening(int port) throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    }

    /** The feeds as a subscription list. */
    public String opml() {
        var outlines = Arrays.stream(DemoFeed.values())
                .map(feed -> "<outline type=\"rss\" text=\"%s\" xmlUrl=\"%s%s\"/>"
                        .formatted(feed.title(), address(feed), feed.path()))
                .collect(Collectors.joining("\n  "));
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\"><head><title>Newswire demo</title></head><body>\n  %s\n</body></opml>\n"
                .formatted(outlines);
    }

    private String address(DemoFeed feed) {
        return "http://127.0.0.1:" + port(feed) + "/";
    }

    private int port(DemoFeed feed) {
        return Objects.requireNonNull(servers.get(feed)).getAddress().getPort();
    }

    private void answer(DemoFeed feed, HttpExchange exchange) throws IOException {
        try (exchange) {
            var age = Duration.between(start, clock.instant());
            var answer = exchange.getResponseHeaders();
            if (feed == DemoFeed.LIBRARY_RDF && pausing(age)) {
                answer.set("Retry-After", String.valueOf(PAUSE.toSeconds()));
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            var body = feed.document(entries(feed, age), address(feed) + folder(feed), seed);
            var etag = "\"" + HexFormat.of().toHexDigits((int) checksum(body)) + "\"";
            answer.set("ETag", etag);
            answer.set("Content-Type", feed.contentType());
            if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static boolean pausing(Duration age) {
        return age.toSeconds() % BETWEEN_PAUSES.toSeconds()
                > BETWEEN_PAUSES.minus(PAUSE).toSeconds();
    }

    private List<DemoEntry> entries(DemoFeed feed, Duration age) {
        // Feeds do not all speak at once; numbers go on where an earlier run of the demo cannot have come.
        int newest = (int) (start.getEpochSecond() / BETWEEN_ENTRIES.toSeconds())
                + (int) ((age.toSeconds() + feed.offset()) / BETWEEN_ENTRIES.toSeconds());
        return IntStream.iterate(newest, n -> n > newest - WINDOW, n -> n - 1)
                .mapToObj(number -> feed.entry(number, published(number), corrected(feed, number, newest)))
                .toList();
    }

    private static Instant published(int number) {
        return Instant.ofEpochSecond(number * BETWEEN_ENTRIES.toSeconds());
    }

    /** Every eighth entry of the Atom feed is put right once it is four entries old. */
    private static boolean corrected(DemoFeed feed, int number, int newest) {
        return feed == DemoFeed.TOWN_ATOM && number % 8 == 0 && newest - number >= 4;
    }

    private static String folder(DemoFeed feed) {
        return feed.path().substring(0, feed.path().indexOf('/') + 1);
    }

    private static long checksum(byte[] body) {
        var crc = new CRC32();
        crc.update(body);
        return crc.getValue();
    }

    private static String resource(String name) {
        try (var in = Objects.requireNonNull(DemoServer.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close() {
        servers.values().forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}
