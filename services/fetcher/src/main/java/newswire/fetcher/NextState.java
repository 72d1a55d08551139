package newswire.fetcher;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

/** What is remembered of a feed after a poll whose entries the broker has. */
final class NextState {
    private static final int REMEMBERED_POLLS = 30;
    private static final Duration COALESCED = Duration.ofMinutes(15);

    private NextState() {}

    /**
     * Remembers.
     *
     * @param settled how long a permanent move must have been seen before it is proposed
     */
    static FeedState of(
            Feed feed,
            @Nullable FeedState before,
            PollOutcome outcome,
            PollSchedule.Plan plan,
            Instant now,
            Duration settled) {
        return new FeedState(
                FeedState.SCHEMA_VERSION,
                feed.feedId(),
                feed.revision(),
                now,
                plan.status(),
                Relocation.of(feed, before, outcome, now, settled),
                Honesty.after(before == null ? null : before.validators(), outcome, now),
                response(outcome, now),
                document(before, outcome),
                Silence.of(before, outcome, now),
                Gaps.of(before, outcome, now),
                schedule(before, outcome, plan, now),
                counters(before, outcome, plan),
                seen(before, outcome),
                before == null ? null : before.identity(),
                before == null ? null : before.robots(),
                before == null ? null : before.websub(),
                outcome instanceof PollOutcome.Failed failed ? failed.problem() : null,
                polls(before, outcome, plan, now));
    }

    /** A poll came to nothing that counts; people see that there was one. */
    static FeedState putOff(
            Feed feed, @Nullable FeedState before, PollAttempt.PutOff putOff, Instant again, Instant now) {
        var was = before == null ? blank(feed, again, now) : before;
        var reasons = List.of("no-room");
        var exchange = putOff.exchange();
        var poll = new FeedState.PollRecord(
                now,
                PollAttempt.PutOff.NAME,
                exchange.status(),
                exchange.bytes(),
                exchange.millis(),
                0,
                0,
                0,
                reasons,
                again);
        var schedule = new FeedState.Schedule(
                was.schedule().lastPollAt(),
                was.schedule().lastSuccessAt(),
                was.schedule().lastChangeAt(),
                again,
                was.schedule().intervalSeconds(),
                reasons,
                was.schedule().why());
        return with(was, schedule, was.seen(), was.websub(), polls(PollHistory.polls(was), poll), now);
    }

