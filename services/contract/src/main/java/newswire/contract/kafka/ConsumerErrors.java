package newswire.contract.kafka;

import java.util.Map;
import newswire.contract.UnprocessableException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.BackOff;

/**
 * Retries for ever, but for a record that is itself at fault. In a batch that must be said of one record, by a
 * {@link BatchListenerFailedException}: a batch is never put aside as a whole, as Spring would do it.
 */
final class ConsumerErrors extends DefaultErrorHandler {
    private final DefaultErrorHandler wholeBatch;

    /**
     * With where records at fault go.
     *
     * @param patience without an end
     */
    ConsumerErrors(ConsumerRecordRecoverer recoverer, BackOff patience) {
        super(recoverer, patience);
        setClassifications(Map.of(UnprocessableException.class, false), true);
        wholeBatch = new DefaultErrorHandler(recoverer, patience);
        wholeBatch.setClassifications(Map.of(), true);
    }

    @Override
    public void handleBatch(
            Exception failure,
            ConsumerRecords<?, ?> batch,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable listener) {
        if (namesRecord(failure)) {
            super.handleBatch(failure, batch, consumer, container, listener);
        } else {
            wholeBatch.handleBatch(failure, batch, consumer, container, listener);
        }
    }

    @Override
    public <K, V> ConsumerRecords<K, V> handleBatchAndReturnRemaining(
            Exception failure,
            ConsumerRecords<?, ?> batch,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable listener) {
        return namesRecord(failure)
                ? super.handleBatchAndReturnRemaining(failure, batch, consumer, container, listener)
                : wholeBatch.handleBatchAndReturnRemaining(failure, batch, consumer, container, listener);
    }

    private static boolean namesRecord(Throwable failure) {
        for (var at = failure; at != null; at = at.getCause()) {
            if (at instanceof BatchListenerFailedException) {
                return true;
            }
        }
        return false;
    }
}
