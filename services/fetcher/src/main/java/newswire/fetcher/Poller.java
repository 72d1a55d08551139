package newswire.fetcher;

import com.google.common.hash.Hashing;
import java.net.URI;
import java.util.List;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One poll: asks, reads, compares with the memory, and sends what is new. */
final class Poller {
    private static final Logger log = LoggerFactory.getLogger(Poller.class);

    private final FeedClient client;
    private final RawArticlePublisher publisher;
    private final Sitemaps sitemaps;
    private final FollowUps followUps;
    private final int mostEntries;

    Poller(FeedClient client, RawArticlePublisher publisher, Sitemaps sitemaps, FollowUps followUps, int mostEntries) {
        this.client = client;
        this.publisher = publisher;
        this.sitemaps = sitemaps;
        this.followUps = followUps;
        this.mostEntries = mostEntries;
    }

    MemoryBudget.Room room() {
        return client.memory().room();
    }

    /**
     * Finds out what a feed has, without telling anybody.
     *
     * @param audit whether to ask unconditionally, though there may be validators
     * @throws BusyException if others have to be let go first
     */
    PollAttempt find(Poll poll, boolean audit) {
        var held = hold(poll, poll.feed().xmlUrl());
        if (held != null) {
            return held;
        }
        var validators = poll.before() == null ? null : poll.before().validators();
        boolean conditional = validators != null && (validators.etag() != null || validators.lastModified() != null);
        return switch (fetch(poll, Request.poll(poll.feed(), audit ? null : validators))) {
            case FetchResult.NotModified(var exchange) -> new PollOutcome.Unchanged(exchange, null);
            case FetchResult.PutOff(var exchange) -> new PollAttempt.PutOff(exchange);
            case FetchResult.Failed(var exchange, var problem) -> new PollOutcome.Failed(exchange, problem);
            case FetchResult.Modified modified -> read(poll, modified, audit && conditional);
        };
    }

    private @Nullable PollAttempt hold(Poll poll, URI url) {
        return followUps.hold(poll, url, request -> fetch(poll, request));
    }

    private FetchResult fetch(Poll poll, Request request) {
        return client.fetch(request, poll.room(), poll.now(), poll.errand()::sent);
    }

    /**
     * Looks at the next place where a page's feed may be.
     *
     * @return once the search is over, the outcome of the poll that met the page
     * @throws BusyException if others have to be let go first
     */
    PollAttempt search(Poll poll, Discovery discovery) {
        var question = discovery.next();
        if (question == null) {
            return discovery.outcome();
        }
        return switch (hold(poll, question.url())) {
            case null -> searched(poll, discovery, question);
            case PollOutcome.Failed(var exchange, var problem, var _, var _)
            when FailureClass.of(problem) == FailureClass.THROTTLED -> new PollOutcome.Failed(exchange, problem);
            case PollOutcome _ -> {
                discovery.nothing();
                yield goneOn(discovery);
            }
            case PollAttempt held -> held;
        };
    }

    private PollAttempt searched(Poll poll, Discovery discovery, Discovery.Question question) {
        switch (fetch(poll, Request.search(poll.feed(), question.url()))) {
            case FetchResult.PutOff _ -> {
                return new PollAttempt.Searching(); // the same again
            }
            case FetchResult.NotModified _ -> discovery.nothing();
            case FetchResult.Failed(var exchange, var problem) -> {
                if (FailureClass.of(problem) == FailureClass.THROTTLED) {
                    return new PollOutcome.Failed(exchange, problem);
                }
                discovery.nothing();
            }
            case FetchResult.Modified(var exchange, var body, var _) ->
                discovery.answer(body.bytes(), exchange, mostEntries);
        }
        return goneOn(discovery);
    }

    private static PollAttempt goneOn(Discovery discovery) {
        return discovery.next() == null ? discovery.outcome() : new PollAttempt.Searching();
    }

