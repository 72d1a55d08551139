package newswire.fetcher;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import newswire.contract.FeedState;

/** Counts what is done beyond polls, each thing once, by what came of it. */
final class ErrandMetrics {
    private final MeterRegistry meters;

    ErrandMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void page(String outcome) {
        meters.counter("newswire.fetcher.pages", "outcome", outcome).increment();
    }

    /** A gap that was found is open, or permanent from the start; what is looked into ends as closed or permanent. */
    void gap(FeedState.Gap.Outlook outlook, int recovered) {
        meters.counter("newswire.fetcher.gaps", "status", outlook.toString().toLowerCase(Locale.ROOT))
                .increment();
        meters.counter("newswire.fetcher.recovered").increment(recovered);
    }
}
