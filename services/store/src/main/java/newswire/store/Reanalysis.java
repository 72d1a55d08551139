package newswire.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * After an upgrade that reads words otherwise than before, reads the articles that are there already again, the newest
 * first, beside all else and with half of its time at rest. A restart goes on where it was.
 */
@Component
class Reanalysis implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Reanalysis.class);
    private static final int BATCH = 100;
    private static final int TOLD = 10_000;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final AnalysisTable table;
    private final AtomicLong left = new AtomicLong();
    private volatile @Nullable Thread thread;

    Reanalysis(AnalysisTable table, MeterRegistry meters) {
        this.table = table;
        Gauge.builder("store.search.unread", left, AtomicLong::doubleValue)
                .description("articles from before an upgrade whose words are not read yet")
                .register(meters);
    }

    @Override
    public void start() {
        var reader = new Thread(this::run, "reanalysis");
        reader.setDaemon(true);
        thread = reader;
        reader.start();
    }

    @Override
    public void stop() {
        var reader = thread;
        thread = null;
        if (reader != null) {
            LockSupport.unpark(reader);
            try {
                if (!reader.join(FAREWELL)) {
                    log.warn("Articles were still read for their words; the rest is read after the next start");
                }
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        while (isRunning()) {
            try {
                readAll();
                return;
            } catch (DataAccessException | TransactionException ex) {
                log.warn("Articles cannot be read for their words, trying again, reason={}", ex.getMessage());
            } catch (RuntimeException ex) { // the loop: nobody else reads them
                log.error("Unexpected failure while articles are read for their words", ex);
            }
            LockSupport.parkNanos(AFTER_FAILURE.toNanos());
        }
    }

    private void readAll() {
        if (table.isFinished()) {
            return;
        }
        for (long count = table.left(); count > 0 && isRunning(); count = table.left()) {
            log.info("Articles are read for their words, and found by them from then on, left={}", count);
            left.set(count);
            readOnce();
        }
        if (isRunning()) {
            table.finish();
            left.set(0);
        }
    }

    /** Once through all of them. */
    private void readOnce() {
        var batch = table.newest(null, BATCH);
        while (!batch.isEmpty() && isRunning()) {
            long start = System.nanoTime();
            long before = left.get();
            long after = left.addAndGet(-write(batch));
            if (before / TOLD != after / TOLD) {
                log.info("Articles are read for their words, left={}", after);
            }
            LockSupport.parkNanos(System.nanoTime() - start);
            batch = table.newest(batch.getLast(), BATCH);
        }
    }

    private int write(List<AnalysisTable.Unread> batch) {
        var read = batch.stream().map(Reanalysis::read).toList();
        table.keepAnalyzers(read.stream().map(Words::language).toList());
        return table.write(read.stream().map(Words::article).toList());
    }

    private static Words read(AnalysisTable.Unread unread) {
        try {
            var article = RevisionTable.article(unread.document().json());
            return new Words(article.language(), new AnalysisTable.Read(unread, ArticleWords.of(article)));
        } catch (IllegalStateException ex) { // the bulkhead: the others are to be found
            log.error("Article cannot be read for its words, article={}", unread.id(), ex);
            return new Words("und", new AnalysisTable.Read(unread, ""));
        }
    }

    private record Words(String language, AnalysisTable.Read article) {}
}
