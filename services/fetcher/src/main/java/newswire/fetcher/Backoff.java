package newswire.fetcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import newswire.contract.FeedState;
import newswire.contract.Problem;

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

    PollSchedule.Plan next(PollBasis basis, Problem problem) {
        var kind = FailureClass.of(problem);
        double weight = kind.weight() + basis.why().weightBefore();
        var reasons = new ArrayList<String>(List.of(problem.code()));
        var status = status(kind, problem, basis);
        var wait = wait(kind, status, basis, weight, reasons);
        var at = basis.at().plus(jittered(kind, wait, basis.why().chance()));
        var asked = basis.retryAfter();
        if (asked != null && (asked.isAfter(at) || kind == FailureClass.THROTTLED)) {
            reasons.addFirst("retry-after");
            var silence = Duration.between(basis.at(), asked);
            return new PollSchedule.Plan(asked, silence, status, weight, reasons, basis.why());
        }
        return new PollSchedule.Plan(at, wait, status, weight, reasons, basis.why());
    }

    private Duration wait(
            FailureClass kind, FeedState.Status status, PollBasis basis, double weight, List<String> reasons) {
        if (status == FeedState.Status.GONE) {
            reasons.add("probation");
            return settings.probation();
        }
        return switch (kind) {
            case GONE -> PollSchedule.min(GONE_AGAIN, settings.sleep());
            case UNAUTHORIZED -> UNAUTHORIZED;
            case ROBOTS -> settings.ceiling();
            case CHALLENGE -> PollSchedule.max(UNAUTHORIZED, doubled(basis, weight, reasons));
            case THROTTLED -> PollSchedule.min(LONGEST_UNASKED, doubled(basis, weight, reasons));
            case HARD, SOFT, TEMPORARY -> doubled(basis, weight, reasons);
        };
    }

    private Duration doubled(PollBasis basis, double weight, List<String> reasons) {
        double millis = settings.defaultInterval().toMillis() * Math.pow(2, Math.min(weight - 1, 40));
        if (millis < settings.sleep().toMillis()) {
            reasons.add("back-off");
            return Duration.ofMillis((long) millis);
        }
        boolean again = basis.interval().compareTo(settings.sleep()) >= 0;
        reasons.add(again ? "probation" : "back-off");
        return again ? settings.probation() : settings.sleep();
    }

    /** Unasked waits after 429 and 503 are spread over an hour, so that not all come back at once. */
    private Duration jittered(FailureClass kind, Duration wait, double chance) {
        return kind == FailureClass.THROTTLED
                ? wait.plusMillis((long) (settings.defaultInterval().toMillis() * 2 * chance))
                : wait.plusMillis((long) (wait.toMillis() * 0.1 * (2 * chance - 1)));
    }

    private static FeedState.Status status(FailureClass kind, Problem problem, PollBasis basis) {
        var code = problem.code();
        if (kind == FailureClass.GONE && basis.said(GONE_TIMES, GONE_SURELY)) {
            return FeedState.Status.GONE;
        }
        boolean absent = code.equals("http_404") && basis.said(NOT_FOUND_TIMES, NOT_FOUND_SURELY);
        boolean badUrl = code.equals("bad_url") || code.startsWith("blocked_");
        return absent || badUrl ? FeedState.Status.INVALID : kind.status();
    }
}
