package newswire.normalizer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Counts raw articles, each once, by what became of it. */
final class Counters {
    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

    Counters(MeterRegistry meters) {
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
}
