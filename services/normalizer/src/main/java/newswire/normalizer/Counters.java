package newswire.normalizer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import newswire.contract.Feed;

/** Counts raw articles, each once, by what became of it. */
final class Counters {
    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

    private final MeterRegistry meters;
    private final Counter forgotten;

    Counters(MeterRegistry meters) {
        this.meters = meters;
        forgotten = Counter.builder("normalizer.ledger.forgotten")
                .description("articles that the ledger forgot because no feed shows them any more")
                .register(meters);
        for (var outcome : Outcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("normalizer.raw.articles")
                            .description("raw articles by what became of them")
                            .tag("outcome", outcome.toString())
                            .register(meters));
        }
    }

    void count(Outcome outcome) {
        var counter = counters.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    /** Counts a feed whose names are trusted less from now on. */
    void degraded(Feed.GuidPolicy policy) {
        Counter.builder("normalizer.feeds.degraded")
                .description("feeds whose guids or links do not tell their articles apart, by what is used instead")
                .tag("policy", policy.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }

    /** Counts an article that no feed has shown for the retention time. */
    void forgotten() {
        forgotten.increment();
    }
}
