package newswire.fetcher;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import newswire.contract.PublisherScope;

/**
 * What polls may ask of publishers that their feed does not belong to, as redirects and pages lead there. Such a publisher's
 * own feeds may be another instance's, whose budget is not known here: so it is asked for one thing at a time, spaced as its
 * own are.
 */
final class ForeignBudget {
    private static final int MOST_SCOPES = 10_000;

    private final FetcherProperties.Host settings;
    private final Map<PublisherScope, HostBudget> budgets = new LinkedHashMap<>();

    ForeignBudget(FetcherProperties.Host settings) {
        this.settings = new FetcherProperties.Host(settings.spacing(), 1, settings.perAddress());
    }

    /**
     * Counts a request in.
     *
     * @throws BusyException if it is not time for it yet
     */
    synchronized void start(PublisherScope scope, Instant now) {
        var budget = budgets.computeIfAbsent(scope, _ -> new HostBudget(settings));
        if (!budget.hasRoom() || budget.earliest().isAfter(now)) {
            var wait = Duration.between(now, budget.earliest());
            throw new BusyException(
                    "not yet time to ask '" + scope + "'",
                    PollSchedule.max(wait, settings.spacing().dividedBy(2)));
        }
        budget.start(now);
        forgetSome(now);
    }

    /** Counts it out, after it was answered or not; {@code until} is what it was told to wait for. */
    synchronized void finish(PublisherScope scope, boolean sent, Instant now, Instant until) {
        var budget = budgets.get(scope);
        if (budget != null) {
            if (sent) {
                budget.sent(now);
            }
            budget.finish(Duration.ZERO, false, false, sent);
            budget.silence(until);
        }
    }

    private void forgetSome(Instant now) {
        for (Iterator<HostBudget> all = budgets.values().iterator(); budgets.size() > MOST_SCOPES && all.hasNext(); ) {
            if (all.next().isIdle(now)) {
                all.remove();
            }
        }
    }
}
