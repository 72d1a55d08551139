package newswire.contract;

/**
 * The record itself is at fault: no retry can help, so it becomes a dead letter. A listener of batches says which record it
 * means by a {@code BatchListenerFailedException} around this; otherwise the batch is retried for ever.
 */
public final class UnprocessableException extends RuntimeException {
    private final String reason;

    /**
     * With its code.
     *
     * @param reason stable code, as in {@link DeadLetter#reason()}
     */
    public UnprocessableException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Stable code, as in {@link DeadLetter#reason()}. */
    public String reason() {
        return reason;
    }
}
