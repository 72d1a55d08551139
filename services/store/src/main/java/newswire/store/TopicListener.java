package newswire.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import newswire.contract.Article;
import newswire.contract.DeadLetter;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.NewsRecord;
import newswire.contract.Topics;
import newswire.contract.kafka.DeadLetterPublisher;
import newswire.contract.kafka.Decoded;
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
class TopicListener implements ConsumerSeekAware, Ingest.Target {
    private static final Logger log = LoggerFactory.getLogger(TopicListener.class);

    private final Ingest ingest;
    private final ArticleTable articles;
    private final FeedTable feeds;
    private final DeadLetterTable deadLetters;
    private final Feeds definitions;
    private final DeadLetterPublisher aside;
    private final Takedowns takedowns;
    private final Traces traces;
    private final Latency latency;

    TopicListener(
            Ingest ingest,
            ArticleTable articles,
            FeedTable feeds,
            DeadLetterTable deadLetters,
            Feeds definitions,
            DeadLetterPublisher aside,
            Takedowns takedowns,
            Traces traces,
            Latency latency) {
        this.ingest = ingest;
        this.articles = articles;
        this.feeds = feeds;
        this.deadLetters = deadLetters;
        this.definitions = definitions;
        this.aside = aside;
        this.takedowns = takedowns;
        this.traces = traces;
        this.latency = latency;
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
            ingest.save(records.stream().map(Incoming::of).toList(), this);
        }
    }

    /** What cannot be read is put aside before the position passes it. */
    @Override
    public Runnable write(List<Incoming> records) {
        for (var record : records) {
            if (record.value() instanceof Decoded.Undecodable<? extends NewsRecord>(var reason, var detail)) {
                putAside(record, reason, detail);
            }
        }
        var changed = of(records, Topics.ARTICLES, Article.class);
        var counts = articles.save(changed);
        takedowns.repeat(articles.revived(changed));
        feeds.save(of(records, Topics.FEEDS, Feed.class));
        var states = of(records, Topics.FEED_STATES, FeedState.class);
        feeds.saveStates(states);
        deadLetters.save(of(records, Topics.DEAD_LETTERS, DeadLetter.class));
        long unreadable = records.stream()
                .filter(record -> record.record().topic().equals(Topics.ARTICLES))
                .filter(record -> record.value() instanceof Decoded.Undecodable<?>)
                .count();
        return () -> {
            counts.forEach(articles::count);
            latency.saved(records);
            articles.count("undecodable", unreadable);
            states.stream().map(Consumed::value).filter(Objects::nonNull).forEach(definitions::relocate);
        };
    }

    @Override
    public void refuse(Incoming record, DataAccessException failure) {
        putAside(
                record,
                "constraint-violation",
                String.valueOf(failure.getMostSpecificCause().getMessage()));
        if (record.record().topic().equals(Topics.ARTICLES)) {
            articles.count("poison", 1);
        }
    }

    /** A dead letter of a dead letter would never end. */
    private void putAside(Incoming record, String reason, String detail) {
        if (record.record().topic().equals(Topics.DEAD_LETTERS)) {
            log.error(
                    "Dead letter that cannot be kept, reason={} partition={} offset={} detail={}",
                    reason,
                    record.partition(),
                    record.offset(),
                    detail);
        } else {
            aside.send(record.record(), DeadLetter.Stage.STORE, reason, detail);
        }
    }

    private static <T extends NewsRecord> List<Consumed<T>> of(List<Incoming> records, String topic, Class<T> type) {
        var list = new ArrayList<Consumed<T>>();
        for (var record : records) {
            var consumed = record.consumed(topic, type);
            if (consumed != null) {
                list.add(consumed);
            }
        }
        return list;
    }
}
