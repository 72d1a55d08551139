package newswire.fetcher;

import java.util.concurrent.CompletableFuture;
import newswire.contract.FeedPush;
import newswire.contract.NewsRecord;
import newswire.contract.PublisherScope;
import newswire.contract.Topics;
import newswire.contract.kafka.ScopePartition;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

/** Sends what hubs said to whoever owns the feed, and what they are to be told to whoever owns the hub's scope. */
final class PushPublisher {
    private static final Logger log = LoggerFactory.getLogger(PushPublisher.class);

    private final KafkaTemplate<String, NewsRecord> kafka;

    PushPublisher(KafkaTemplate<String, NewsRecord> kafka) {
        this.kafka = kafka;
    }

    CompletableFuture<?> toFeed(FeedPush push, int partition) {
        return kafka.send(new ProducerRecord<>(
                Topics.FEED_PUSHES, partition, push.feedId().toString(), push));
    }

    /** Does not wait: what is lost is asked again some day. */
    void toHub(FeedPush push, FeedPush.Request request) {
        try {
            int partitions = kafka.partitionsFor(Topics.FEED_PUSHES).size();
            hopeful(push, ScopePartition.of(PublisherScope.of(request.hub()), partitions));
        } catch (KafkaException | IllegalArgumentException ex) {
            lost(push, ex);
        }
    }

    /** As {@link #toFeed}, without waiting and whatever comes of it. */
    void hopeful(FeedPush push, int partition) {
        try {
            var _ = toFeed(push, partition).whenComplete((_, failure) -> {
                if (failure != null) {
                    lost(push, failure);
                }
            });
        } catch (KafkaException ex) {
            lost(push, ex);
        }
    }

    private static void lost(FeedPush push, Throwable failure) {
        log.warn(
                "Lost what a hub was to be told or told, kind={} feed={} reason={}",
                push.kind(),
                push.feedId(),
                failure.toString());
    }
}