    private static FeedState blank(Feed feed, Instant next, Instant now) {
        return new FeedState(
                FeedState.SCHEMA_VERSION,
                feed.feedId(),
                feed.revision(),
                now,
                FeedState.Status.NEW,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                new FeedState.Schedule(null, null, null, next, null, List.of(), null),
                FeedState.Counters.ZERO,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }

    /** The same state with what a push, its hub or a decision about it has changed. */
    static FeedState with(
            FeedState state,
            FeedState.Schedule schedule,
            FeedState.@Nullable Seen seen,
            FeedState.@Nullable WebSub websub,
            Instant now) {
        return with(state, schedule, seen, websub, state.polls(), now);
    }

    private static FeedState with(
            FeedState state,
            FeedState.Schedule schedule,
            FeedState.@Nullable Seen seen,
            FeedState.@Nullable WebSub websub,
            List<FeedState.PollRecord> polls,
            Instant now) {
        return new FeedState(
                state.schemaVersion(),
                state.feedId(),
                state.definitionRevision(),
                now,
                state.status(),
                state.url(),
                state.validators(),
                state.response(),
                state.document(),
                state.rhythm(),
                state.gaps(),
                schedule,
                state.counters(),
                seen,
                state.identity(),
                state.robots(),
                websub,
                state.lastError(),
                polls);
    }

    /** The same with another last answer. */
    static FeedState with(FeedState state, FeedState.@Nullable Response response) {
        return with(state, response, state.gaps(), state.seen(), state.robots());
    }

    /** The same with what robots.txt says of the feed. */
    static FeedState with(FeedState state, FeedState.Robots robots) {
        return with(state, state.response(), state.gaps(), state.seen(), robots);
    }

    /** The same with what became of its gaps. */
    static FeedState with(FeedState state, List<FeedState.Gap> gaps, FeedState.@Nullable Seen seen) {
        return with(state, state.response(), gaps, seen, state.robots());
    }

    private static FeedState with(
            FeedState state,
            FeedState.@Nullable Response response,
            List<FeedState.Gap> gaps,
            FeedState.@Nullable Seen seen,
            FeedState.@Nullable Robots robots) {
        return new FeedState(
                state.schemaVersion(),
                state.feedId(),
                state.definitionRevision(),
                state.updatedAt(),
                state.status(),
                state.url(),
                state.validators(),
                response,
                state.document(),
                state.rhythm(),
                gaps,
                state.schedule(),
                state.counters(),
                seen,
                state.identity(),
                robots,
                state.websub(),
                state.lastError(),
                state.polls());
    }

    /** Whether a restart would do something else without the new state, or people would see an old one for long. */
    static boolean matters(@Nullable Saved saved, FeedState state) {
        return saved == null
                || saved.at().plus(COALESCED).isBefore(state.schedule().nextPollAt())
                || !saved.says(state)
                || state.lastError() != null;
    }

    private static FeedState.Response response(PollOutcome outcome, Instant now) {
        var exchange = outcome.exchange();
        return new FeedState.Response(
                exchange.status(),
                now,
                exchange.contentType(),
                outcome instanceof PollOutcome.Changed changed
                        ? changed.document().charset()
                        : null,
                exchange.bytes(),
                exchange.millis(),
                exchange.maxAgeSeconds(),
                exchange.expires(),
                exchange.retryAfter());
    }

    private static FeedState.@Nullable Document document(@Nullable FeedState before, PollOutcome outcome) {
        if (outcome instanceof PollOutcome.Changed changed) {
            var facts = changed.document().facts();
            return facts.document(
                    changed.document().format(),
                    changed.document().entries().size(),
                    changed.count(SeenEntries.Kind.NEW),
                    sentAgain(changed));
        }
        return before == null ? null : before.document();
    }

    private static FeedState.Schedule schedule(
            @Nullable FeedState before, PollOutcome outcome, PollSchedule.Plan plan, Instant now) {
        boolean success = !(outcome instanceof PollOutcome.Failed);
        boolean change = outcome instanceof PollOutcome.Changed changed && fresh(changed) > 0;
        return new FeedState.Schedule(
                now,
                success ? now : before == null ? null : before.schedule().lastSuccessAt(),
                change ? now : before == null ? null : before.schedule().lastChangeAt(),
                plan.at(),
                plan.interval().toSeconds(),
                plan.reasons(),
                plan.why());
    }

    private static int fresh(PollOutcome.Changed changed) {
        return changed.count(SeenEntries.Kind.NEW) + changed.count(SeenEntries.Kind.CHANGED);
    }

    private static int sentAgain(PollOutcome.Changed changed) {
        return changed.count(SeenEntries.Kind.CHANGED) + changed.count(SeenEntries.Kind.RENAMED);
    }

    private static FeedState.Counters counters(
            @Nullable FeedState before, PollOutcome outcome, PollSchedule.Plan plan) {
        var was = before == null ? FeedState.Counters.ZERO : before.counters();
        boolean failed = outcome instanceof PollOutcome.Failed;
        boolean absent = outcome.exchange().status() != null
                && (outcome.exchange().status() == 404 || outcome.exchange().status() == 410);
        return new FeedState.Counters(
                was.polls() + 1,
                was.notModified() + (outcome instanceof PollOutcome.Unchanged ? 1 : 0),
                failed ? was.consecutiveFailures() + 1 : 0,
                absent ? was.consecutiveNotFound() + 1 : 0,
                plan.weight());
    }

    private static FeedState.@Nullable Seen seen(@Nullable FeedState before, PollOutcome outcome) {
        var was = before == null ? null : before.seen();
        return outcome instanceof PollOutcome.Changed changed
                ? SeenEntries.of(was)
                        .after(changed.sightings(), changed.complete())
                        .toState()
                : was;
    }

    private static List<FeedState.PollRecord> polls(
            @Nullable FeedState before, PollOutcome outcome, PollSchedule.Plan plan, Instant now) {
        var changed = outcome instanceof PollOutcome.Changed found ? found : null;
        var exchange = outcome.exchange();
        var poll = new FeedState.PollRecord(
                now,
                outcome.name(),
                exchange.status(),
                exchange.bytes(),
                exchange.millis(),
                changed == null ? 0 : changed.sightings().size(),
                changed == null ? 0 : changed.count(SeenEntries.Kind.NEW),
                changed == null ? 0 : sentAgain(changed),
                plan.reasons(),
                plan.at());
        return polls(before == null ? List.of() : before.polls(), poll);
    }

    private static List<FeedState.PollRecord> polls(List<FeedState.PollRecord> before, FeedState.PollRecord poll) {
        return Stream.concat(Stream.of(poll), before.stream())
                .limit(REMEMBERED_POLLS)
                .toList();
    }
}
