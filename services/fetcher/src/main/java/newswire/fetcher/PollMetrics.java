package newswire.fetcher;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import newswire.contract.Problem;

/**
 * Counts polls, entries and raw articles, each once, by what came of them. The labels are closed sets. What is new or changed
 * among the entries is what was published or dead-lettered of the raw articles.
 */
final class PollMetrics {
    /** From what nobody notices to a day, in seconds. */
    private static final int[] WAITS = {1, 5, 15, 60, 300, 900, 3_600, 21_600, 86_400};

    private final MeterRegistry meters;
    private final Timer waits;

    PollMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.waits = Timer.builder("newswire.fetcher.poll.wait")
                .description("time from when a feed is due until its poll starts")
                .serviceLevelObjectives(
                        IntStream.of(WAITS).mapToObj(Duration::ofSeconds).toArray(Duration[]::new))
                .register(meters);
        meters.counter("newswire.fetcher.silences.longest"); // an increase shows from zero only
    }

    void count(PollOutcome outcome) {
        meters.counter("newswire.fetcher.polls", "outcome", label(outcome)).increment();
        if (outcome instanceof PollOutcome.Changed changed) {
            count(changed.sightings());
        }
    }

    /** A poll starts. */
    void recordWait(Duration sinceDue) {
        waits.record(sinceDue);
    }

    /** Entries of a document, whether it was polled or pushed. */
    void count(List<SeenEntries.Sighting> sightings) {
        for (var kind : SeenEntries.Kind.values()) {
            double count = (double) sightings.stream()
                    .filter(sighting -> sighting.kind() == kind)
                    .count();
            meters.counter("newswire.fetcher.entries", "kind", lowerCase(kind)).increment(count);
        }
    }

    /** Counts a server that wants to be left alone for longer than anybody is. */
    void countLongestSilence() {
        meters.counter("newswire.fetcher.silences.longest").increment();
    }

    /** Counts a poll that came to nothing, so that its feed is polled again. */
    void countUndone(Undone why) {
        meters.counter("newswire.fetcher.polls", "outcome", lowerCase(why)).increment();
    }

    /** Why a poll came to nothing though its feed is not at fault. */
    enum Undone {
        /** The page at the URL is searched for its feed, which takes more polls. */
        SEARCHING,
        /** Its robots.txt, which is to be obeyed, was asked for first. */
        ROBOTS,
        /** We have no room for it now. */
        PUT_OFF,
        /** The partition is another's by now. */
        HANDED_OVER,
        /** The broker did not confirm. */
        NOT_PUBLISHED,
        FAILED
    }

    /** Counts raw articles that the broker has. */
    void countSent(int published, int deadLettered) {
        meters.counter("newswire.fetcher.raw.articles", "outcome", "published").increment(published);
        meters.counter("newswire.fetcher.raw.articles", "outcome", "dead_lettered")
                .increment(deadLettered);
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String label(PollOutcome outcome) {
        return outcome instanceof PollOutcome.Failed failed ? label(failed.problem()) : outcome.name();
    }

    /** A server may answer any status: of these, only the usual ones have a label of their own. */
    static String label(Problem problem) {
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
