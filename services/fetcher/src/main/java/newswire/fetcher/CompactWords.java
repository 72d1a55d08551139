package newswire.fetcher;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What writer and reader of a {@link Compact} have met so far, so that it need not be said again. */
final class CompactWords {
    /** How a text is written: as it is, by its number, or as the bytes that it stands for. */
    static final int TEXT = 0;

    static final int AGAIN = 1;
    static final int HEX = 2;
    static final int BASE64 = 3;

    static final int NANOS_OF_MILLI = 1_000_000;

    private static final int TIMES = 4;
    private static final Instant NEAR = Instant.parse("2026-06-01T00:00:00Z");

    /** What feeds have in common. */
    private static final List<String> COMMON = List.of(
            "1.0",
            "not_modified",
            "modified",
            "https://",
            "https://www.",
            "http://",
            "overlap-unknown",
            "mostly-known",
            "expected-gap",
            "hint",
            "ceiling",
            "floor",
            "cache-control=",
            "expires=",
            "sy=3600s",
            "ttl=",
            "UTF-8",
            "application/rss+xml; charset=UTF-8",
            "application/xml",
            "text/xml; charset=utf-8",
            "application/atom+xml; charset=utf-8",
            "application/json",
            "en-US",
            "https://wordpress.org/?v=6.",
            "urn:newswire:problem:",
            "response_timeout",
            "W/\"");

    private final List<String> texts = new ArrayList<>(COMMON);
    private final List<List<?>> lists = new ArrayList<>();
    private final Instant[] times = {NEAR, NEAR, NEAR, NEAR};
    private final Map<Class<?>, @Nullable Object[]> records = new HashMap<>();
    private int time;

    List<String> texts() {
        return texts;
    }

    /** Lists of texts. */
    List<List<?>> lists() {
        return lists;
    }

    /** One of the last times: 0 is the oldest of them. */
    Instant time(int number) {
        return times[(time + number) % TIMES];
    }

    /** The number of the one of the last times that is nearest. */
    int nearest(Instant to) {
        int best = 0;
        for (int n = 1; n < TIMES; n++) {
            if (distance(to, time(n)) < distance(to, time(best))) {
                best = n;
            }
        }
        return best;
    }

    private static long distance(Instant one, Instant other) {
        return Math.abs(one.getEpochSecond() - other.getEpochSecond());
    }

    void met(Instant at) {
        times[time] = at.truncatedTo(ChronoUnit.MILLIS);
        time = (time + 1) % TIMES;
    }

    /**
     * The components of the last record of a type, to be replaced by those of the next.
     *
     * @param nothing what they are before there was one
     */
    @Nullable
    Object[] last(Class<?> type, @Nullable Object[] nothing) {
        return records.computeIfAbsent(type, _ -> nothing.clone());
    }
}
