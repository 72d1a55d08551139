package newswire.fetcher;

import java.io.Serial;
import java.time.Duration;

/** A server is asked by enough of our polls already: this one has to come again, through no fault of its feed. */
final class BusyException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Duration wait;

    BusyException(String message, Duration wait) {
        super(message);
        this.wait = wait;
    }

    /** How long, at least. */
    Duration patience() {
        return wait;
    }
}
