package newswire.fetcher;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import newswire.contract.PublisherScope;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;

/**
 * Fetches the pages of entries that were published already, and publishes those entries again with their pages. A
 * publisher's pages come one after the other, at its budget and its robots.txt's pace. What waits is lost with the process:
 * then the entry's own article is all there is.
 */
final class Pages {
    private static final Logger log = LoggerFactory.getLogger(Pages.class);

    private final Visits visits;
    private final Robots robots;
    private final RawArticlePublisher publisher;
    private final ErrandMetrics metrics;
    private final InstantSource clock;
    private final FetcherProperties.Pages settings;
    private final Map<String, Queue<Page>> waiting = new HashMap<>();
    private int count;

    private record Page(Errand errand, URI url, Packed<RawArticle> entry) {}

    Pages(
            Visits visits,
            Robots robots,
            RawArticlePublisher publisher,
            ErrandMetrics metrics,
            InstantSource clock,
            FetcherProperties.Pages settings) {
        this.visits = visits;
        this.robots = robots;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
        this.settings = settings;
    }

    /** Takes in the pages of entries that the broker has. */
    void add(Errand errand, List<PagePolicy.Wanted> wanted, RawArticles articles) {
        for (var one : wanted) {
            add(new Page(errand, one.page(), Packed.of(articles.of(one.entry()))));
        }
    }

    private synchronized void add(Page page) {
        var queue = waiting.computeIfAbsent(scope(page.url()), this::started);
        if (queue.size() < settings.waiting() && count < settings.waitingAll()) {
            queue.add(page);
            count++;
        } else {
            metrics.page("left_out");
        }
    }

    private Queue<Page> started(String scope) {
        Thread.ofVirtual().name("pages-" + scope).start(() -> work(scope));
        return new ArrayDeque<>();
    }

    private static String scope(URI url) {
        try {
            return PublisherScope.of(url).value();
        } catch (IllegalArgumentException ex) {
            return ""; // it will not be asked
        }
    }

    private synchronized @Nullable Page next(String scope) {
        var queue = waiting.get(scope);
        var page = queue == null ? null : queue.poll();
        count -= page == null ? 0 : 1;
        return page;
    }

    private synchronized boolean finished(String scope) {
        var queue = waiting.get(scope);
        boolean finished = queue == null || queue.isEmpty();
        if (finished) {
            waiting.remove(scope);
        }
        return finished;
    }

    private void work(String scope) {
        do {
            var notBefore = Instant.EPOCH;
            for (var page = next(scope); page != null; page = next(scope)) {
                notBefore = done(page, notBefore);
            }
            pause(notBefore);
        } while (!finished(scope));
    }

    private Instant done(Page page, Instant notBefore) {
        try {
            return visited(page, notBefore);
        } catch (KafkaException ex) {
            metrics.page("not_sent");
            log.warn("Page not sent, url={} reason={}", page.url(), ex.toString());
        } catch (RuntimeException ex) { // the bulkhead: one page must not keep the others from being fetched
            metrics.page("failed");
            log.error("Unexpected failure of a page, url={}", page.url(), ex);
        }
        return notBefore;
    }

    /** Fetches one page. Returns when robots.txt allows the next. */
    private Instant visited(Page page, Instant notBefore) {
        var url = page.url();
        var next = notBefore;
        for (int hop = 0; hop <= Visits.MOST_REDIRECTS; hop++) {
            var rules = page.errand().owned() ? robots.rules(page.errand(), url) : null;
            if (rules == null || !rules.allows(url)) {
                metrics.page(rules == null ? "no_turn" : "robots");
                return next;
            }
            pause(next);
            var elsewhere = fetched(page, url);
            next = clock.instant().plus(rules.crawlDelay());
            if (elsewhere == null) {
                return next;
            }
            url = elsewhere;
        }
        metrics.page("too_many_redirects");
        return next;
    }

    /** Makes one request. Returns where the page is, if it is elsewhere. */
    private @Nullable URI fetched(Page page, URI url) {
        var request = Request.page(page.errand().feed(), url, settings.largest());
        try (var room = visits.room()) {
            return answered(page, visits.make(page.errand(), request, room).orElse(null));
        }
    }

    private @Nullable URI answered(Page page, @Nullable FetchResult result) {
        return switch (result) {
            case null -> counted("no_turn");
            case FetchResult.PutOff _ -> counted(PollAttempt.PutOff.NAME);
            case FetchResult.NotModified _ -> counted("unexpected_304");
            case FetchResult.Failed(var exchange, var problem)
            when problem.code().equals(Request.REDIRECTED) -> exchange.url();
            case FetchResult.Failed failed -> {
                if (failed.problem().code().equals("http_410")) { // withdrawn, which others have to know
                    published(
                            page,
                            PageText.gone(page.url(), failed, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
                }
                yield counted(PollMetrics.label(failed.problem()));
            }
            case FetchResult.Modified answer ->
                counted(published(
                        page, PageText.of(page.url(), answer, clock.instant().truncatedTo(ChronoUnit.MILLIS))));
        };
    }

    private @Nullable URI counted(String outcome) {
        metrics.page(outcome);
        return null;
    }

    private String published(Page page, RawArticle.@Nullable Page text) {
        if (text == null) {
            return "not_html";
        }
        if (!page.errand().owned()) {
            return "no_turn";
        }
        publisher.publish(RawArticles.with(page.entry().unpack(RawArticle.class), text));
        return "published";
    }

    private void pause(Instant until) {
        try {
            Thread.sleep(PollSchedule.max(Duration.ZERO, Duration.between(clock.instant(), until)));
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
