package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import newswire.contract.Feed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever comes at once, so much memory is used for it and no more. */
class MemoryBudgetTests {
    private static final Duration NOT = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final MemoryBudget budget = new MemoryBudget(1_000);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # document                                      | elements
        plain                                           | 0
        <a><b/><c></c></a>                              | 3
        <a><![CDATA[<p>x<b>y</b>, z]]></a>              | 1
        <a><![CDATA[<p>never ends                       | 5
        {"a": [1, 2, {"b": 3}]}                         | 5
        <                                               | 1
        """)
    void expectsTreesOfWhatIsWritten(String document, int elements) {
        var large = new MemoryBudget(1_000_000);
        try (var room = large.room()) {
            room.forTree(document.getBytes(StandardCharsets.UTF_8), NOT);
            assertThat(large.taken()).isEqualTo(200L * elements);
        }
        assertThat(large.taken()).isZero();
    }

    @Test
    void letsOneAtATimeGoBeyondTheHalf() {
        try (var one = budget.room();
                var other = budget.room()) {
            assertThat(one.forBytes(100, NOT)).isEqualTo(MemoryBudget.Grant.GRANTED);
            assertThat(other.forBytes(25, NOT)).isEqualTo(MemoryBudget.Grant.GRANTED);
            assertThat(one.forBytes(25, NOT)).isEqualTo(MemoryBudget.Grant.GRANTED);
            assertThat(other.forBytes(1, NOT)).isEqualTo(MemoryBudget.Grant.LATER);
            assertThat(one.forBytes(100, NOT)).isEqualTo(MemoryBudget.Grant.GRANTED);
            assertThat(one.forBytes(1, NOT)).isEqualTo(MemoryBudget.Grant.LATER);
            assertThat(one.forBytes(26, NOT)).isEqualTo(MemoryBudget.Grant.NEVER);
            done(one);
            assertThat(other.forBytes(200, NOT)).isEqualTo(MemoryBudget.Grant.GRANTED);
        }
        assertThat(budget.taken()).isZero();
    }

    @Test
    void waitsUntilOthersAreDone() {
        var one = budget.room();
        var other = budget.room();
        one.forBytes(200, NOT);
        var granted = CompletableFuture.supplyAsync(() -> other.forBytes(200, LONG));
        await().during(Duration.ofMillis(200)).until(() -> !granted.isDone());
        one.close();
        assertThat(granted.join()).isEqualTo(MemoryBudget.Grant.GRANTED);
        other.close();
    }

    @Test
    void putsOffWhatFindsNoRoomInItsTime() {
        var settings = Map.of("fetcher.limits.memory", "1MB", "fetcher.limits.exchange", "1s");
        try (var client = client(settings);
                var server = new FeedServer();
                var all = client.memory().room();
                var room = client.memory().room()) {
            server.feed("/feed", FeedServer.rss("a"));
            all.forBytes(262_144, NOT);
            assertThat(fetch(client, server.url("/feed"), room)).isInstanceOf(FetchResult.PutOff.class);
            done(all);
            assertThat(fetch(client, server.url("/feed"), room)).isInstanceOf(FetchResult.Modified.class);
        }
    }

    @Test
    void refusesWhatNeverFits() {
        try (var client = client(Map.of("fetcher.limits.memory", "1MB"));
                var server = new FeedServer();
                var room = client.memory().room()) {
            server.feed("/long", FeedServer.rss("x".repeat(300_000)));
            server.feed("/tags", "<rss>" + "<a/>".repeat(6_000) + "</rss>");
            for (var path : List.of("/long", "/tags")) {
                assertThat(fetch(client, server.url(path), room))
                        .isInstanceOfSatisfying(
                                FetchResult.Failed.class,
                                failed -> assertThat(failed.problem().code()).isEqualTo("body_too_large"));
                done(room);
            }
        }
    }

    @Test
    void manyAtOnceHaveRoomOneAfterTheOther() {
        try (var client = client(Map.of("fetcher.limits.memory", "2MB", "fetcher.host.per-address", "40"));
                var server = new FeedServer();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.feed("/feed", FeedServer.rss("x".repeat(20_000)));
            var results = IntStream.range(0, 40)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(
                            () -> {
                                try (var room = client.memory().room()) {
                                    var result = fetch(client, server.url("/feed"), room);
                                    assertThat(client.memory().taken()).isLessThanOrEqualTo(2 << 20);
                                    return result;
                                }
                            },
                            threads))
                    .toList();
            assertThat(results)
                    .allSatisfy(result -> assertThat(result.join()).isInstanceOf(FetchResult.Modified.class));
            assertThat(client.memory().taken()).isZero();
        }
    }

    private static void done(MemoryBudget.Room room) {
        room.close();
    }

    private static FeedClient client(Map<String, String> settings) {
        return new FeedClient(
                FeedClientTests.properties(settings),
                new AddressGuard(List.of("127.0.0.1"), Set.of(), new AddressBudget(40)),
                "1");
    }

    private static FetchResult fetch(FeedClient client, URI url, MemoryBudget.Room room) {
        return client.fetch(Request.poll(Feed.of(url, NOW), null), room, NOW, () -> {});
    }
}
