package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What servers are known to do wrong that only shows over several polls, each at the time that the one before it planned. */
class BadHistoryTests {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final FetcherProperties PROPERTIES = FeedClientTests.properties(Map.of());

    private final FeedServer server = new FeedServer();
    private final FeedClient client =
            new FeedClient(PROPERTIES, AddressGuardTests.guard(List.of("127.0.0.1"), Set.of()), "1");
    private final PollSchedule schedule = new PollSchedule(PROPERTIES.poll());
    private @Nullable FeedState state;

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private PollOutcome poll(String path) {
        var feed = Feed.of(server.url(path), START);
        var now = state == null ? START : state.schedule().nextPollAt();
        var outcome = BadInputTests.poll(client, feed, state, now);
        var plan = PollHistory.flagged(state, outcome, schedule.next(feed, state, outcome, now, 0.5));
        state = NextState.of(feed, state, outcome, plan, now, PROPERTIES.poll().moved());
        return outcome;
    }

    private FeedState state() {
        return Objects.requireNonNull(state);
    }

    /** Row A16. */
    @Test
    void permanentMoveIsProposedWhenEveryPollHasSeenItForAWeek() {
        server.page("/old", 308, Map.of("Location", "/new"), "");
        server.feed("/new", FeedServer.rss("a"));
        while (moved() == null) {
            assertThat(poll("/old").name()).isIn("modified", "not_modified");
            assertThat(state().updatedAt()).as("it ends").isBefore(START.plus(Duration.ofDays(30)));
        }
        assertThat(moved()).isEqualTo(server.url("/new"));
        assertThat(state().updatedAt()).isAfterOrEqualTo(START.plus(Duration.ofDays(7)));
        assertThat(state().counters().polls()).isGreaterThan(3);
    }

    private @Nullable URI moved() {
        var location = state == null ? null : state.url();
        var proposal = location == null ? null : location.proposal();
        return proposal == null ? null : proposal.xmlUrl();
    }

    /** Row A18: a server that says of a broken document and of the whole one that they are the same. */
    @Test
    void brokenDocumentIsAskedForAgainUntilItIsWhole() {
        var same = Map.of("ETag", "\"same\"");
        server.page("/feed", 200, same, "<rss version=\"2.0\"><channel><item><ti");
        assertThat(poll("/feed").name()).isEqualTo("xml_malformed");
        server.page("/feed", 200, same, FeedServer.rss("b", "a").replaceFirst("(?s)(<item>.*?</item>).*", "$1<item>"));
        assertThat(poll("/feed").name()).isEqualTo("modified");
        server.page("/feed", 200, same, FeedServer.rss("b", "a"));
        assertThat(poll("/feed"))
                .isInstanceOfSatisfying(
                        PollOutcome.Changed.class,
                        whole -> assertThat(whole.count(SeenEntries.Kind.NEW)).isEqualTo(1));
        assertThat(server.asked("/feed")).noneMatch(asked -> asked.headers().containsKey("If-none-match"));
        assertThat(poll("/feed").name()).isEqualTo("not_modified");
    }

    /** Row A31. */
    @Test
    void feedWhoseIdsChangeAllTheTimeIsSaidToChurn() {
        for (int n = 1; n <= 5; n++) {
            assertThat(n == 1 ? List.of() : state().schedule().reasons()).doesNotContain("guid-churn");
            server.feed("/feed", FeedServer.rss(n + "-a", n + "-b", n + "-c"));
            poll("/feed");
        }
        assertThat(state().schedule().reasons()).contains("guid-churn");
    }

    /** Row B17. */
    @Test
    void editedEntryIsSentAgain() {
        server.feed("/feed", FeedServer.rss("b", "a"));
        poll("/feed");
        server.feed("/feed", FeedServer.rss("b", "a").replace("<title>a<", "<title>a, corrected<"));
        assertThat(poll("/feed")).isInstanceOfSatisfying(PollOutcome.Changed.class, edited -> {
            assertThat(edited.sightings())
                    .extracting(SeenEntries.Sighting::kind)
                    .containsExactly(SeenEntries.Kind.KNOWN, SeenEntries.Kind.CHANGED);
            assertThat(edited.overrun()).isFalse();
        });
    }

    /** Row B26. */
    @Test
    void feedWhoseIdsAllChangeHasMissedNothing() {
        server.feed("/feed", entries("id-", "d", "c", "b", "a"));
        poll("/feed");
        var since = state().schedule().lastChangeAt();
        server.feed("/feed", entries("https://news.example/?p=", "e", "d", "c", "b"));
        assertThat(poll("/feed")).isInstanceOfSatisfying(PollOutcome.Changed.class, renamed -> {
            assertThat(renamed.sightings())
                    .extracting(SeenEntries.Sighting::kind)
                    .containsExactly(
                            SeenEntries.Kind.NEW,
                            SeenEntries.Kind.RENAMED,
                            SeenEntries.Kind.RENAMED,
                            SeenEntries.Kind.RENAMED);
            assertThat(renamed.overrun()).isFalse();
        });
        assertThat(state().gaps()).isEmpty();
        assertThat(state().schedule().reasons()).contains("ids-changed").doesNotContain("window-overrun");
        assertThat(state().polls().getFirst().newEntries()).isEqualTo(1);
        assertThat(state().polls().getFirst().changedEntries()).isEqualTo(3);
        assertThat(state().schedule().lastChangeAt()).isAfter(since);

        server.feed("/feed", entries("https://news.example/?p=", "f", "e", "d", "c"));
        poll("/feed");
        assertThat(state().schedule().reasons()).doesNotContain("ids-changed");
    }

    /** Rows A31 and B26. */
    @Test
    void feedThatGivesItsEntriesOtherIdsAtEachPollChurnsAndIsNotNews() {
        for (int n = 1; n <= 6; n++) {
            server.feed("/feed", entries(n + "-", "c", "b", "a"));
            poll("/feed");
        }
        assertThat(state().schedule().reasons()).contains("ids-changed", "guid-churn");
        assertThat(state().gaps()).isEmpty();
        assertThat(state().schedule().lastChangeAt()).isEqualTo(START);
    }

    /** With ids and links that begin so. */
    private static String entries(String ids, String... titles) {
        return FeedServer.rss(titles)
                .replace("isPermaLink=\"false\">", "isPermaLink=\"false\">" + ids)
                .replace("<link>https://news.example/", "<link>https://news.example/" + ids.hashCode() + "/");
    }

    /** Row B25. */
    @Test
    void feedThatIsEmptyForOnceBringsNothingTwice() {
        server.feed("/feed", FeedServer.rss("b", "a"));
        poll("/feed");
        server.feed("/feed", FeedServer.rss());
        assertThat(poll("/feed").name()).isEqualTo("modified");
        server.feed("/feed", FeedServer.rss("c", "b", "a"));
        assertThat(poll("/feed"))
                .isInstanceOfSatisfying(
                        PollOutcome.Changed.class,
                        back -> assertThat(back.count(SeenEntries.Kind.NEW)).isEqualTo(1));
    }
}
