package newswire.fetcher;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import newswire.contract.Feed;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The robots.txt of servers, each asked for once a day, or once an hour while it is not there. */
final class Robots {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration KEPT_WITHOUT = Duration.ofHours(1);
    private static final Set<String> TOO_FAR = Set.of(Request.REDIRECTED, "too_many_redirects");
    private static final int MOST_SERVERS = 10_000;
    private static final long MOST_BYTES = 16L << 20;

    private final Visits visits;
    private final InstantSource clock;
    private final DataSize most;
    private final Map<String, Kept> cache = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();
    private long bytes;

    private record Kept(RobotsRules rules, int size, Instant until) {}

    Robots(Visits visits, InstantSource clock, DataSize most) {
        this.visits = visits;
        this.clock = clock;
        this.most = most;
    }

    /** The rules of a URL's server; nothing if they are not ours to ask for now. Whoever comes while one asks waits for him. */
    @Nullable
    RobotsRules rules(Errand errand, URI url) {
        var server = server(url);
        try {
            begin(server);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return null;
        }
        try {
            var known = known(server);
            var answer = known == null ? ask(errand, URI.create(server + "/robots.txt")) : null;
            return answer == null ? known : keep(server, answer).rules();
        } finally {
            end(server);
        }
    }

    /** The rules of a URL's server as they are known; nothing if it has to be asked. */
    @Nullable
    RobotsRules known(URI url) {
        var known = known(server(url));
        return RobotsRules.NONE.equals(known) ? null : known; // there was no answer: another may be more fortunate
    }

    /** What to ask for the rules of a URL's server, in the turn of a feed's poll. */
    Request request(Feed feed, URI url) {
        return Request.robotsOfPoll(feed, URI.create(server(url) + "/robots.txt"), most);
    }

    /** Keeps what was answered to that. Returns the rules; nothing if there was no room for the answer. */
    @Nullable
    RobotsRules learn(URI url, FetchResult result) {
        var server = server(url);
        var answer = kept(URI.create(server + "/robots.txt"), result);
        return answer == null ? null : keep(server, answer).rules();
    }

    private synchronized void begin(String server) throws InterruptedException {
        while (!asked.add(server)) {
            wait();
        }
    }

    private synchronized void end(String server) {
        asked.remove(server);
        notifyAll();
    }

    static String server(URI url) {
        return (url.getScheme() + "://" + url.getRawAuthority()).toLowerCase(Locale.ROOT);
    }

    private synchronized @Nullable RobotsRules known(String server) {
        var kept = cache.get(server);
        return kept == null || kept.until().isBefore(clock.instant()) ? null : kept.rules();
    }

    private synchronized Kept keep(String server, Kept kept) {
        var old = cache.remove(server);
        bytes += kept.size() - (old == null ? 0 : old.size());
        cache.put(server, kept);
        for (Iterator<Kept> all = cache.values().iterator();
                all.hasNext() && (cache.size() > MOST_SERVERS || bytes > MOST_BYTES); ) {
            bytes -= all.next().size();
            all.remove();
        }
        return kept;
    }

    private @Nullable Kept ask(Errand errand, URI robots) {
        try (var room = visits.room()) {
            return kept(
                    robots,
                    visits.follow(errand, Request.robots(errand.feed(), robots, most), room)
                            .orElse(null));
        }
    }

    private @Nullable Kept kept(URI robots, @Nullable FetchResult result) {
        return switch (result) {
            case null -> null;
            case FetchResult.PutOff _ -> null;
            case FetchResult.Modified(var _, var body, var _) ->
                new Kept(
                        RobotsRules.parse(robots, body.bytes()),
                        body.bytes().length,
                        clock.instant().plus(KEPT));
            case FetchResult.Failed(var exchange, var problem) ->
                without(
                        TOO_FAR.contains(problem.code())
                                ? Integer.valueOf(404)
                                : exchange.status()); // RFC 9309, 2.3.1.2
            case FetchResult.NotModified _ -> without(null);
        };
    }

    private Kept without(@Nullable Integer status) {
        var rules = RobotsRules.without(status);
        return new Kept(rules, 0, clock.instant().plus(rules.equals(RobotsRules.ALL) ? KEPT : KEPT_WITHOUT));
    }
}
