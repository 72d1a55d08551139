package newswire.store;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One store's turn at one webhook: one message after the other until it has caught up, fails, is lost, or the store ends. */
final class WebhookSession {
    private static final Logger log = LoggerFactory.getLogger(WebhookSession.class);

    /** Few: what a slow receiver holds in memory. */
    private static final int PAGE = 16;

    private final WebhookClaimTable.Claim claim;
    private final Means means;
    private final ArticleSearch.Query query;
    private final long claimed;
    private final List<String> secrets;
    private ChangeCursor cursor;
    private int failures;
    private long heldUntil;

    /**
     * What all turns share.
     *
     * @param reading how many may ask the database for changes at a time
     * @param ending whether the store ends
     * @param random for the back-off
     */
    record Means(
            ChangeTable changes,
            ArticleSearch search,
            WebhookClaimTable table,
            WebhookClient client,
            WebhookSecrets secrets,
            WebhookProperties properties,
            WebhookMetrics metrics,
            Semaphore reading,
            BooleanSupplier ending,
            RandomGenerator random) {}

    /** @param claimed when the claim was asked for, by {@link System#nanoTime()} */
    WebhookSession(WebhookClaimTable.Claim claim, long claimed, Means means) {
        this.claim = claim;
        this.means = means;
        this.claimed = claimed;
        this.cursor = claim.cursor();
        this.failures = claim.failures();
        this.query =
                Encoding.json().readValue(claim.search(), SearchRequest.class).query();
        this.secrets = claim.secrets().stream()
                .map(text -> means.secrets().open(claim.id(), text))
                .toList();
        held(claimed);
    }

    private void held(long since) {
        heldUntil = since + means.properties().lease().toNanos();
    }

    private Instant now() {
        return claim.now().plusNanos(System.nanoTime() - claimed);
    }

    void run() throws InterruptedException {
        boolean more = true;
        while (more && !means.ending().getAsBoolean()) {
            try {
                more = page();
            } catch (ChangeTable.ExpiredException ex) {
                var beginning = means.changes().beginning();
                more = deliver(WebhookMessage.expired(claim.id(), cursor, beginning), beginning);
            }
        }
    }

    /** Delivers some; returns whether there is more to do. */
    private boolean page() throws InterruptedException {
        ChangeTable.Page page;
        Set<UUID> wanted;
        means.reading().acquire();
        try {
            page = means.changes().after(cursor, PAGE);
            wanted = wanted(page);
        } finally {
            means.reading().release();
        }
        for (var change : page.changes()) {
            var behind = cursor.to(change.partition(), change.offset() + 1);
            boolean told =
                    !wanted.contains(change.id()) || deliver(WebhookMessage.of(claim.id(), change, behind), behind);
            if (!told || means.ending().getAsBoolean()) {
                return false;
            }
            cursor = behind;
        }
        return keep(page.next()) && page.more();
    }

    /** What matches now, and what the receiver has been told of: it must hear too that this matches no more, or is gone. */
    private Set<UUID> wanted(ChangeTable.Page page) {
        if (page.changes().isEmpty()) {
            return Set.of();
        }
        var ids = new HashSet<UUID>();
        page.changes().forEach(change -> ids.add(change.id()));
        var wanted = new HashSet<>(means.search().among(query, ids));
        wanted.addAll(means.table().told(claim.id(), ids));
        return wanted;
    }

    private boolean keep(ChangeCursor to) {
        long asked = System.nanoTime();
        if (!means.table().keep(claim, to, means.properties().lease())) {
            return false;
        }
        held(asked);
        cursor = to;
        return true;
    }

    /** Tells the receiver while nobody else can; returns whether it has it and the webhook is still ours. */
    private boolean deliver(WebhookMessage message, ChangeCursor behind) {
        boolean inTime =
                heldUntil - System.nanoTime() > means.properties().exchange().toNanos();
        if (!inTime && !keep(cursor)) {
            return false;
        }
        var answer = means.client().send(claim.url(), message, secrets, now());
        means.metrics().count(answer);
        return switch (answer) {
            case WebhookAnswer.Accepted accepted -> delivered(message, accepted, behind);
            case WebhookAnswer.Gone gone ->
                failed(
                        message,
                        410,
                        "the receiver wants nothing any more",
                        gone.millis(),
                        Duration.ZERO,
                        Duration.ZERO);
            case WebhookAnswer.Refused(int status, var asked, int millis) ->
                failed(
                        message,
                        status,
                        "status " + status,
                        millis,
                        wait(asked),
                        means.properties().patience());
            case WebhookAnswer.Unreachable(var problem, int millis) ->
                failed(
                        message,
                        null,
                        problem,
                        millis,
                        wait(null),
                        means.properties().patience());
        };
    }

    private boolean delivered(WebhookMessage message, WebhookAnswer.Accepted accepted, ChangeCursor behind) {
        long asked = System.nanoTime();
        boolean ours = means.table()
                .delivered(
                        claim,
                        failures + 1,
                        message,
                        accepted,
                        behind,
                        means.properties().lease());
        held(asked);
        failures = 0;
        cursor = behind;
        return ours;
    }

    private Duration wait(@Nullable Duration asked) {
        return WebhookBackoff.after(
                failures + 1, means.properties(), asked, means.random().nextDouble());
    }

    private boolean failed(
            WebhookMessage message,
            @Nullable Integer status,
            String problem,
            int millis,
            Duration wait,
            Duration patience) {
        var now = means.table().failed(claim, failures + 1, message, status, problem, millis, wait, patience);
        if (now.filter(WebhookTable.Status.DISABLED::equals).isPresent()) {
            log.error("Webhook disabled, reason={} failures={} webhook={}", problem, failures + 1, claim.id());
        } else if (now.isPresent() && failures == 0) {
            log.warn("Webhook failed, reason={} next={} webhook={}", problem, wait, claim.id());
        }
        return false;
    }
}
