package newswire.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import newswire.contract.Topics;
import newswire.contract.operation.Traces;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.ConsumerSeekAware;
import org.springframework.stereotype.Component;

/** Topics → tables. Faults of the database propagate and are retried for ever; a record at fault is put aside alone. */
@Component
class TopicListener implements ConsumerSeekAware {
    private static final Logger log = LoggerFactory.getLogger(TopicListener.class);

    private final Ingest ingest;
    private final Tables tables;
    private final Traces traces;

    TopicListener(Ingest ingest, Tables tables, Traces traces) {
        this.ingest = ingest;
        this.tables = tables;
        this.traces = traces;
    }

    @Override
    public void onPartitionsAssigned(Map<TopicPartition, Long> assigned, ConsumerSeekCallback consumer) {
        ingest.assigned(assigned.keySet(), consumer);
    }

    @Override
    public void onPartitionsRevoked(@Nullable Collection<TopicPartition> revoked) {
        if (revoked != null) {
            ingest.revoked(revoked);
        }
    }

    @Override
    public void onIdleContainer(Map<TopicPartition, Long> positions, ConsumerSeekCallback consumer) {
        try {
            ingest.idle(positions);
        } catch (DataAccessException ex) { // the next idle moment is a second away
            log.debug("Positions not saved, reason={}", ex.getMessage());
        }
    }

    @KafkaListener(
            id = "store",
            topics = {Topics.ARTICLES, Topics.FEEDS, Topics.FEED_STATES, Topics.DEAD_LETTERS})
    void on(List<ConsumerRecord<byte[], byte[]>> records) {
        try (var _ = traces.resume("save", records)) {
            ingest.save(records.stream().map(Incoming::of).toList(), tables);
        }
    }
}
