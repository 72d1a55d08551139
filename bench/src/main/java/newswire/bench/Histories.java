package newswire.bench;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import newswire.contract.FeedId;
import newswire.contract.FeedState;
import newswire.contract.Format;

/** What fetchers remember of a feed that they have polled for a month, made up: as much as there can be of it. */
final class Histories {
    private static final int POLLS = 30;
    private static final int FEWEST_OLDER = 64;
    private static final int MOST_TITLES = 64;

    private Histories() {}

    /**
     * A state.
     *
     * @param entries that the feed shows
     * @param now of the last poll, long before the next one
     */
    static FeedState of(String feed, int entries, Instant now) {
        var url = URI.create(feed);
        var random = new Random(feed.hashCode());
        var last = now.truncatedTo(ChronoUnit.MILLIS);
        var polls = polls(entries, last, random);
        var next = last.plus(Duration.ofDays(1));
        return new FeedState(
                FeedState.SCHEMA_VERSION,
                FeedId.of(url),
                1,
                last,
                FeedState.Status.ACTIVE,
                null,
                new FeedState.Validators(
                        url,
                        "W/\"" + hex(random, 16) + "\"",
                        "Sun, 01 Mar 2026 10:17:41 GMT",
                        hex(random, 64),
                        null,
                        null),
                new FeedState.Response(
                        304, last, "application/rss+xml; charset=UTF-8", null, 0L, 40L, 300L, null, null),
                document(feed, entries),
                new FeedState.Rhythm(last.minusSeconds(9_000), 17, 21_600L, 86_400L, null),
                List.of(),
                new FeedState.Schedule(
                        last,
                        last,
                        last.minusSeconds(9_000),
                        next,
                        86_400L,
                        List.of("mostly-known", "ceiling"),
                        new FeedState.Why(
                                0.1234,
                                0,
                                3,
                                last.minusSeconds(6_000),
                                3_600_000,
                                1.0,
                                1.0,
                                true,
                                false,
                                7_200_000L,
                                9_000_000)),
                new FeedState.Counters(1_440, 1_300, 0, 0, 0),
                new FeedState.Seen(
                        digests(entries, Long.BYTES, random),
                        digests(Math.max(FEWEST_OLDER, 2 * entries), Long.BYTES, random),
                        digests(Math.min(entries, MOST_TITLES), Short.BYTES, random)),
                null,
                null,
                null,
                null,
                polls);
    }

    private static FeedState.Document document(String feed, int entries) {
        return new FeedState.Document(
                Format.RSS_2_0,
                "https://wordpress.org/?v=6.9",
                "World – The Example News " + feed.hashCode(),
                feed.replaceFirst("/feeds/.*", "/world/"),
                feed,
                null,
                "en-US",
                null,
                List.of(),
                List.of(),
                3_600L,
                entries,
                2,
                0);
    }

    /** Newest first: every fifth met something new. */
    private static List<FeedState.PollRecord> polls(int entries, Instant last, Random random) {
        var polls = new ArrayList<FeedState.PollRecord>();
        var at = last;
        for (int n = 0; n < POLLS; n++) {
            boolean fresh = n % 5 == 4;
            var next = at.plusMillis(1_620_000 + random.nextInt(360_000));
            polls.add(new FeedState.PollRecord(
                    at,
                    fresh ? "modified" : "not_modified",
                    fresh ? 200 : 304,
                    fresh ? 30_000L + random.nextInt(30_000) : 0L,
                    30L + random.nextInt(400),
                    fresh ? entries : 0,
                    fresh ? 1 + random.nextInt(4) : 0,
                    0,
                    fresh ? List.of("overlap-good") : List.of("mostly-known", "expected-gap"),
                    next));
            at = at.minusMillis(1_620_000 + random.nextInt(360_000));
        }
        return polls;
    }

    private static String digests(int count, int size, Random random) {
        var bytes = ByteBuffer.allocate(count * size);
        random.nextBytes(bytes.array());
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static String hex(Random random, int length) {
        var bytes = new byte[length / 2];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
