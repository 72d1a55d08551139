package newswire.fetcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others than polls may change of a feed's memory, and when. */
class FeedShardTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant NEXT = NOW.plus(Duration.ofHours(1));
    private static final Feed FEED = Feed.of(URI.create("https://news.example/feed"), NOW);

    private final FeedShard shard = new FeedShard(
            1, FeedClientTests.properties(Map.of()), new Newcomers(20, Duration.ofMinutes(30), new Random(1)));
    private final FeedState polled = state(NOW.minusSeconds(60));
    private Slot slot;

    private static FeedState state(Instant now) {
        var exchange =
                new FetchResult.Exchange(FEED.xmlUrl(), null, 304, null, null, null, null, null, null, null, 0, 1);
        var plan = new PollSchedule.Plan(
                NEXT, Duration.ofHours(1), FeedState.Status.ACTIVE, 0, List.of(), NextStateTests.WHY);
        return NextState.of(FEED, null, new PollOutcome.Unchanged(exchange, null), plan, now, Duration.ofDays(7));
    }

    private static UnaryOperator<Slot.Memory> due(Instant at) {
        return memory -> {
            var state = memory.state();
            var schedule = new FeedState.Schedule(null, null, null, at, null, List.of("changed"), null);
            return new Slot.Memory(NextState.with(state, schedule, state.seen(), state.websub(), NOW), Watch.from(NOW));
        };
    }

    @BeforeEach
    void start() {
        shard.restore(FEED, polled, NOW);
        slot = requireNonNull(shard.slot(FEED.feedId()));
    }

    private List<String> reasons() {
        return requireNonNull(shard.state(slot)).schedule().reasons();
    }

    @Test
    void changesAtOnceAndPollsSoonerIfSoItSays() {
        assertThat(shard.change(slot, due(NOW.plusSeconds(5)))).isTrue();
        assertThat(reasons()).containsExactly("changed");
        assertThat(shard.watch(slot).since()).isEqualTo(NOW);
        assertThat(shard.next(NOW)).isNull();
        assertThat(shard.next(NOW.plusSeconds(5))).isSameAs(slot);
    }

    @Test
    void neverPollsLaterBecauseOfAChange() {
        shard.change(slot, due(NEXT.plusSeconds(99_999)));
        assertThat(shard.next(NEXT)).isSameAs(slot);
    }

    @Test
    void changesAfterThePollInFlightAndOnTopOfIt() {
        assertThat(shard.next(NEXT)).isSameAs(slot);
        assertThat(shard.change(slot, due(NEXT.plusSeconds(5)))).isTrue();
        assertThat(reasons()).isEmpty();
        var after = NextState.with(
                polled,
                new FeedState.Schedule(null, null, null, NEXT.plusSeconds(3600), null, List.of("polled"), null),
                null,
                null,
                NEXT);
        shard.finish(slot, after, true, Duration.ZERO);
        assertThat(reasons()).containsExactly("changed");
        assertThat(shard.saved(slot)).isEqualTo(Saved.of(after));
        assertThat(shard.next(NEXT.plusSeconds(60))).isSameAs(slot);
    }

    @Test
    void waitsUntilItsPollReallyBegins() {
        assertThat(shard.next(NEXT.plusSeconds(10))).isSameAs(slot);
        assertThat(shard.waited(slot, NEXT.plusSeconds(10))).hasSeconds(10);
        shard.passOver(slot, NEXT.plusSeconds(12));
        assertThat(shard.next(NEXT.plusSeconds(20))).isSameAs(slot);
        assertThat(shard.waited(slot, NEXT.plusSeconds(20))).as("passed over").hasSeconds(20);
        shard.giveBack(slot, NEXT.plusSeconds(30));
        assertThat(shard.next(NEXT.plusSeconds(31))).isSameAs(slot);
        assertThat(shard.waited(slot, NEXT.plusSeconds(31))).as("put off").hasSeconds(1);
    }

    @Test
    void nobodyWaitsBeforeThePartitionIsOurs() {
        var later = NEXT.plus(Duration.ofDays(1));
        var taken = new FeedShard(
                1, FeedClientTests.properties(Map.of()), new Newcomers(20, Duration.ofMinutes(30), new Random(1)));
        taken.restore(FEED, polled, later);
        var restored = requireNonNull(taken.slot(FEED.feedId()));
        assertThat(taken.next(later.plusSeconds(3))).isSameAs(restored);
        assertThat(taken.waited(restored, later.plusSeconds(3))).hasSeconds(3);
    }

    @Test
    void definitionThatChangesDuringAPollWaitsSinceThen() {
        assertThat(shard.next(NEXT)).isSameAs(slot);
        var moved = FEED.movedTo(URI.create("https://news.example/moved"), NEXT);
        shard.define(moved, NEXT.plusSeconds(1));
        shard.giveBack(slot, NEXT.plusSeconds(3600));
        assertThat(shard.next(NEXT.plusSeconds(8))).isSameAs(slot);
        assertThat(shard.waited(slot, NEXT.plusSeconds(8))).hasSeconds(7);
    }

    @Test
    void drainsAllAtOnce() throws Exception {
        var shards = IntStream.range(0, 3).mapToObj(_ -> busy()).toList();
        assertThat(FeedShards.drain(shards, Duration.ZERO)).hasSize(3);

        var all = IntStream.range(0, 3).mapToObj(_ -> busy()).toList();
        var draining = CompletableFuture.supplyAsync(() -> drained(all));
        await().until(() -> all.stream().allMatch(one -> one.wake().equals(Instant.MAX)));
        assertThat(draining).as("the first is waited for").isNotDone();
        for (var one : all.reversed()) {
            one.giveBack(requireNonNull(one.slot(FEED.feedId())), NEXT);
        }
        assertThat(draining.get()).isEmpty();
    }

    private static List<FeedShard> drained(List<FeedShard> shards) {
        try {
            return FeedShards.drain(shards, Duration.ofMinutes(2));
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** With a poll in flight. */
    private FeedShard busy() {
        var busy = new FeedShard(
                1, FeedClientTests.properties(Map.of()), new Newcomers(20, Duration.ofMinutes(30), new Random(1)));
        busy.restore(FEED, polled, NOW);
        var other = Feed.of(URI.create("https://other.example/feed"), NOW);
        busy.restore(other, null, NOW);
        assertThat(Stream.of(requireNonNull(busy.next(NEXT)), requireNonNull(busy.next(NEXT))))
                .hasSize(2);
        busy.giveBack(requireNonNull(busy.slot(other.feedId())), NEXT);
        return busy;
    }

    @Test
    void changesNothingOfWhatIsNotOurs() {
        assertThat(shard.lacks(FEED.feedId())).isFalse();
        shard.remove(FEED.feedId());
        assertThat(shard.lacks(FEED.feedId())).isTrue();
        assertThat(shard.change(slot, due(NOW))).isFalse();

        shard.restore(FEED, polled, NOW);
        shard.close();
        assertThat(shard.change(slot, due(NOW))).isFalse();
        assertThat(shard.slot(FEED.feedId())).isNull();
        assertThat(shard.lacks(FEED.feedId())).isFalse();
    }
}