    private PollAttempt read(Poll poll, FetchResult.Modified modified, boolean audit) {
        var before = poll.before();
        var bytes = modified.body().bytes();
        var sha256 = Hashing.sha256().hashBytes(bytes).toString();
        var validators = before == null ? null : before.validators();
        if (modified.flaw() == null && validators != null && sha256.equals(validators.documentSha256())) {
            return new PollOutcome.Unchanged(modified.exchange(), sha256);
        }
        return switch (FeedDocument.read(bytes, modified.exchange().contentType(), mostEntries)) {
            case FeedDocument.Unreadable unreadable -> unreadable(modified, unreadable);
            case FeedDocument.SitemapIndex index -> sitemaps.read(poll, modified, index);
            case FeedDocument.Parsed document ->
                changed(modified.exchange(), document, modified.flaw(), sha256, before, audit);
        };
    }

    /** A document against what is remembered. */
    static PollOutcome.Changed changed(
            FetchResult.Exchange exchange,
            FeedDocument.Parsed document,
            @Nullable String flaw,
            String sha256,
            @Nullable FeedState before,
            boolean audit) {
        var seen = SeenEntries.of(before == null ? null : before.seen());
        var sightings = seen.compare(document.entries());
        return new PollOutcome.Changed(exchange, document, sightings, seen.overrunBy(sightings), flaw, sha256, audit);
    }

    private static PollOutcome.Failed unreadable(FetchResult.Modified modified, FeedDocument.Unreadable unreadable) {
        var exchange = modified.exchange();
        if (modified.flaw() != null) {
            return new PollOutcome.Failed(exchange, FetchProblems.of(modified.flaw(), null, "the end is missing"));
        }
        var links = unreadable.page() == null ? null : FeedLink.in(unreadable.page(), exchange.url());
        return new PollOutcome.Failed(exchange, unreadable.problem(), links, null);
    }

    /**
     * Sends what a poll found, and returns when the broker has it.
     *
     * @throws org.springframework.kafka.KafkaException if the broker does not confirm it
     */
    void publish(Poll poll, PollOutcome outcome) {
        if (outcome instanceof PollOutcome.Changed changed) {
            var fresh = changed.sightings().stream()
                    .filter(sighting -> SeenEntries.TO_SEND.contains(sighting.kind()))
                    .map(SeenEntries.Sighting::entry)
                    .toList();
            if (!fresh.isEmpty()) {
                publisher.publish(articles(poll.feed(), poll, changed), fresh);
            }
        }
    }

    /** Begins what is to be done after a poll that is over, and never fails for it. */
    void followUp(Poll poll, PollOutcome outcome, FeedState state) {
        var errand = poll.errand();
        try {
            switch (outcome) {
                case PollOutcome.Failed failed -> {
                    if (FailureClass.of(failed.problem()) == FailureClass.ROBOTS) {
                        followUps.robots(errand, poll.feed(), state);
                    }
                }
                case PollOutcome.Unchanged _ -> {
                    followUps.repair(errand, state, List.of());
                    followUps.robots(errand, poll.feed(), state);
                }
                case PollOutcome.Changed changed -> {
                    followUps.pages(errand, changed.sightings(), articles(errand.feed(), poll, changed));
                    if (changed.overrun()) {
                        followUps.gapFound();
                    }
                    followUps.repair(errand, state, changed.document().entries());
                    followUps.robots(errand, poll.feed(), state);
                }
            }
        } catch (RuntimeException ex) { // the bulkhead: the poll is over and well
            log.error("Unexpected failure after a poll, feed={}", state.feedId(), ex);
        }
    }

    private static RawArticles articles(Feed feed, Poll poll, PollOutcome.Changed changed) {
        var exchange = changed.exchange();
        boolean first = poll.before() == null || poll.before().seen() == null;
        return new RawArticles(
                feed,
                changed.document(),
                first ? RawArticle.Via.BACKFILL : RawArticle.Via.POLL,
                poll.now(),
                exchange.url(),
                exchange.status(),
                exchange.etag(),
                exchange.lastModified(),
                exchange.contentType(),
                changed.documentSha256());
    }
}
