package newswire.fetcher;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import newswire.contract.Problem;

/** Counts polls and entries, each once, by what came of them. The labels are closed sets. */
final class PollMetrics {
    private final MeterRegistry meters;

    PollMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void count(PollOutcome outcome) {
        meters.counter("newswire.fetcher.polls", "outcome", label(outcome)).increment();
        if (outcome instanceof PollOutcome.Changed changed) {
            count(changed.sightings());
        }
    }

    /** Entries of a document, whether it was polled or pushed. */
    void count(List<SeenEntries.Sighting> sightings) {
        for (var kind : SeenEntries.Kind.values()) {
            double count = (double) sightings.stream()
                    .filter(sighting -> sighting.kind() == kind)
                    .count();
            meters.counter("newswire.fetcher.entries", "kind", kind.name().toLowerCase(java.util.Locale.ROOT))
                    .increment(count);
        }
    }

    private static String label(PollOutcome outcome) {
        return outcome instanceof PollOutcome.Failed failed ? label(failed.problem()) : outcome.name();
    }

    /** A server may answer any status: of these, only the usual ones have a label of their own. */
    private static String label(Problem problem) {
        var code = problem.code();
        if (!code.startsWith("http_")) {
            return code;
        }
        return switch (code) {
            case "http_401", "http_403", "http_404", "http_410", "http_429", "http_500", "http_502", "http_503" -> code;
            default -> code.startsWith("http_5") ? "http_5xx" : "http_4xx";
        };
    }
}
