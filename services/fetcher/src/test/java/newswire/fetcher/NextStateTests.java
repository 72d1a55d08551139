package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.Format;
import newswire.contract.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextStateTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final URI URL = URI.create("https://news.example/feed");
    private static final Feed FEED = Feed.of(URL, NOW);
    private static final ChannelFacts FACTS =
            new ChannelFacts(null, null, null, null, null, null, null, List.of(), List.of(), null, null);

    static final FeedState.Why WHY = new FeedState.Why(0.5, 0, 1, NOW, 1_800_000, 1.0, 1.0, true, false, null, 0);

    static FeedState next(@Nullable FeedState before, PollOutcome outcome, Instant now) {
        return next(before, outcome, now, Duration.ofMinutes(30));
    }

    private static FeedState next(@Nullable FeedState before, PollOutcome outcome, Instant now, Duration wait) {
        var plan = new PollSchedule.Plan(now.plus(wait), wait, FeedState.Status.ACTIVE, 0, List.of("because"), WHY);
        return NextState.of(FEED, before, outcome, plan, now, Duration.ofDays(7));
    }

    static FetchResult.Exchange exchange(@Nullable URI permanent) {
        return new FetchResult.Exchange(
                URL, permanent, 200, "\"tag\"", "then", "application/rss+xml", null, null, null, null, 100, 20);
    }

    static FeedState with(FeedState state, FeedState.Rhythm rhythm) {
        return new FeedState(
                state.schemaVersion(),
                state.feedId(),
                state.definitionRevision(),
                state.updatedAt(),
                state.status(),
                state.url(),
                state.validators(),
                state.response(),
                state.document(),
                rhythm,
                state.gaps(),
                state.schedule(),
                state.counters(),
                state.seen(),
                state.identity(),
                state.robots(),
                state.websub(),
                state.lastError(),
                state.polls());
    }

    private static PollOutcome document(boolean complete, @Nullable String flaw) {
        return document(complete, flaw, EntryFacts.NONE);
    }

    /** One new entry. */
    static PollOutcome changed(EntryFacts facts) {
        return document(true, null, facts);
    }

    private static PollOutcome document(boolean complete, @Nullable String flaw, EntryFacts facts) {
        var entry = new FeedDocument.Entry(0, "a", EntryDigest.sha256("a"), facts, () -> "");
        var document = new FeedDocument.Parsed(Format.RSS_2_0, "UTF-8", List.of(), complete, List.of(entry), "", FACTS);
        return new PollOutcome.Changed(
                exchange(null),
                document,
                SeenEntries.NOTHING.compare(List.of(entry)),
                false,
                flaw,
                "ab".repeat(32),
                false);
    }

    @Test
    void keepsValidatorsOnlyOfWholeDocuments() {
        assertThat(next(null, document(true, null), NOW).validators())
                .isEqualTo(new FeedState.Validators(URL, "\"tag\"", "then", "ab".repeat(32), null, null));
        assertThat(next(null, document(false, null), NOW).validators()).isNull();
        assertThat(next(null, document(true, "truncated_body"), NOW).validators())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # polls before: new of ten     , flagged
            10 10 10 10                    , true
            10 10 10 10 10                 , true
            10 10 10                       , false
            10 9 10 10                     , false
            10 put_off 10 10 10            , true
            10 failed 10 10                , false
            10 ids 10 10                   , true
            """)
    void flagsFeedsOfWhichNearlyAllIsNewEachTime(String polls, boolean flagged) {
        var state = next(null, document(true, null), NOW);
        var records = java.util.Arrays.stream(polls.split(" "))
                .map(NextStateTests::record)
                .toList();
        var entries = IntStream.range(0, 10)
                .mapToObj(
                        i -> new FeedDocument.Entry(i, "e" + i, EntryDigest.sha256("e" + i), EntryFacts.NONE, () -> ""))
                .toList();
        var document = new FeedDocument.Parsed(Format.RSS_2_0, "UTF-8", List.of(), true, entries, "", FACTS);
        var outcome = new PollOutcome.Changed(
                exchange(null), document, SeenEntries.NOTHING.compare(entries), false, null, "ab".repeat(32), false);
        var plan = new PollSchedule.Plan(NOW, Duration.ofHours(1), FeedState.Status.ACTIVE, 0, List.of("because"), WHY);
        assertThat(PollHistory.flagged(with(state, records), outcome, plan).reasons())
                .isEqualTo(flagged ? List.of("because", "guid-churn") : List.of("because"));
    }

    private static FeedState.PollRecord record(String poll) {
        return switch (poll) {
            case "ids" -> poll("modified", 10, 0, List.of("ids-changed"));
            case "put_off", "failed" -> poll(poll, 0, 0, List.of());
            default -> poll("modified", 10, Integer.parseInt(poll), List.of());
        };
    }

    private static FeedState.PollRecord poll(String outcome, int entries, int fresh, List<String> reasons) {
        return new FeedState.PollRecord(NOW, outcome, 200, 1L, 1L, entries, fresh, 0, reasons, NOW);
    }

    private static FeedState with(FeedState state, List<FeedState.PollRecord> polls) {
        return new FeedState(
                state.schemaVersion(),
                state.feedId(),
                state.definitionRevision(),
                state.updatedAt(),
                state.status(),
                state.url(),
                state.validators(),
                state.response(),
                state.document(),
                state.rhythm(),
                state.gaps(),
                state.schedule(),
                state.counters(),
                state.seen(),
                state.identity(),
                state.robots(),
                state.websub(),
                state.lastError(),
                polls);
    }

    @Test
    void pollThatWasPutOffChangesNothingElse() {
        var before = next(null, document(true, null), NOW);
        var later = NOW.plusSeconds(60);
        var state = NextState.putOff(FEED, before, new PollAttempt.PutOff(exchange(null)), later, NOW);
        state = NextState.putOff(FEED, state, new PollAttempt.PutOff(exchange(null)), later, NOW);
        assertThat(state.polls()).extracting(FeedState.PollRecord::outcome).containsExactly("put_off", "modified");
        assertThat(state.schedule().nextPollAt()).isEqualTo(later);
        assertThat(PollHistory.polls(state)).isEqualTo(before.polls());
        assertThat(state.seen()).isEqualTo(before.seen());
        assertThat(state.validators()).isEqualTo(before.validators());
        assertThat(state.counters()).isEqualTo(before.counters());
        assertThat(PollHistory.interval(state, Duration.ofDays(1))).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void failureForgetsNothing() {
        var before = next(null, document(true, null), NOW);
        var failure = new PollOutcome.Failed(exchange(null), Problem.of("http_500", 500, "x"));
        var after = next(before, failure, NOW.plusSeconds(60));
        assertThat(after.validators()).isEqualTo(before.validators());
        assertThat(after.seen()).isEqualTo(before.seen());
        assertThat(after.document()).isEqualTo(before.document());
        assertThat(after.counters().consecutiveFailures()).isEqualTo(1);
        assertThat(after.lastError()).isNotNull();
    }

    @Test
    void remembersThirtyPolls() {
        var state = next(null, document(true, null), NOW);
        for (int i = 1; i <= 40; i++) {
            state = next(state, new PollOutcome.Unchanged(exchange(null), null), NOW.plusSeconds(i));
        }
        assertThat(state.polls()).hasSize(30);
        assertThat(state.polls().getFirst().at()).isEqualTo(NOW.plusSeconds(40));
        assertThat(state.counters().polls()).isEqualTo(41);
        assertThat(state.counters().notModified()).isEqualTo(40);
    }

    @Test
    void countsHowOftenPermanentMoveWasSeen() {
        var target = URI.create("https://news.example/new");
        var state = next(null, new PollOutcome.Unchanged(exchange(target), null), NOW);
        state = next(state, new PollOutcome.Unchanged(exchange(target), null), NOW.plusSeconds(60));
        assertThat(state.url()).isEqualTo(new FeedState.Location(URL, target, NOW, 2, null, null, List.of()));
        state = next(state, new PollOutcome.Unchanged(exchange(null), null), NOW.plusSeconds(120));
        assertThat(state.url()).isEqualTo(new FeedState.Location(URL, null, null, null, null, null, List.of()));
    }

    @Test
    void unchangedPollMattersWhenPeopleWouldSeeAnOldStateForLong() {
        var state = next(null, document(true, null), NOW);
        var saved = Saved.of(state);
        var unchanged = new PollOutcome.Unchanged(exchange(null), null);
        assertThat(NextState.matters(null, state)).isTrue();
        assertThat(NextState.matters(saved, next(state, unchanged, NOW.plusSeconds(60), Duration.ofMinutes(5))))
                .as("the next poll comes soon enough to tell of this one")
                .isFalse();
        assertThat(NextState.matters(saved, next(state, unchanged, NOW.plusSeconds(60), Duration.ofMinutes(30))))
                .as("nobody would hear of it for half an hour")
                .isTrue();
        assertThat(NextState.matters(saved, next(state, unchanged, NOW.plusSeconds(1200), Duration.ofMinutes(5))))
                .isTrue();
        var failure = new PollOutcome.Failed(exchange(null), Problem.of("http_500", 500, "x"));
        assertThat(NextState.matters(saved, next(state, failure, NOW.plusSeconds(60))))
                .isTrue();
    }

    @Test
    void otherValidatorsOfTheSameEntriesAreNotWorthARecord() {
        var state = next(null, document(true, null), NOW);
        var saved = Saved.of(state);
        var first = (PollOutcome.Changed) document(true, null);
        var exchange = new FetchResult.Exchange(
                URL, null, 200, "\"other\"", "later", "application/rss+xml", null, null, null, null, 100, 20);
        var same = new PollOutcome.Changed(
                exchange, first.document(), first.sightings(), false, null, "cd".repeat(32), false);
        var after = next(state, same, NOW.plusSeconds(60), Duration.ofMinutes(5));
        assertThat(after.validators()).isNotNull().isNotEqualTo(state.validators());
        assertThat(NextState.matters(saved, after)).isFalse();

        var broken = next(state, document(false, null), NOW.plusSeconds(60), Duration.ofMinutes(5));
        assertThat(NextState.matters(saved, broken))
                .as("then it must not be asked conditionally")
                .isTrue();
    }
}
