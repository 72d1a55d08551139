package newswire.contract.kafka;

import java.time.InstantSource;
import newswire.contract.DeadLetter;
import newswire.contract.NewsRecord;
import newswire.contract.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** Sends dead letters, and returns only when the broker has them. */
public final class DeadLetterPublisher {
    private static final Logger log = LoggerFactory.getLogger(DeadLetterPublisher.class);

    private final KafkaTemplate<String, NewsRecord> kafka;
    private final String service;
    private final InstantSource clock;

    DeadLetterPublisher(KafkaTemplate<String, NewsRecord> kafka, String service, InstantSource clock) {
        this.kafka = kafka;
        this.service = service;
        this.clock = clock;
    }

    /**
     * Sends a consumed record to the dead letters.
     *
     * @param reason stable code
     * @throws org.springframework.kafka.KafkaException if the broker does not confirm it; then the record is not lost, it has
     *     to be consumed again
     */
    public void send(ConsumerRecord<byte[], byte[]> record, DeadLetter.Stage stage, String reason, String detail) {
        var letter = DeadLetters.of(record, service, stage, reason, detail, clock.instant());
        var source = letter.record();
        var key = source == null || source.key() == null ? letter.deadLetterId().toString() : source.key();
        try {
            kafka.send(new ProducerRecord<>(Topics.DEAD_LETTERS, key, letter)).join();
        } catch (java.util.concurrent.CompletionException ex) {
            throw new org.springframework.kafka.KafkaException("dead letter was not confirmed: " + reason, ex);
        }
        log.warn(
                "Dead letter, reason={} topic={} partition={} offset={}",
                reason,
                record.topic(),
                record.partition(),
                record.offset());
    }
}
