package newswire.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of telling a receiver. */
sealed interface WebhookAnswer {
    /** How long it took. */
    int millis();

    /** Any status of success. */
    record Accepted(int status, int millis) implements WebhookAnswer {}

    /** 410: the receiver wants nothing any more. */
    record Gone(int millis) implements WebhookAnswer {}

    /**
     * Any other status.
     *
     * @param retryAfter what it asks to be given
     */
    record Refused(int status, @Nullable Duration retryAfter, int millis) implements WebhookAnswer {}

    /** No answer, or none in time. */
    record Unreachable(String problem, int millis) implements WebhookAnswer {}
}
