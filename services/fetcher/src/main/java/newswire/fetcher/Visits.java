package newswire.fetcher;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import newswire.contract.FeedState;
import newswire.contract.PublisherScope;
import newswire.contract.kafka.ScopePartition;
import org.jspecify.annotations.Nullable;

/**
 * Requests beyond polls, each in its turn at the budget of the publisher that it goes to. A publisher whose partition is
 * another instance's is left alone: nobody here knows what that one is asked for.
 */
final class Visits {
    static final int MOST_REDIRECTS = 5;
    private static final int MOST_TRIES = 60;

    private final FeedClient client;
    private final InstantSource clock;
    private final IntSupplier partitions;
    private final Duration patience;

    /**
     * With what it takes to make them.
     *
     * @param partitions of the feeds' topic
     * @param patience longest wait for a turn
     */
    Visits(FeedClient client, InstantSource clock, IntSupplier partitions, Duration patience) {
        this.client = client;
        this.clock = clock;
        this.partitions = partitions;
        this.patience = patience;
    }

    /** Room for what requests bring; whoever asks for it closes it. */
    MemoryBudget.Room room() {
        return client.memory().room();
    }

    /** Makes a request; nothing if it is not ours to make, or there was no turn in time. */
    Optional<FetchResult> make(Errand errand, Request request, MemoryBudget.Room room) {
        var scope = scope(errand, request.url());
        var shard = scope == null ? null : shard(errand, scope);
        if (scope == null || shard == null) {
            return Optional.empty();
        }
        var result = patiently(
                errand.loop(),
                shard,
                scope,
                sent -> client.fetch(request, room, clock.instant().truncatedTo(ChronoUnit.MILLIS), sent));
        if (shard.equals(errand.shard())) {
            result.ifPresent(answer -> rememberSilence(errand, answer));
        }
        return result;
    }

    /** The scope's budget is not all: its server may have enough of our requests on behalf of others. */
    private Optional<FetchResult> patiently(
            PollLoop loop, FeedShard shard, PublisherScope scope, Function<Runnable, FetchResult> exchange) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            try {
                return loop.request(shard, scope, patience, exchange);
            } catch (BusyException ex) {
                pause(ex.patience());
            }
        }
        return Optional.empty();
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** The same through redirects, each of which is a request in its turn. */
    Optional<FetchResult> follow(Errand errand, Request request, MemoryBudget.Room room) {
        var asked = request;
        for (int hop = 0; hop < MOST_REDIRECTS; hop++) {
            var result = make(errand, asked, room);
            if (!(result.orElse(null) instanceof FetchResult.Failed(var exchange, var problem))
                    || !problem.code().equals(Request.REDIRECTED)) {
                return result;
            }
            asked = asked.at(exchange.url());
        }
        return make(errand, asked, room);
    }

    private static @Nullable PublisherScope scope(Errand errand, URI url) {
        try {
            var scope = PublisherScope.of(url);
            var feed = errand.feed();
            return scope.equals(PublisherScope.of(feed.xmlUrl()))
                    ? feed.publisher().scope()
                    : scope;
        } catch (IllegalArgumentException ex) {
            return null; // no host that could be asked
        }
    }

    private @Nullable FeedShard shard(Errand errand, PublisherScope scope) {
        if (scope.equals(errand.feed().publisher().scope())) {
            return errand.shard();
        }
        int count = partitions.getAsInt();
        return count == 0 ? null : errand.loop().shard(ScopePartition.of(scope, count));
    }

    /** A silence that a server asks for outlives us, whatever it was asked about. */
    private static void rememberSilence(Errand errand, FetchResult answer) {
        var until = answer instanceof FetchResult.Failed(var exchange, var _) ? exchange.retryAfter() : null;
        if (until != null) { // not here: this may be in a poll, which would wait for its own end
            Thread.startVirtualThread(() ->
                    errand.amend(state -> NextState.with(state, silent(state.response(), until))));
        }
    }

    private static FeedState.@Nullable Response silent(FeedState.@Nullable Response was, Instant until) {
        return was == null || (was.retryAfter() != null && was.retryAfter().isAfter(until))
                ? was
                : new FeedState.Response(
                        was.status(),
                        was.at(),
                        was.contentType(),
                        was.charset(),
                        was.bytes(),
                        was.millis(),
                        was.maxAgeSeconds(),
                        was.expires(),
                        until);
    }
}
