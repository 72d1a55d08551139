package newswire.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** A feed's document as it is at a time, ready to be sent. */
final class FarmDocument {
    private final List<FarmEntry> entries;
    private final Map<String, String> headers;
    private final byte[] body;

    private FarmDocument(List<FarmEntry> entries, Map<String, String> headers, byte[] body) {
        this.entries = entries;
        this.headers = headers;
        this.body = body;
    }

    /** The document of a feed at a server such as {@code http://127.0.0.1:8000}. */
    static FarmDocument of(FarmFeed feed, List<FarmEntry> entries, String server) {
        var text = switch (feed.syntax()) {
            case RSS -> rss(feed, entries, server);
            case RDF -> rdf(feed, entries, server);
            case ATOM -> atom(feed, entries, server);
            case JSON -> json(feed, entries, server);
        };
        var body = text.getBytes(StandardCharsets.UTF_8);
        return new FarmDocument(entries, headers(feed, entries, text), feed.gzip() ? gzip(body) : body);
    }

    List<FarmEntry> entries() {
        return entries;
    }

    /** With validators, as far as the feed has some. */
    Map<String, String> headers() {
        return headers;
    }

    /** Encoded as the headers say; not to be changed. */
    byte[] body() {
        return body;
    }

    /** Whether a client that sends these validators has the document already. */
    boolean matches(HttpRequest request) {
        var etag = headers.get("ETag");
        var given = request.header("if-none-match");
        if (!given.isEmpty()) {
            return given.equals(etag);
        }
        var since = request.header("if-modified-since");
        return !since.isEmpty() && since.equals(headers.get("Last-Modified"));
    }

    private static Map<String, String> headers(FarmFeed feed, List<FarmEntry> entries, String text) {
        var headers = new TreeMap<String, String>();
        headers.put(
                "Content-Type",
                switch (feed.syntax()) {
                    case RSS -> "application/rss+xml; charset=utf-8";
                    case RDF -> "application/rdf+xml";
                    case ATOM -> "application/atom+xml";
                    case JSON -> "application/feed+json";
                });
        if (feed.gzip()) {
            headers.put("Content-Encoding", "gzip");
        }
        var validation = feed.validation();
        if (validation == FarmFeed.Validation.BOTH || validation == FarmFeed.Validation.ETAG) {
            headers.put("ETag", '"' + Integer.toHexString(text.hashCode()) + '"');
        }
        if (validation == FarmFeed.Validation.BOTH || validation == FarmFeed.Validation.LAST_MODIFIED) {
            headers.put("Last-Modified", rfc1123(changed(feed, entries)));
        }
        return headers;
    }

    /** Corrections count: a document must not change behind the back of its date. */
    private static Instant changed(FarmFeed feed, List<FarmEntry> entries) {
        return entries.stream()
                .map(entry -> entry.revision() == 1
                        ? entry.published()
                        : entry.published().plus(feed.gap().multipliedBy(3).dividedBy(2)))
                .max(Instant::compareTo)
                .orElse(feed.start());
    }

    private static String rss(FarmFeed feed, List<FarmEntry> entries, String server) {
        return entries.stream()
                .map(entry -> """
                        <item><title>%s</title><link>%s</link><guid isPermaLink="false">%s</guid><pubDate>%s</pubDate><description>%s</description></item>
                        """.formatted(
                        entry.title(), server + entry.path(), entry.guid(), rfc1123(entry.published()), entry.text()))
                .collect(Collectors.joining("", """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <rss version="2.0"><channel><title>Farm feed %d</title><link>%s/</link><description>A feed of the farm</description>
                        """.formatted(feed.number(), server), "</channel></rss>\n"));
    }

    private static String rdf(FarmFeed feed, List<FarmEntry> entries, String server) {
        return entries.stream()
                .map(entry -> """
                        <item rdf:about="%2$s"><title>%1$s</title><link>%2$s</link><dc:identifier>%3$s</dc:identifier><dc:date>%4$s</dc:date><description>%5$s</description></item>
                        """.formatted(
                                entry.title(),
                                server + entry.path(),
                                entry.guid(),
                                entry.published().truncatedTo(ChronoUnit.SECONDS),
                                entry.text()))
                .collect(Collectors.joining("", """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
                        <channel rdf:about="%2$s/"><title>Farm feed %1$d</title><link>%2$s/</link><description>A feed of the farm</description></channel>
                        """.formatted(feed.number(), server), "</rdf:RDF>\n"));
    }

    private static String atom(FarmFeed feed, List<FarmEntry> entries, String server) {
        return entries.stream()
                .map(entry -> """
                        <entry><id>tag:farm,2026:%3$s</id><title>%1$s</title><link href="%2$s"/><published>%4$s</published><updated>%4$s</updated><content>%5$s</content></entry>
                        """.formatted(
                                entry.title(), server + entry.path(), entry.guid(), entry.published(), entry.text()))
                .collect(Collectors.joining("", """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <feed xmlns="http://www.w3.org/2005/Atom"><id>tag:farm,2026:%1$d</id><title>Farm feed %1$d</title><updated>%2$s</updated><author><name>Farm</name></author>
                        """.formatted(feed.number(), changed(feed, entries)), "</feed>\n"));
    }

    private static String json(FarmFeed feed, List<FarmEntry> entries, String server) {
        return entries.stream()
                .map(entry -> """
                        {"id": "%s", "title": "%s", "url": "%s", "date_published": "%s", "content_text": "%s"}""".formatted(
                                entry.guid(), entry.title(), server + entry.path(), entry.published(), entry.text()))
                .collect(Collectors.joining(",\n", """
                        {"version": "https://jsonfeed.org/version/1.1", "title": "Farm feed %d", "items": [
                        """.formatted(feed.number()), "\n]}\n"));
    }

    private static String rfc1123(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atZone(ZoneOffset.UTC));
    }

    private static byte[] gzip(byte[] body) {
        var packed = new ByteArrayOutputStream(body.length / 3);
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        } catch (IOException ex) {
            throw new UncheckedIOException("memory does not fail", ex);
        }
        return packed.toByteArray();
    }
}
