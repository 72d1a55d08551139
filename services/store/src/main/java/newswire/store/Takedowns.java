package newswire.store;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import newswire.contract.NewsRecord;
import newswire.contract.Topics;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;
import org.springframework.stereotype.Component;

/** Takes articles down: the only writer of tombstones to {@link Topics#ARTICLES}. */
@Component
class Takedowns {
    private final KafkaTemplate<String, NewsRecord> kafka;
    private final Projection projection;

    Takedowns(KafkaTemplate<String, NewsRecord> kafka, Projection projection) {
        this.kafka = kafka;
        this.projection = projection;
    }

    /** Returns when the broker has the tombstone and the tables show it. */
    void takeDown(UUID id) {
        var place = confirmed(send(id)).getRecordMetadata();
        projection.awaitShown(new TopicPartition(place.topic(), place.partition()), place.offset());
    }

    /** Takes down again what its feed has shown again, for those who read the topic. Returns when the broker has that. */
    void repeat(List<UUID> ids) {
        ids.stream().map(this::send).toList().forEach(Takedowns::confirmed);
    }

    /** To the partition that the article's events are in: keyed as they are. */
    private CompletableFuture<SendResult<String, NewsRecord>> send(UUID id) {
        return kafka.send(new ProducerRecord<>(Topics.ARTICLES, id.toString(), null));
    }

    private static SendResult<String, NewsRecord> confirmed(CompletableFuture<SendResult<String, NewsRecord>> sent) {
        try {
            return sent.join();
        } catch (CompletionException ex) {
            throw new KafkaException("the broker did not confirm a takedown", ex);
        }
    }
}
