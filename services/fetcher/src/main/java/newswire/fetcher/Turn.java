package newswire.fetcher;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request to a publisher scope beyond the polls of its feeds: it waits like them until the budget allows it. */
final class Turn implements Start {
    private final Lane lane;
    private final CompletableFuture<Boolean> granted = new CompletableFuture<>();
    private volatile boolean sent;

    Turn(Lane lane) {
        this.lane = lane;
    }

    @Override
    public Lane lane() {
        return lane;
    }

    /** Lets it start. Returns whether anybody still waits for it. */
    boolean grant() {
        return granted.complete(true);
    }

    void refuse() {
        granted.complete(false);
    }

    boolean waiting() {
        return !granted.isDone();
    }

    /** Whether it may start, which is known at the latest when patience ends. */
    boolean await(Duration patience) {
        try {
            return granted.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException ex) {
            return !granted.complete(false) && granted.join();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return !granted.complete(false) && granted.join();
        } catch (ExecutionException ex) {
            throw new IllegalStateException("nobody completes it so", ex);
        }
    }

    void markSent() {
        sent = true;
    }

    /** Whether its request has gone out. */
    boolean sent() {
        return sent;
    }
}
