package newswire.store;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Looks which webhooks have something to be told, takes those that no other store has, and serves each on a thread of its own. */
@Component
class WebhookDispatcher implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(WebhookDispatcher.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final int READING = 3;

    private final WebhookTable webhooks;
    private final WebhookClaimTable claims;
    private final ChangeTable changes;
    private final WebhookProperties properties;
    private final WebhookMetrics metrics;
    private final WebhookSession.Means means;
    private final ExecutorService sessions = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("webhook-", 0).factory());
    private volatile boolean running;

    WebhookDispatcher(
            WebhookTable webhooks,
            WebhookClaimTable claims,
            ChangeTable changes,
            ArticleSearch search,
            WebhookClient client,
            WebhookSecrets secrets,
            WebhookProperties properties,
            WebhookMetrics metrics) {
        this.webhooks = webhooks;
        this.claims = claims;
        this.changes = changes;
        this.properties = properties;
        this.metrics = metrics;
        this.means = new WebhookSession.Means(
                changes,
                search,
                claims,
                client,
                secrets,
                properties,
                metrics,
                new Semaphore(READING),
                () -> !running,
                RandomGenerator.getDefault());
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("webhooks").start(this::follow);
    }

    /** What is being sent is sent to its end, so that it is not sent again. */
    @Override
    public void stop() {
        running = false;
        sessions.shutdown();
        try {
            if (!sessions.awaitTermination(properties.exchange().toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Webhooks were broken off; what they sent last is sent again");
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void follow() {
        while (running) {
            try {
                look();
                LockSupport.parkNanos(properties.pause().toNanos());
            } catch (DataAccessException | TransactionException ex) {
                log.debug("Webhooks cannot be looked at, reason={}", ex.getMessage());
                LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            } catch (RuntimeException ex) { // the loop: nobody else serves webhooks here
                log.error("Unexpected failure while looking at the webhooks", ex);
                LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            }
        }
    }

    private void look() {
        if (!claims.any()) {
            return;
        }
        long asked = System.nanoTime();
        for (var claim : claims.claim(changes.end(), properties.lease())) {
            if (running) {
                sessions.execute(() -> serve(claim, asked));
            } else {
                claims.release(claim);
            }
        }
    }

    private void serve(WebhookClaimTable.Claim claim, long asked) {
        try {
            attempt(claim, asked);
        } catch (DataAccessException | TransactionException ex) { // the webhook is free again when its lease is over
            log.debug("Webhook cannot be served, reason={} webhook={}", ex.getMessage(), claim.id());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt(WebhookClaimTable.Claim claim, long asked) throws InterruptedException {
        try {
            new WebhookSession(claim, asked, means).run();
            claims.release(claim);
        } catch (DataAccessException | TransactionException ex) {
            throw ex;
        } catch (RuntimeException ex) { // the bulkhead: one webhook must not keep the others from being served
            log.error("Webhook cannot be served, webhook={}", claim.id(), ex);
            claims.stuck(claim, ex.toString(), properties.longestRetry());
        }
    }

    @Scheduled(initialDelayString = "PT10S", fixedDelayString = "PT1M")
    void clean() {
        try {
            metrics.look(webhooks);
            webhooks.prune();
        } catch (DataAccessException | TransactionException ex) { // the next time is a minute away
            log.debug("Webhooks' deliveries not pruned, reason={}", ex.getMessage());
        }
    }
}
