package newswire.fetcher;

import java.util.Set;
import newswire.contract.FeedState;
import newswire.contract.Problem;

/** What a failed poll says about when to try again. */
enum FailureClass {
    /** The feed itself is at fault. */
    HARD(1, FeedState.Status.BACKOFF),
    /** The server has a bad day. */
    SOFT(0.5, FeedState.Status.BACKOFF),
    /** It may be us, or the way there. */
    TEMPORARY(0.25, FeedState.Status.BACKOFF),
    /** The server asks for less: 429 and 503. */
    THROTTLED(0.5, FeedState.Status.THROTTLED),
    /** 401 and 403. */
    UNAUTHORIZED(0.5, FeedState.Status.UNAUTHORIZED),
    /** A page for browsers only. */
    CHALLENGE(0.5, FeedState.Status.UNAUTHORIZED),
    /** Its robots.txt forbids it, and is to be obeyed: nothing was asked. */
    ROBOTS(0, FeedState.Status.ROBOTS_DENIED),
    /** 410, which is believed when it is said three times over a day. */
    GONE(1, FeedState.Status.BACKOFF);

    private static final Set<String> TEMPORARY_CODES =
            Set.of("dns_failure", "dns_timeout", "network_unreachable", "interrupted");
    private static final Set<String> SOFT_CODES = Set.of(
            "connect_refused",
            "connect_timeout",
            "response_timeout",
            "deadline_exceeded",
            "too_slow",
            "connection_reset",
            "connection_failed",
            "truncated_body",
            "empty_body",
            "unexpected_304",
            "unexpected_status");

    private final double weight;
    private final FeedState.Status status;

    FailureClass(double weight, FeedState.Status status) {
        this.weight = weight;
        this.status = status;
    }

    double weight() {
        return weight;
    }

    FeedState.Status status() {
        return status;
    }

    static FailureClass of(Problem problem) {
        int http = problem.status() == null ? 0 : problem.status();
        return switch (problem.code()) {
            case "challenge" -> CHALLENGE;
            case FeedRobots.DENIED -> ROBOTS;
            case "http_401", "http_403" -> UNAUTHORIZED;
            case "http_410" -> GONE;
            case "http_429", "http_503" -> THROTTLED;
            default ->
                http >= 500 || http == 408 || SOFT_CODES.contains(problem.code())
                        ? SOFT
                        : TEMPORARY_CODES.contains(problem.code()) ? TEMPORARY : HARD;
        };
    }
}
