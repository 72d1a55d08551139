package newswire.fetcher;

import com.google.common.hash.Hashing;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import newswire.contract.Feed;
import newswire.contract.FeedId;
import newswire.contract.FeedState;
import newswire.contract.FeedState.Gap.Outlook;
import newswire.contract.Format;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;

/**
 * Looks for the entries that a feed showed while nobody looked: in its older parts, then in the site's news sitemap. Each
 * document is a request in its turn. What is found is published; in the end the gap is closed, or marked permanent. A repair
 * that is cut off begins anew after the feed's next poll.
 */
final class GapRepair {
    private static final Logger log = LoggerFactory.getLogger(GapRepair.class);
    private static final Duration GIVEN_UP = Duration.ofDays(1);

    private final Visits visits;
    private final Robots robots;
    private final RawArticlePublisher publisher;
    private final ErrandMetrics metrics;
    private final InstantSource clock;
    private final FetcherProperties properties;
    private final Set<FeedId> running = ConcurrentHashMap.newKeySet();

    GapRepair(
            Visits visits,
            Robots robots,
            RawArticlePublisher publisher,
            ErrandMetrics metrics,
            InstantSource clock,
            FetcherProperties properties) {
        this.visits = visits;
        this.robots = robots;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
        this.properties = properties;
    }

    /**
     * Starts to repair the newest open gap of a feed, if there is one and nobody is at it.
     *
     * @param shown by the feed now
     */
    void start(Errand errand, FeedState state, List<FeedDocument.Entry> shown) {
        var gap = Gaps.open(state);
        if (gap != null && running.add(state.feedId())) {
            var repair = new Running(errand, state, gap, shown);
            Thread.ofVirtual().name("gap-" + state.feedId()).start(() -> {
                try {
                    repair.run();
                } catch (KafkaException ex) {
                    log.warn("Gap not repaired, feed={} reason={}", state.feedId(), ex.toString());
                } catch (RuntimeException ex) { // the bulkhead: nobody else looks at this thread
                    log.error("Unexpected failure of the repair of a gap, feed={}", state.feedId(), ex);
                } finally {
                    running.remove(state.feedId());
                }
            });
        }
    }

    /** One repair. */
    private final class Running {
        private final Errand errand;
        private final Feed feed;
        private final FeedState state;
        private final FeedState.Gap gap;
        private final Instant deadline = clock.instant().plus(properties.parts().time());
        private final List<Long> sent = new ArrayList<>();
        private final Set<String> links = new HashSet<>();
        private SeenEntries memory;
        private int documents;
        private long bytes;
        private boolean cutOff;

        Running(Errand errand, FeedState state, FeedState.Gap gap, List<FeedDocument.Entry> shown) {
            this.errand = errand;
            this.feed = errand.feed();
            this.state = state;
            this.gap = gap;
            this.memory = SeenEntries.of(state.seen());
            remember(shown);
        }

        void run() {
            boolean late = gap.to().plus(GIVEN_UP).isBefore(clock.instant());
            boolean closed = !late && (byOlderParts() || byNewsSitemap());
            if (cutOff && !late) {
                return;
            }
            var outlook = closed ? Outlook.CLOSED : Outlook.PERMANENT;
            metrics.gap(outlook, sent.size());
            log.info("Gap {}, feed={} from={} recovered={}", outlook, feed.feedId(), gap.from(), sent.size());
            errand.amend(now -> NextState.with(
                    now,
                    Gaps.with(
                            now.gaps(),
                            gap,
                            open -> new FeedState.Gap(open.from(), open.to(), outlook, sent.size(), null)),
                    SeenEntries.of(now.seen()).withOlder(sent).toState()));
        }

        /** Whether reading back led to what was known before the gap. */
        private boolean byOlderParts() {
            var base = state.url() == null || state.url().effective() == null
                    ? feed.xmlUrl()
                    : state.url().effective();
            var generator = state.document() == null ? null : state.document().generator();
            var visited = new HashSet<URI>();
            for (var next = OlderParts.first(base, gap, generator); next != null && visited.add(next); ) {
                var step = older(next);
                if (step.reached()) {
                    return true;
                }
                next = step.next();
            }
            return false;
        }

