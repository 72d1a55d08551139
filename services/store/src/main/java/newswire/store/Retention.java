package newswire.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Keeps to {@link StoreProperties#retention()}, once an hour. */
@Component
class Retention {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private final RetentionTable table;
    private final StoreProperties properties;

    Retention(RetentionTable table, StoreProperties properties) {
        this.table = table;
        this.properties = properties;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1H")
    void forget() {
        var age = properties.retention();
        if (age == null) {
            return;
        }
        try {
            var months = table.forget(age);
            if (!months.isEmpty()) {
                log.info("Old months dropped, months={}", months);
            }
        } catch (DataAccessException | TransactionException ex) { // the next time is an hour away
            log.warn("Old months were not dropped, reason={}", ex.getMessage());
        }
    }
}
