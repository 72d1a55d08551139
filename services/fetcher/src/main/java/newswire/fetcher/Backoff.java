package newswire.fetcher;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

/** When to try a failed feed again. No feed is ever given up: the rarest poll is the probation poll. */
final class Backoff {
    private static final Duration UNAUTHORIZED = Duration.ofHours(6);
    private static final Duration LONGEST_UNASKED = Duration.ofHours(6);
    private static final Duration GONE_AGAIN = Duration.ofHours(12);
    private static final Duration GONE_SURELY = Duration.ofHours(24);
    private static final int GONE_TIMES = 3;
    private static final int NOT_FOUND_TIMES = 10;
    private static final Duration NOT_FOUND_SURELY = Duration.ofDays(3);

    private final FetcherProperties.Poll settings;

    Backoff(FetcherProperties.Poll settings) {
        this.settings = settings;
    }

    PollSchedule.Plan next(@Nullable FeedState before, PollOutcome.Failed failed, Instant now, double chance) {
        var kind = FailureClass.of(failed.problem());
        double weight = kind.weight() + (before == null ? 0 : before.counters().failureWeight());
        var reasons = new ArrayList<String>(List.of(failed.problem().code()));
        var status = status(kind, before, failed, now);
        var wait = wait(kind, status, before, weight, reasons);
        var at = now.plus(jittered(kind, wait, chance));
        var asked = failed.exchange().retryAfter();
        if (asked != null && (asked.isAfter(at) || kind == FailureClass.THROTTLED)) {
            reasons.addFirst("retry-after");
            return new PollSchedule.Plan(asked, Duration.between(now, asked), status, weight, reasons);
        }
        return new PollSchedule.Plan(at, wait, status, weight, reasons);
    }

    private Duration wait(
            FailureClass kind,
            FeedState.Status status,
            @Nullable FeedState before,
            double weight,
            List<String> reasons) {
        if (status == FeedState.Status.GONE) {
            reasons.add("probation");
            return settings.probation();
        }
        return switch (kind) {
            case GONE -> PollSchedule.min(GONE_AGAIN, settings.sleep());
            case UNAUTHORIZED -> UNAUTHORIZED;
            case CHALLENGE -> PollSchedule.max(UNAUTHORIZED, doubled(before, weight, reasons));
            case THROTTLED -> PollSchedule.min(LONGEST_UNASKED, doubled(before, weight, reasons));
            case HARD, SOFT, TEMPORARY -> doubled(before, weight, reasons);
        };
    }

    private Duration doubled(@Nullable FeedState before, double weight, List<String> reasons) {
        double millis = settings.defaultInterval().toMillis() * Math.pow(2, Math.min(weight - 1, 40));
        if (millis < settings.sleep().toMillis()) {
            reasons.add("back-off");
            return Duration.ofMillis((long) millis);
        }
        var last = before == null ? null : before.schedule().intervalSeconds();
        boolean again = last != null && last >= settings.sleep().toSeconds();
        reasons.add(again ? "probation" : "back-off");
        return again ? settings.probation() : settings.sleep();
    }

    /** Unasked waits after 429 and 503 are spread over an hour, so that not all come back at once. */
    private Duration jittered(FailureClass kind, Duration wait, double chance) {
        return kind == FailureClass.THROTTLED
                ? wait.plusMillis((long) (settings.defaultInterval().toMillis() * 2 * chance))
                : wait.plusMillis((long) (wait.toMillis() * 0.1 * (2 * chance - 1)));
    }

    private static FeedState.Status status(
            FailureClass kind, @Nullable FeedState before, PollOutcome.Failed failed, Instant now) {
        var code = failed.problem().code();
        if (kind == FailureClass.GONE && said(before, code, now, GONE_TIMES, GONE_SURELY)) {
            return FeedState.Status.GONE;
        }
        boolean absent = code.equals("http_404") && said(before, code, now, NOT_FOUND_TIMES, NOT_FOUND_SURELY);
        boolean badUrl = code.equals("bad_url") || code.startsWith("blocked_");
        return absent || badUrl ? FeedState.Status.INVALID : kind.status();
    }

    /** Whether this poll and those before it said the same, so many times over so long a time. */
    private static boolean said(@Nullable FeedState before, String code, Instant now, int times, Duration surely) {
        int count = 1;
        var since = now;
        for (var poll : before == null ? List.<FeedState.PollRecord>of() : before.polls()) {
            if (!poll.outcome().equals(code)) {
                break;
            }
            count++;
            since = poll.at();
        }
        return count >= times && Duration.between(since, now).compareTo(surely) >= 0;
    }
}