        private Step older(URI url) {
            try (var room = visits.room()) {
                var part = read(url, room);
                if (part == null) {
                    return new Step(false, null);
                }
                var sightings = memory.compare(part.document().entries());
                var fresh = sightings.stream()
                        .filter(sighting -> sighting.kind() == SeenEntries.Kind.NEW)
                        .toList();
                send(part, fresh);
                boolean last = fresh.isEmpty() && documents > 1;
                return new Step(
                        memory.reachedBy(sightings),
                        last
                                ? null
                                : OlderParts.after(
                                        part.exchange().url(), part.document().facts()));
            }
        }

        /** A sitemap has other names for its entries than a feed, so of it only what was published in the gap is sent. */
        private boolean byNewsSitemap() {
            var rules = cutOff ? null : robots.rules(errand, feed.xmlUrl());
            if (rules == null) {
                cutOff = true;
                return false;
            }
            try (var room = visits.room()) {
                for (var sitemap : OlderParts.newsSitemaps(feed.xmlUrl(), rules.sitemaps())) {
                    var part = rules.allows(sitemap) ? read(sitemap, room) : null;
                    if (part != null && part.document().format() == Format.NEWS_SITEMAP) {
                        send(part, missed(part.document().entries()));
                        return OlderParts.covers(gap, part.document().entries());
                    }
                }
            }
            return false;
        }

        private List<SeenEntries.Sighting> missed(List<FeedDocument.Entry> entries) {
            return memory.compare(entries).stream()
                    .filter(sighting -> sighting.kind() == SeenEntries.Kind.NEW
                            && OlderParts.within(gap, sighting.entry())
                            && !links.contains(sighting.entry().facts().link()))
                    .toList();
        }

        private @Nullable Part read(URI url, MemoryBudget.Room room) {
            if (documents++ >= properties.parts().documents()
                    || bytes >= properties.parts().bytes().toBytes()
                    || clock.instant().isAfter(deadline)) {
                return null;
            }
            var result = visits.follow(errand, Request.part(feed, url), room).orElse(null);
            cutOff = result == null || result instanceof FetchResult.PutOff || !errand.owned();
            if (cutOff || !(result instanceof FetchResult.Modified(var exchange, var body, var _))) {
                return null;
            }
            bytes += body.bytes().length;
            return part(exchange, body.bytes());
        }

        private @Nullable Part part(FetchResult.Exchange exchange, byte[] body) {
            var read = FeedDocument.read(
                    body, exchange.contentType(), properties.limits().entries());
            return read instanceof FeedDocument.Parsed document
                    ? new Part(
                            exchange, document, Hashing.sha256().hashBytes(body).toString())
                    : null;
        }

        private void remember(List<FeedDocument.Entry> entries) {
            for (var entry : entries) {
                if (entry.facts().link() != null) {
                    links.add(entry.facts().link());
                }
            }
        }

        private void send(Part part, List<SeenEntries.Sighting> fresh) {
            remember(part.document().entries());
            if (!fresh.isEmpty()) {
                publisher.publish(
                        part.articles(feed, clock.instant().truncatedTo(ChronoUnit.MILLIS)),
                        fresh.stream().map(SeenEntries.Sighting::entry).toList());
                fresh.forEach(sighting -> sent.add(sighting.digest())); // of the documents nothing is kept
                memory = memory.withShown(fresh);
            }
        }
    }

    /** How far back a document led, and where the next may be. */
    private record Step(boolean reached, @Nullable URI next) {}

    /** A document that was read. */
    private record Part(FetchResult.Exchange exchange, FeedDocument.Parsed document, String sha256) {
        RawArticles articles(Feed feed, Instant now) {
            return new RawArticles(
                    feed,
                    document,
                    RawArticle.Via.BACKFILL,
                    now,
                    exchange.url(),
                    exchange.status(),
                    exchange.etag(),
                    exchange.lastModified(),
                    exchange.contentType(),
                    sha256);
        }
    }
}
