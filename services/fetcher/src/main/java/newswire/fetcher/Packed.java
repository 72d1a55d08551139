package newswire.fetcher;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.Format;
import newswire.contract.NewsRecord;
import newswire.contract.Problem;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * A record as few bytes: feeds spend their lives waiting, and a hundred thousand of them have to fit.
 *
 * @param <T> what it is
 */
final class Packed<T extends NewsRecord> {
    /** What every feed and every state has in common, so that only the rest takes room. Never stored, free to change. */
    private static final byte[] COMMON = common();

    private final byte[] bytes;
    private final int size;

    private Packed(byte[] bytes, int size) {
        this.bytes = bytes;
        this.size = size;
    }

    static <T extends NewsRecord> Packed<T> of(T value) {
        var plain = Encoding.encode(value);
        try (var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setDictionary(COMMON);
            deflater.setInput(plain);
            deflater.finish();
            var out = new ByteArrayOutputStream(plain.length / 3);
            var buffer = new byte[2 * 1024];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return new Packed<>(out.toByteArray(), plain.length);
        }
    }

    T unpack(Class<T> type) {
        var plain = new byte[size];
        try (var inflater = new Inflater(true)) {
            inflater.setDictionary(COMMON);
            inflater.setInput(bytes);
            for (int at = 0; at < size; ) {
                at += inflater.inflate(plain, at, size - at);
            }
        } catch (DataFormatException ex) {
            throw new IllegalStateException("packed by this very class", ex);
        }
        if (Encoding.decode(plain, type) instanceof Decoded.Value<T>(var value)) {
            return value;
        }
        throw new IllegalStateException("encoded by this very class: " + type.getSimpleName());
    }

    private static byte[] common() {
        var url = URI.create("https://www.example.com/feed/rss.xml");
        var exchange = new FetchResult.Exchange(
                url,
                null,
                304,
                "W/\"0123456789abcdef\"",
                "Mon, 02 Mar 2026 10:00:00 GMT",
                "application/rss+xml; charset=UTF-8",
                300L,
                null,
                null,
                null,
                0,
                100);
        var facts = new ChannelFacts(
                "https://wordpress.org/?v=6.9",
                "News",
                "https://www.example.com/",
                url.toString(),
                null,
                "en-US",
                null,
                List.of(),
                List.of(),
                3600L,
                null);
        var entry = new FeedDocument.Entry(0, "a", EntryDigest.sha256("a"), EntryFacts.NONE, () -> "");
        var document = new FeedDocument.Parsed(Format.RSS_2_0, "UTF-8", List.of(), true, List.of(entry), "", facts);
        var sightings = SeenEntries.NOTHING.compare(List.of(entry));
        var feed = Feed.of(url, Instant.EPOCH);
        var state = state(
                feed, null, new PollOutcome.Changed(exchange, document, sightings, false, null, entry.digest(), false));
        state = state(feed, state, new PollOutcome.Unchanged(exchange, null));
        state = state(feed, state, new PollOutcome.Failed(exchange, Problem.of("http_404", 404, "HTTP 404")));
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Encoding.encode(feed));
        bytes.writeBytes(Encoding.encode(state));
        return bytes.toByteArray();
    }

    private static FeedState state(Feed feed, @Nullable FeedState before, PollOutcome outcome) {
        var plan = new PollSchedule.Plan(
                Instant.EPOCH,
                Duration.ofMinutes(30),
                FeedState.Status.ACTIVE,
                0,
                List.of("hint", "sy=3600s", "expected-gap", "mostly-known", "overlap-unknown", "ceiling"),
                new FeedState.Why(0.5, 0, 1, Instant.EPOCH, 1_800_000, 1.0, 1.0, true, false, 3_600_000L, 0));
        return NextState.of(feed, before, outcome, plan, Instant.EPOCH, Duration.ofDays(7));
    }
}
