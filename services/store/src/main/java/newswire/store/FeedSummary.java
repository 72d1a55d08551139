package newswire.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.NewsRecord;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * A feed and how it fares, as pages show it.
 *
 * @param state what was found at it; absent before its first poll
 */
record FeedSummary(Feed feed, @Nullable FeedState state) {
    static FeedSummary of(FeedTable.FeedView view) {
        var state = view.state();
        return new FeedSummary(read(view.feed(), Feed.class), state == null ? null : read(state, FeedState.class));
    }

    private static <T extends NewsRecord> T read(RawJson json, Class<T> type) {
        if (Encoding.decode(json.json().getBytes(StandardCharsets.UTF_8), type)
                instanceof Decoded.Value<T>(var value)) {
            return value;
        }
        throw new IllegalStateException("a row that cannot be read as " + type.getSimpleName());
    }

    /** What operators call it or, where that is but its address, what it calls itself. */
    String title() {
        var document = state == null ? null : state.document();
        return feed.title().equals(feed.xmlUrl().toString()) && document != null && document.title() != null
                ? document.title()
                : feed.title();
    }

    /**
     * How a feed is.
     *
     * @param kind good, warn or bad
     */
    record Health(String kind, String words) {
        static Health of(FeedState.Status status) {
            return switch (status) {
                case NEW -> new Health("warn", "waits for its first poll");
                case ACTIVE -> new Health("good", "fine");
                case BACKOFF -> new Health("bad", "fails, asked less often");
                case THROTTLED -> new Health("warn", "asked us to wait");
                case UNAUTHORIZED -> new Health("bad", "wants credentials");
                case ROBOTS_DENIED -> new Health("bad", "forbidden by robots.txt");
                case GONE -> new Health("bad", "gone for good");
                case INVALID -> new Health("bad", "no feed there");
                case PAUSED -> new Health("warn", "paused");
            };
        }
    }

    Health health() {
        return Health.of(status());
    }

    FeedState.Status status() {
        if (!feed.enabled()) {
            return FeedState.Status.PAUSED;
        }
        return state == null ? FeedState.Status.NEW : state.status();
    }

    /** Whether it was not polled yet, and will be. */
    boolean isWaiting() {
        return feed.enabled() && state == null;
    }

    /** What the last poll met; null if all was well. */
    @Nullable
    String problem() {
        var error = state == null ? null : state.lastError();
        return error == null
                ? null
                : Stream.of(error.title(), error.detail())
                        .filter(text -> text != null && !text.isBlank())
                        .collect(Collectors.joining(": "));
    }

    /** What decided when it is polled next, the most decisive first. */
    String why() {
        return state == null ? "" : reasons(state.schedule().reasons());
    }

    static String reasons(List<String> reasons) {
        return reasons.stream().map(Shown::words).collect(Collectors.joining(", "));
    }

    boolean isQuiet() {
        return state != null && state.rhythm() != null && state.rhythm().quietSince() != null;
    }

    int gaps() {
        return state == null ? 0 : state.gaps().size();
    }
}
