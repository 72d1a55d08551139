package newswire.fetcher;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.Format;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The schedule as it runs, with documents that nobody fetched. */
final class Simulation implements FetcherApplication.Timetable {
    private static final Feed FEED = Feed.of(URI.create("https://news.example/feed"), Instant.EPOCH);
    private static final ChannelFacts FACTS =
            new ChannelFacts(null, null, null, null, null, null, null, List.of(), List.of(), null, null);

    private final FetcherProperties.Poll settings;
    private final PollSchedule schedule;
    private final SplittableRandom random;
    private @Nullable FeedState state;

    Simulation(Map<String, String> settings, long seed) {
        this.settings = new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("fetcher.poll", FetcherProperties.Poll.class);
        this.schedule = new PollSchedule(this.settings);
        this.random = new SplittableRandom(seed);
    }

    @Override
    public Instant next(Instant now, int entries, int known) {
        var outcome = state != null && known == entries ? unchanged() : changed(entries, known);
        var plan = schedule.next(FEED, state, outcome, now, random.nextDouble());
        state = NextState.of(FEED, state, outcome, plan, now, settings.moved());
        return plan.at();
    }

    private static PollOutcome unchanged() {
        return new PollOutcome.Unchanged(exchange(304), null);
    }

    private PollOutcome changed(int entries, int known) {
        var sightings = IntStream.range(0, entries)
                .mapToObj(n -> new SeenEntries.Sighting(
                        new FeedDocument.Entry(n, "", EntryDigest.sha256(""), EntryFacts.NONE, () -> ""),
                        n,
                        n < entries - known ? SeenEntries.Kind.NEW : SeenEntries.Kind.KNOWN))
                .toList();
        var shown = sightings.stream().map(SeenEntries.Sighting::entry).toList();
        var document = new FeedDocument.Parsed(Format.RSS_2_0, "UTF-8", List.of(), true, shown, "", FACTS);
        boolean overrun = state != null && known == 0 && entries > 0;
        return new PollOutcome.Changed(exchange(200), document, sightings, overrun, null, "", false);
    }

    private static FetchResult.Exchange exchange(int status) {
        return new FetchResult.Exchange(FEED.xmlUrl(), null, status, null, null, null, null, null, null, null, 0, 1);
    }
}
