package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import newswire.contract.Feed;
import newswire.contract.PublisherScope;
import org.junit.jupiter.api.Test;

class ForeignBudgetTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final PublisherScope ONE = new PublisherScope("one.example");
    private static final PublisherScope TWO = new PublisherScope("two.example");

    private final ForeignBudget budget = new ForeignBudget(new FetcherProperties.Host(Duration.ofSeconds(5), 2, 8));

    @Test
    void asksForOneThingAtTimeAndSpaced() {
        budget.start(ONE, NOW);
        assertThatThrownBy(() -> budget.start(ONE, NOW.plusSeconds(60))).isInstanceOf(BusyException.class);
        assertThatCode(() -> budget.start(TWO, NOW)).doesNotThrowAnyException();
        budget.finish(ONE, true, NOW.plusSeconds(60), Instant.EPOCH);
        assertThatThrownBy(() -> budget.start(ONE, NOW.plusSeconds(64))).isInstanceOf(BusyException.class);
        assertThatCode(() -> budget.start(ONE, NOW.plusSeconds(66))).doesNotThrowAnyException();
    }

    @Test
    void isSilentAsLongAsAsked() {
        budget.start(ONE, NOW);
        budget.finish(ONE, true, NOW, NOW.plusSeconds(3_600));
        assertThatThrownBy(() -> budget.start(ONE, NOW.plusSeconds(3_599)))
                .isInstanceOfSatisfying(
                        BusyException.class,
                        busy -> assertThat(busy.patience()).isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
        assertThatCode(() -> budget.start(ONE, NOW.plusSeconds(3_600))).doesNotThrowAnyException();
    }

    /** Every port is a publisher of its own. */
    @Test
    void redirectsOfManyFeedsReachTheirTargetOneByOne() {
        var properties = FeedClientTests.properties(Map.of("fetcher.host.spacing", "1h"));
        try (var client = new FeedClient(properties, AddressGuardTests.guard(List.of("127.0.0.1"), Set.of()), "1");
                var home = new FeedServer();
                var away = new FeedServer()) {
            away.feed("/feed", FeedServer.rss("a"));
            home.page("/1", 302, Map.of("Location", away.url("/feed").toString()), "");
            home.page("/2", 302, Map.of("Location", away.url("/feed").toString()), "");
            var sent = new AtomicInteger();
            var first = client.fetch(
                    Request.poll(Feed.of(home.url("/1"), NOW), null),
                    client.memory().room(),
                    NOW,
                    sent::incrementAndGet);
            assertThat(first).isInstanceOf(FetchResult.Modified.class);
            assertThat(sent).hasValue(2);
            assertThatThrownBy(() -> client.fetch(
                            Request.poll(Feed.of(home.url("/2"), NOW), null),
                            client.memory().room(),
                            NOW,
                            sent::incrementAndGet))
                    .isInstanceOf(BusyException.class);
            assertThat(away.asked("/feed")).hasSize(1);
        }
    }
}
