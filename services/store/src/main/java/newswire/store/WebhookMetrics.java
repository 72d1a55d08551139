package newswire.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Counts attempts to deliver, each once, and webhooks by status. */
@Component
class WebhookMetrics {
    private final MeterRegistry meters;
    private final Map<WebhookTable.Status, AtomicLong> webhooks = new EnumMap<>(WebhookTable.Status.class);

    WebhookMetrics(MeterRegistry meters) {
        this.meters = meters;
        for (var status : WebhookTable.Status.values()) {
            var number = new AtomicLong();
            webhooks.put(status, number);
            meters.gauge("store.webhooks", List.of(Tag.of("status", status.toString())), number);
        }
    }

    void count(WebhookAnswer answer) {
        meters.counter(
                        "store.webhook.attempts",
                        "outcome",
                        answer.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .increment();
    }

    /** Looks how many there are. */
    void look(WebhookTable table) {
        webhooks.forEach((status, number) -> number.set(table.count(status)));
    }
}
