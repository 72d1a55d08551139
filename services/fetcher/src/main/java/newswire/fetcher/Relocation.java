package newswire.fetcher;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

/**
 * Where a feed is, and whether its definition should say so. Redirects are proof of nothing at first: captive portals and
 * broken servers move everything permanently. Hence a move counts only once every poll has seen it for days.
 */
final class Relocation {
    private Relocation() {}

    /**
     * What is known after a poll.
     *
     * @param settled how long the same target must have been seen
     */
    static FeedState.@Nullable Location of(
            Feed feed, @Nullable FeedState before, PollOutcome outcome, Instant now, Duration settled) {
        var was = before == null ? null : before.url();
        boolean proven = before != null && before.schedule().lastSuccessAt() != null;
        return outcome instanceof PollOutcome.Failed failed
                ? failed.discovered() == null ? was : discovered(was, failed.discovered(), proven, now)
                : redirected(feed, was, outcome.exchange(), now, settled);
    }

    /** What was a feed once may be one again tomorrow: then others are shown, but none is proposed. */
    private static FeedState.Location discovered(
            FeedState.@Nullable Location was, Discovered result, boolean proven, Instant now) {
        var proposal = result.best() == null || proven ? null : new FeedState.Proposal(result.best(), "discovered");
        var effective = was == null ? null : was.effective();
        return new FeedState.Location(effective, null, null, null, proposal, now, result.candidates());
    }

    private static FeedState.Location redirected(
            Feed feed, FeedState.@Nullable Location was, FetchResult.Exchange exchange, Instant now, Duration settled) {
        var target = exchange.permanent();
        if (target == null || target.equals(feed.xmlUrl())) {
            return new FeedState.Location(exchange.url(), null, null, null, null, null, List.of());
        }
        var last = was != null && target.equals(was.permanent()) ? was : null;
        var since = last == null || last.permanentSince() == null ? now : last.permanentSince();
        int seen = last == null || last.permanentSeen() == null ? 0 : last.permanentSeen();
        var proposal = secured(feed.xmlUrl(), target)
                ? new FeedState.Proposal(target, "https")
                : Duration.between(since, now).compareTo(settled) >= 0 ? new FeedState.Proposal(target, "moved") : null;
        return new FeedState.Location(exchange.url(), target, since, seen + 1, proposal, null, List.of());
    }

    /** Whether nothing but the scheme changes, and to the better. */
    static boolean secured(URI from, URI to) {
        return "http".equalsIgnoreCase(from.getScheme())
                && "https".equalsIgnoreCase(to.getScheme())
                && String.valueOf(from.getHost()).equalsIgnoreCase(to.getHost())
                && usual(from.getPort(), 80)
                && usual(to.getPort(), 443)
                && path(from).equals(path(to))
                && Objects.equals(from.getRawQuery(), to.getRawQuery());
    }

    private static boolean usual(int port, int usual) {
        return port == -1 || port == usual;
    }

    private static String path(URI url) {
        return url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    }
}
