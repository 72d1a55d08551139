package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelocationTests {
    private static final Instant NOW = Instant.parse("2026-03-20T10:00:00Z");
    private static final Duration SETTLED = Duration.ofDays(7);

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        # defined as               , permanently at                , which was seen since            , days, proposed because
        https://a.example/feed     , https://a.example/new         , -                               , -   , -
        https://a.example/feed     , https://a.example/new         , https://a.example/new           , 6   , -
        https://a.example/feed     , https://a.example/new         , https://a.example/new           , 7   , moved
        https://a.example/feed     , https://b.example/new         , https://b.example/new           , 30  , moved
        https://a.example/feed     , https://b.example/new         , https://c.example/new           , 30  , -
        https://a.example/feed     , -                             , https://a.example/new           , 30  , -
        http://a.example/feed      , https://a.example/feed        , -                               , -   , https
        http://a.example:80/feed   , https://a.example:443/feed    , -                               , -   , https
        http://a.example/feed?a=b  , https://a.example/feed?a=b    , -                               , -   , https
        http://a.example           , https://a.example/            , -                               , -   , https
        http://a.example/feed      , https://www.a.example/feed    , -                               , -   , -
        http://a.example/feed      , https://a.example/            , -                               , -   , -
        http://a.example:8080/feed , https://a.example/feed        , -                               , -   , -
        https://a.example/feed     , http://a.example/feed         , -                               , -   , -
        """)
    void proposesWhatEveryPollOfWeekHasSeen(
            URI defined,
            @Nullable URI permanent,
            @Nullable URI before,
            @Nullable Integer days,
            @Nullable String reason) {
        var was = before == null || days == null
                ? null
                : new FeedState.Location(before, before, NOW.minus(Duration.ofDays(days)), 5, null, null, List.of());
        var location = Relocation.of(Feed.of(defined, NOW), state(was), poll(permanent), NOW, SETTLED);
        var proposal = Objects.requireNonNull(location).proposal();
        assertThat(proposal)
                .isEqualTo(reason == null || permanent == null ? null : new FeedState.Proposal(permanent, reason));
    }

    @Test
    void failureIsNoEvidenceAgainstMove() {
        var was = new FeedState.Location(
                URI.create("https://a.example/new"),
                URI.create("https://a.example/new"),
                NOW,
                1,
                null,
                null,
                List.of());
        var failed = new PollOutcome.Failed(exchange(null), Problem.of("http_500", 500, "x"));
        assertThat(Relocation.of(Feed.of(URI.create("https://a.example/feed"), NOW), state(was), failed, NOW, SETTLED))
                .isEqualTo(was);
    }

    @Test
    void proposesDiscoveredFeedOnlyForWhatNeverWasOne() {
        var found = URI.create("https://a.example/feed");
        var failed = new PollOutcome.Failed(
                exchange(null), Problem.of("not_a_feed", null, "x"), null, new Discovered(found, List.of()));
        var feed = Feed.of(URI.create("https://a.example/"), NOW);
        assertThat(Relocation.of(feed, null, failed, NOW, SETTLED))
                .extracting(FeedState.Location::proposal)
                .isEqualTo(new FeedState.Proposal(found, "discovered"));
        assertThat(Relocation.of(feed, state(null), failed, NOW, SETTLED))
                .extracting(FeedState.Location::proposal)
                .isNull();
    }

    /** Of a feed that was read once. */
    private static FeedState state(FeedState.@Nullable Location location) {
        return new FeedState(
                FeedState.SCHEMA_VERSION,
                Feed.of(URI.create("https://a.example/feed"), NOW).feedId(),
                1,
                NOW,
                FeedState.Status.ACTIVE,
                location,
                null,
                null,
                null,
                null,
                List.of(),
                new FeedState.Schedule(NOW, NOW, NOW, NOW, 1L, List.of(), null),
                FeedState.Counters.ZERO,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }

    private static PollOutcome poll(@Nullable URI permanent) {
        return new PollOutcome.Unchanged(exchange(permanent), null);
    }

    private static FetchResult.Exchange exchange(@Nullable URI permanent) {
        var url = permanent == null ? URI.create("https://a.example/feed") : permanent;
        return new FetchResult.Exchange(url, permanent, 200, null, null, null, null, null, null, null, 0, 1);
    }
}
