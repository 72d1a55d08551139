package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.Format;
import newswire.contract.Problem;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollScheduleTests {
    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    private static final URI URL = URI.create("https://news.example/feed");
    private static final double NO_JITTER = 0.5;
    private static final FetcherProperties.Poll SETTINGS = new FetcherProperties.Poll(
            Duration.ofMinutes(30),
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            Duration.ofHours(24),
            Duration.ofDays(7),
            Duration.ofDays(30),
            Duration.ofDays(7),
            0.01);

    private final PollSchedule schedule = new PollSchedule(SETTINGS);
    private Feed feed = Feed.of(URL, START);
    private @Nullable FeedState state;
    private Instant now = START;

    /** Polls when it is time. Returns how long to wait for the next. */
    private Duration poll(PollOutcome outcome) {
        now = state == null ? START : state.schedule().nextPollAt();
        var plan = schedule.next(feed, state, outcome, now, NO_JITTER);
        assertThat(schedule.next(feed, state, outcome, now, NO_JITTER)).isEqualTo(plan);
        state = NextState.of(feed, state, outcome, plan, now, Duration.ofDays(7));
        var kept = Encoding.decode(Encoding.encode(state), FeedState.class);
        assertThat(kept).isEqualTo(new Decoded.Value<>(state));
        var basis = Objects.requireNonNull(PollBasis.of(feed, state));
        assertThat(schedule.next(basis))
                .as("what was kept gives the same again")
                .isEqualTo(plan);
        return Duration.between(now, plan.at());
    }

    private FeedState state() {
        return Objects.requireNonNull(state);
    }

    private static FetchResult.Exchange exchange(
            @Nullable Integer status, @Nullable Long maxAge, @Nullable Instant retry) {
        return new FetchResult.Exchange(URL, null, status, null, null, null, maxAge, null, retry, null, 0, 10);
    }

    private static PollOutcome unchanged() {
        return new PollOutcome.Unchanged(exchange(304, null, null), null);
    }

    private static PollOutcome changed(int fresh, int known) {
        return changed(fresh, known, false, facts(null, List.of(), null), null);
    }

    private static PollOutcome changed(
            int fresh, int known, boolean overrun, ChannelFacts facts, @Nullable Long maxAge) {
        var sightings = IntStream.range(0, fresh + known)
                .mapToObj(i -> new SeenEntries.Sighting(
                        new FeedDocument.Entry(i, "k" + i, EntryDigest.sha256("" + i), EntryFacts.NONE, () -> ""),
                        i,
                        i < fresh ? SeenEntries.Kind.NEW : SeenEntries.Kind.KNOWN))
                .toList();
        var entries = sightings.stream().map(SeenEntries.Sighting::entry).toList();
        var document = new FeedDocument.Parsed(Format.RSS_2_0, "UTF-8", List.of(), true, entries, "", facts);
        return new PollOutcome.Changed(exchange(200, maxAge, null), document, sightings, overrun, null, "0", false);
    }

    private static ChannelFacts facts(@Nullable Integer ttl, List<Integer> skipHours, @Nullable Long updatePeriod) {
        return new ChannelFacts(null, null, null, null, null, null, ttl, skipHours, List.of(), updatePeriod, null);
    }

    private static PollOutcome failed(String code, @Nullable Integer status, @Nullable Instant retryAfter) {
        return new PollOutcome.Failed(exchange(status, null, retryAfter), Problem.of(code, status, ""));
    }

    @Test
    void startsWithTheDefault() {
        assertThat(poll(changed(10, 0))).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void asksLessOftenWhatIsMostlyKnown() {
        poll(changed(10, 0));
        assertThat(poll(changed(1, 9))).isEqualTo(Duration.ofMinutes(30)); // one entry in 30 minutes
        assertThat(poll(unchanged())).isEqualTo(Duration.ofMinutes(30)); // one in an hour
        assertThat(poll(unchanged())).isEqualTo(Duration.ofMinutes(40));
        for (int i = 0; i < 200; i++) {
            poll(unchanged());
        }
        assertThat(state().schedule().intervalSeconds()).isBetween(6L * 3600, 7 * 24L * 3600);
    }

    @Test
    void asksMoreOftenWhatIsMostlyNew() {
        poll(changed(10, 0));
        for (int i = 0; i < 5; i++) {
            poll(changed(9, 1));
        }
        assertThat(state().schedule().intervalSeconds()).isEqualTo(600);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # entries shown, new in half an hour, minutes
        20             , 15                 , 16
        20             , 2                  , 30
        50             , 25                 , 34
        100            , 45                 , 44
        10             , 9                  , 10
        """)
    void comesBackBeforeTheWindowIsFull(int shown, int fresh, int minutes) {
        poll(changed(shown, 0));
        now = state().schedule().nextPollAt();
        var why = schedule.next(feed, state, changed(fresh, shown - fresh), now, NO_JITTER);
        assertThat(why.interval().toMinutes()).isEqualTo(Math.min(30, minutes));
        assertThat(why.reasons().getFirst()).isEqualTo(minutes < 30 ? "window" : "overlap-unknown");
    }

    @Test
    void hurriesWhenEntriesWereMissed() {
        poll(changed(10, 0));
        assertThat(poll(changed(10, 0, true, facts(null, List.of(), null), null)))
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(state().schedule().reasons()).first().isEqualTo("window-overrun");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        # ttl, update period, max-age, configured, min, max   , minutes
        -    , -            , -      , -         , -  , -     , 30
        60   , -            , -      , -         , -  , -     , 60
        -    , 7200         , -      , -         , -  , -     , 120
        -    , -            , 5400   , -         , -  , -     , 90
        60   , 7200         , 5400   , -         , -  , -     , 120
        90000, -            , -      , -         , -  , -     , 30
        -    , -            , 999999 , -         , -  , -     , 30
        -    , -            , -      , 120       , -  , -     , 2
        -    , -            , 600    , 120       , -  , -     , 10
        -    , -            , -      , -         , 7200, -    , 120
        -    , -            , -      , -         , -  , 900   , 15
        """)
    void heedsHintsAndDefinition(
            @Nullable Integer ttl,
            @Nullable Long period,
            @Nullable Long maxAge,
            @Nullable Integer wanted,
            @Nullable Integer min,
            @Nullable Integer max,
            int minutes) {
        define(new Feed.Poll(wanted, min, max, null, null));
        assertThat(poll(changed(10, 0, false, facts(ttl, List.of(), period), maxAge)))
                .isEqualTo(Duration.ofMinutes(minutes));
    }

    private void define(Feed.Poll poll) {
        feed = new Feed(
                feed.schemaVersion(),
                feed.feedId(),
                feed.revision(),
                feed.xmlUrl(),
                null,
                feed.title(),
                null,
                null,
                null,
                null,
                List.of(),
                null,
                true,
                feed.publisher(),
                poll,
                feed.http(),
                feed.dates(),
                feed.identity(),
                feed.content(),
                feed.updates(),
                feed.websub(),
                feed.rights(),
                START,
                START);
    }

    @Test
    void ignoresHintsIfTold() {
        define(new Feed.Poll(null, null, null, false, null));
        assertThat(poll(changed(10, 0, false, facts(600, List.of(10), null), 86_000L)))
                .isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void isInvitedBelowTheFloor() {
        poll(changed(10, 0));
        for (int i = 0; i < 5; i++) {
            poll(changed(9, 1, false, facts(6, List.of(), null), null));
        }
        assertThat(state().schedule().intervalSeconds()).isEqualTo(360);
    }

    @Test
    void leavesOutHours() {
        assertThat(poll(changed(10, 0, false, facts(null, List.of(10, 11, 12), null), null)))
                .isEqualTo(Duration.ofHours(3));
        var all = IntStream.range(0, 24).boxed().toList();
        state = null;
        assertThat(poll(changed(10, 0, false, facts(null, all, null), null))).isEqualTo(Duration.ofMinutes(30));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # problem           , status, class       , minutes until the 1st … 4th further poll, status of the feed
        http_404            , 404   , HARD        ,  30   60   120   240                   , BACKOFF
        not_a_feed          , 200   , HARD        ,  30   60   120   240                   , BACKOFF
        xml_malformed       , 200   , HARD        ,  30   60   120   240                   , BACKOFF
        json_malformed      , 200   , HARD        ,  30   60   120   240                   , BACKOFF
        tls_expired         , 0     , HARD        ,  30   60   120   240                   , BACKOFF
        tls_untrusted       , 0     , HARD        ,  30   60   120   240                   , BACKOFF
        tls_hostname        , 0     , HARD        ,  30   60   120   240                   , BACKOFF
        tls_protocol        , 0     , HARD        ,  30   60   120   240                   , BACKOFF
        tls_failure         , 0     , HARD        ,  30   60   120   240                   , BACKOFF
        dns_nxdomain        , 0     , HARD        ,  30   60   120   240                   , BACKOFF
        body_too_large      , 200   , HARD        ,  30   60   120   240                   , BACKOFF
        decompression_limit , 200   , HARD        ,  30   60   120   240                   , BACKOFF
        unsupported_encoding, 200   , HARD        ,  30   60   120   240                   , BACKOFF
        bad_encoding        , 200   , HARD        ,  30   60   120   240                   , BACKOFF
        bad_headers         , 0     , HARD        ,  30   60   120   240                   , BACKOFF
        bad_protocol        , 0     , HARD        ,  30   60   120   240                   , BACKOFF
        bad_redirect        , 301   , HARD        ,  30   60   120   240                   , BACKOFF
        too_many_redirects  , 302   , HARD        ,  30   60   120   240                   , BACKOFF
        bad_url             , 0     , HARD        ,  30   60   120   240                   , INVALID
        blocked_address     , 0     , HARD        ,  30   60   120   240                   , INVALID
        blocked_port        , 0     , HARD        ,  30   60   120   240                   , INVALID
        blocked_scheme      , 0     , HARD        ,  30   60   120   240                   , INVALID
        robots_denied       , 0     , ROBOTS      ,1440 1440  1440  1440                   , ROBOTS_DENIED
        http_408            , 408   , SOFT        ,  21   30   42    60                    , BACKOFF
        http_500            , 500   , SOFT        ,  21   30   42    60                    , BACKOFF
        http_502            , 502   , SOFT        ,  21   30   42    60                    , BACKOFF
        connect_refused     , 0     , SOFT        ,  21   30   42    60                    , BACKOFF
        connect_timeout     , 0     , SOFT        ,  21   30   42    60                    , BACKOFF
        connection_reset    , 0     , SOFT        ,  21   30   42    60                    , BACKOFF
        connection_failed   , 0     , SOFT        ,  21   30   42    60                    , BACKOFF
        response_timeout    , 0     , SOFT        ,  21   30   42    60                    , BACKOFF
        deadline_exceeded   , 0     , SOFT        ,  21   30   42    60                    , BACKOFF
        too_slow            , 200   , SOFT        ,  21   30   42    60                    , BACKOFF
        truncated_body      , 0     , SOFT        ,  21   30   42    60                    , BACKOFF
        empty_body          , 200   , SOFT        ,  21   30   42    60                    , BACKOFF
        unexpected_304      , 304   , SOFT        ,  21   30   42    60                    , BACKOFF
        unexpected_status   , 204   , SOFT        ,  21   30   42    60                    , BACKOFF
        dns_failure         , 0     , TEMPORARY   ,  17   21   25    30                    , BACKOFF
        dns_timeout         , 0     , TEMPORARY   ,  17   21   25    30                    , BACKOFF
        network_unreachable , 0     , TEMPORARY   ,  17   21   25    30                    , BACKOFF
        interrupted         , 0     , TEMPORARY   ,  17   21   25    30                    , BACKOFF
        http_401            , 401   , UNAUTHORIZED,  360  360  360   360                   , UNAUTHORIZED
        http_403            , 403   , UNAUTHORIZED,  360  360  360   360                   , UNAUTHORIZED
        challenge           , 403   , CHALLENGE   ,  360  360  360   360                   , UNAUTHORIZED
        http_429            , 429   , THROTTLED   ,  51   60   72    90                    , THROTTLED
        http_503            , 503   , THROTTLED   ,  51   60   72    90                    , THROTTLED
        http_410            , 410   , GONE        ,  720  720  43200 43200                 , GONE
        """)
    void backsOffByKindOfFailure(String code, int status, FailureClass kind, String minutes, FeedState.Status last) {
        var failure = failed(code, status == 0 ? null : status, null);
        assertThat(FailureClass.of(((PollOutcome.Failed) failure).problem())).isEqualTo(kind);
        var waits = IntStream.range(0, 4)
                .mapToObj(_ -> poll(failure).toMinutes())
                .map(String::valueOf)
                .toList();
        assertThat(String.join(" ", waits)).isEqualTo(minutes.replaceAll("\\s+", " "));
        assertThat(state().status()).isEqualTo(last);
        assertThat(Objects.requireNonNull(state().lastError()).code()).isEqualTo(code);
        assertThat(state().polls()).extracting(FeedState.PollRecord::outcome).containsOnly(code);
        assertThat(state().schedule().reasons()).first().isEqualTo(code);
    }

    @Test
    void neverGivesUp() {
        for (int i = 0; i < 20; i++) {
            poll(failed("http_404", 404, null));
        }
        assertThat(poll(failed("http_404", 404, null))).isEqualTo(Duration.ofDays(30));
        assertThat(state().status()).isEqualTo(FeedState.Status.INVALID);
        assertThat(poll(changed(1, 9))).isEqualTo(Duration.ofMinutes(30));
        assertThat(state().status()).isEqualTo(FeedState.Status.ACTIVE);
        assertThat(state().counters().failureWeight()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"http_429, 429", "http_503, 503", "http_500, 500"})
    void neverShortensRetryAfter(String code, int status) {
        var until = START.plus(Duration.ofDays(3));
        assertThat(poll(failed(code, status, until))).isEqualTo(Duration.ofDays(3));
        assertThat(state().schedule().reasons()).first().isEqualTo("retry-after");
    }

    @Test
    void jittersByTenPercent() {
        var early = schedule.next(feed, null, changed(1, 0), START, 0).at();
        var late = schedule.next(feed, null, changed(1, 0), START, 1).at();
        assertThat(Duration.between(START, early)).isEqualTo(Duration.ofMinutes(27));
        assertThat(Duration.between(START, late)).isEqualTo(Duration.ofMinutes(33));
    }

    @Test
    void neverComesBeforeHintForAllItsJitter() {
        var outcome = changed(1, 0, false, facts(60, List.of(), null), null);
        assertThat(schedule.next(feed, null, outcome, START, 0).at()).isEqualTo(START.plus(Duration.ofHours(1)));
    }
}
