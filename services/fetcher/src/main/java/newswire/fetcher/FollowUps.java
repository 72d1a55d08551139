package newswire.fetcher;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

/** What is done after a poll with what it found: pages of new entries, a look for entries that were missed, and one at robots.txt. */
final class FollowUps {
    private final Pages pages;
    private final GapRepair repair;
    private final FeedRobots robots;
    private final ErrandMetrics metrics;
    private final FetcherProperties.Pages settings;

    FollowUps(
            Pages pages, GapRepair repair, FeedRobots robots, ErrandMetrics metrics, FetcherProperties.Pages settings) {
        this.pages = pages;
        this.repair = repair;
        this.robots = robots;
        this.metrics = metrics;
        this.settings = settings;
    }

    static FollowUps of(
            Visits visits,
            RawArticlePublisher publisher,
            MeterRegistry meters,
            InstantSource clock,
            FetcherProperties properties) {
        var metrics = new ErrandMetrics(meters);
        var robots = new Robots(visits, clock, properties.pages().robots());
        return new FollowUps(
                new Pages(visits, robots, publisher, metrics, clock, properties.pages()),
                new GapRepair(visits, robots, publisher, metrics, clock, properties),
                new FeedRobots(robots, clock, properties.robots()),
                metrics,
                properties.pages());
    }

    /** Has the pages fetched of entries that the broker has. */
    void pages(Errand errand, List<SeenEntries.Sighting> sightings, RawArticles articles) {
        pages.add(errand, PagePolicy.wanted(articles, sightings, settings), articles);
    }

    /**
     * Before a poll asks for something: whether robots.txt forbids that, where it is to be obeyed.
     *
     * @see FeedRobots#hold
     */
    @Nullable
    PollAttempt hold(Poll poll, URI url, Function<Request, FetchResult> fetch) {
        return robots.hold(poll, url, fetch);
    }

    /** Has looked up what robots.txt says of a feed. */
    void robots(Errand errand, Feed feed, FeedState state) {
        robots.look(errand, feed, state);
    }

    void gapFound() {
        metrics.gap(FeedState.Gap.Outlook.OPEN, 0);
    }

    void repair(Errand errand, FeedState state, List<FeedDocument.Entry> shown) {
        repair.start(errand, state, shown);
    }
}
