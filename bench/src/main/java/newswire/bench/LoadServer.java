package newswire.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Feeds at {@code /feeds/<number>} whose documents cost their server next to nothing, so that what is measured is the
 * client. All of them are RSS, unpacked, of articles in full.
 */
final class LoadServer implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final String SENTENCE = "<p>The ferry left when the fog had lifted &amp; 霧が晴れて船が出た.</p>\n";

    private final Load load;
    private final Ledger ledger;
    private final InstantSource clock;
    private final byte[] text;
    private final AtomicLongArray visits;
    private final HttpServer server;

    /**
     * What each visit to a feed meets.
     *
     * @param entries of a document
     * @param bytes of a document, roughly
     * @param fresh entries that are new at each visit
     * @param conditional whether a client that has been there is told that nothing changed
     * @param hub where the feeds can be subscribed to, absent = nowhere
     */
    record Load(
            int entries,
            int bytes,
            int fresh,
            boolean conditional,
            @Nullable String hub) {
        Load(int entries, int bytes, int fresh, boolean conditional) {
            this(entries, bytes, fresh, conditional, null);
        }
    }

    /**
     * Serves at once.
     *
     * @param ports publisher scopes; feed n lives at port n modulo their number
     */
    LoadServer(Load load, int feeds, int ports, InstantSource clock, Ledger ledger) {
        this.load = load;
        this.ledger = ledger;
        this.clock = clock;
        int overhead = item(0, 0, "http://127.0.0.1:30000").length() + 40;
        int length = Math.max(1, load.bytes / load.entries - overhead);
        this.text = SENTENCE.repeat(length / SENTENCE.getBytes(StandardCharsets.UTF_8).length + 1)
                .getBytes(StandardCharsets.UTF_8);
        this.visits = new AtomicLongArray(feeds);
        this.server = HttpServer.start(0, ports, this::on);
    }

    /** Where the feeds are, by number. */
    List<String> urls() {
        var ports = server.ports();
        return IntStream.range(0, visits.length())
                .mapToObj(n -> "http://127.0.0.1:" + ports.get(n % ports.size()) + "/feeds/" + n)
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }

    private void on(Exchange exchange) throws IOException {
        var started = clock.instant();
        var request = exchange.request();
        int feed = feed(request.target());
        boolean conditional = !request.header("if-none-match").isEmpty();
        int status = feed < 0 ? 404 : load.conditional && conditional ? 304 : 200;
        if (status == 200) {
            long visit = visits.getAndIncrement(feed);
            exchange.answer(status, headers(exchange, visit), document(feed, visit, "http://" + exchange.authority()));
        } else {
            exchange.answer(status, status == 304 ? Map.of("ETag", "\"1\"") : Map.of(), new byte[0]);
        }
        ledger.visited(new Ledger.Visit(
                started,
                clock.instant(),
                exchange.authority(),
                request.target(),
                request.header("user-agent"),
                exchange.peer(),
                String.valueOf(status),
                conditional));
    }

    private Map<String, String> headers(Exchange exchange, long visit) {
        var headers = new HashMap<>(Map.of("Content-Type", "application/rss+xml; charset=utf-8"));
        headers.put("ETag", "\"" + (load.conditional ? 1 : visit) + "\"");
        if (load.hub != null) {
            var self = "http://" + exchange.authority() + exchange.request().target();
            headers.put("Link", "<" + load.hub + ">; rel=\"hub\", <" + self + ">; rel=\"self\"");
        }
        return headers;
    }

    private int feed(String target) {
        var number = target.startsWith("/feeds/") ? target.substring("/feeds/".length()) : "";
        int feed = number.matches("\\d{1,9}") ? Integer.parseInt(number) : -1;
        return feed < visits.length() ? feed : -1;
    }

    /** No two are the same, so that hashes of the whole do not help, even where no entry is new. */
    byte[] document(int feed, long visit, String server) {
        long newest = load.entries + visit * load.fresh;
        var out = new ByteArrayOutputStream(load.bytes + 4_096);
        out.writeBytes(bytes("""
                <?xml version="1.0" encoding="UTF-8"?>
                <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Load %d</title><link>%s/</link><description>A feed under load</description><lastBuildDate>%s</lastBuildDate>
                """.formatted(feed, server, date(visit))));
        for (long entry = newest; entry > newest - load.entries; entry--) {
            out.writeBytes(bytes(item(feed, entry, server)));
            out.writeBytes(text);
            out.writeBytes(bytes("]]></content:encoded></item>\n"));
        }
        out.writeBytes(bytes("</channel></rss>\n"));
        return out.toByteArray();
    }

    private static String item(int feed, long entry, String server) {
        return "<item><title>Entry " + entry + " of feed " + feed + "</title><link>" + server + "/articles/" + feed
                + "/"
                + entry + "</link><guid isPermaLink=\"false\">" + feed + "/" + entry + "</guid><pubDate>" + date(entry)
                + "</pubDate><description>What happened, in short</description><content:encoded><![CDATA[";
    }

    private static String date(long second) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                START.plusSeconds(second).atZone(ZoneOffset.UTC));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
