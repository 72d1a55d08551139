package newswire.fetcher;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the broker is there. Without it nothing is polled, as there is nowhere to put what a poll finds. */
final class BrokerGate {
    private static final Logger log = LoggerFactory.getLogger(BrokerGate.class);

    private final AtomicBoolean open = new AtomicBoolean(true);

    boolean isOpen() {
        return open.get();
    }

    void close(String reason) {
        if (open.getAndSet(false)) {
            log.warn("Broker away, polling stops, reason={}", reason);
        }
    }

    void open() {
        if (!open.getAndSet(true)) {
            log.info("Broker back, polling goes on");
        }
    }
}
