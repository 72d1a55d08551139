package newswire.fetcher;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

/** What a feed's last polls tell of how it publishes. */
final class PollHistory {
    private static final int CHURNING_POLLS = 5;
    private static final int FEWEST_ENTRIES = 3;
    private static final String IDS_CHANGED = "ids-changed";
    private static final Set<String> SUCCESSES = Set.of("modified", "not_modified");

    private PollHistory() {}

    /** The remembered polls, newest first, but for those that came to nothing through no fault of the feed. */
    static List<FeedState.PollRecord> polls(@Nullable FeedState before) {
        return before == null
                ? List.of()
                : before.polls().stream()
                        .filter(poll -> !poll.outcome().equals(PollAttempt.PutOff.NAME))
                        .toList();
    }

    static Duration interval(@Nullable FeedState before, Duration otherwise) {
        var seconds = before == null ? null : before.schedule().intervalSeconds();
        var polls = polls(before);
        boolean ours = !polls.isEmpty() && success(polls.getFirst());
        return seconds == null || !ours ? otherwise : Duration.ofSeconds(Math.max(1, seconds));
    }

    static double knownShare(PollOutcome outcome) {
        return switch (outcome) {
            case PollOutcome.Unchanged _ -> 1;
            case PollOutcome.Changed changed -> share(changed.sightings().size(), changed.count(SeenEntries.Kind.NEW));
            case PollOutcome.Failed _ -> -1;
        };
    }

    /** Of the last poll; negative if that was none to judge by. */
    static double knownShareOfLast(@Nullable FeedState before) {
        var polls = polls(before);
        if (before == null || polls.isEmpty() || !success(polls.getFirst())) {
            return -1;
        }
        var last = polls.getFirst();
        boolean first = before.counters().polls() <= 1;
        return first ? -1 : last.outcome().equals("not_modified") ? 1 : share(last.entries(), last.newEntries());
    }

    /**
     * A plan that says so, too, where the ids of the known entries have changed, or where nearly all entries were new at each
     * of the last polls or had such ids: they are worth nothing.
     */
    static PollSchedule.Plan flagged(@Nullable FeedState before, PollOutcome outcome, PollSchedule.Plan plan) {
        if (!(outcome instanceof PollOutcome.Changed changed)) {
            return plan;
        }
        boolean renamed = changed.count(SeenEntries.Kind.RENAMED) > 0;
        var told = renamed ? plan.with(IDS_CHANGED) : plan;
        var last = polls(before).stream().limit(CHURNING_POLLS - 1).toList();
        boolean churning = (renamed || churning(changed.sightings().size(), changed.count(SeenEntries.Kind.NEW)))
                && last.size() == CHURNING_POLLS - 1
                && last.stream().allMatch(PollHistory::churning);
        return churning ? told.with("guid-churn") : told;
    }

    private static boolean churning(FeedState.PollRecord poll) {
        return poll.reasons().contains(IDS_CHANGED) || churning(poll.entries(), poll.newEntries());
    }

    private static boolean churning(int entries, int fresh) {
        return entries >= FEWEST_ENTRIES && fresh * 10 > entries * 9;
    }

    private static double share(int entries, int fresh) {
        return entries == 0 ? 1 : 1 - (double) fresh / entries;
    }

    /** Whether this poll came when it was planned; after a long delay the overlap says nothing of the interval. */
    static boolean onTime(@Nullable FeedState before, Instant now) {
        if (before == null || before.schedule().lastPollAt() == null) {
            return false;
        }
        var planned = Duration.between(
                before.schedule().lastPollAt(), before.schedule().nextPollAt());
        var late = Duration.between(before.schedule().nextPollAt(), now);
        return late.compareTo(planned.dividedBy(2).plusSeconds(60)) < 0;
    }

    /** Mean time between entries over the remembered polls, or nothing if there was no entry. */
    static @Nullable Duration expectedGap(@Nullable FeedState before, PollOutcome outcome, Instant now) {
        var polls = polls(before);
        if (polls.isEmpty()) {
            return null;
        }
        int fresh = outcome instanceof PollOutcome.Changed changed ? changed.count(SeenEntries.Kind.NEW) : 0;
        var oldest = polls.getLast();
        for (var poll : polls) {
            fresh += poll.equals(oldest) ? 0 : poll.newEntries(); // what the oldest found came before our time
        }
        var span = Duration.between(oldest.at(), now);
        return fresh == 0 || span.isNegative() || span.isZero() ? null : span.dividedBy(fresh);
    }

    /** Since an entry was last new or changed. */
    static Duration silence(@Nullable FeedState before, PollOutcome outcome, Instant now) {
        boolean something = outcome instanceof PollOutcome.Changed changed
                && changed.count(SeenEntries.Kind.NEW) + changed.count(SeenEntries.Kind.CHANGED) > 0;
        var last = before == null ? null : before.schedule().lastChangeAt();
        return something || last == null ? Duration.ZERO : Duration.between(last, now);
    }

    static boolean success(FeedState.PollRecord poll) {
        return SUCCESSES.contains(poll.outcome());
    }
}
