package newswire.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import newswire.contract.Article;
import newswire.contract.DeadLetter;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.NewsRecord;
import newswire.contract.Topics;
import newswire.contract.kafka.DeadLetterPublisher;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.ConsumerSeekAware;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Topics → tables. A batch is one transaction, in which the position is kept too. Faults of the database propagate and are
 * retried for ever; a record that the database refuses is put aside alone.
 */
@Component
class TopicListener implements ConsumerSeekAware {
    /** SQLSTATE classes that blame the data: 21 cardinality, 22 data, 23 integrity, 54 program limit. */
    private static final Set<String> DATA_AT_FAULT = Set.of("21", "22", "23", "54");

    private final IngestOffsets offsets;
    private final ArticleTable articles;
    private final FeedTable feeds;
    private final DeadLetterTable deadLetters;
    private final DeadLetterPublisher aside;
    private final TransactionTemplate transaction;

    TopicListener(
            IngestOffsets offsets,
            ArticleTable articles,
            FeedTable feeds,
            DeadLetterTable deadLetters,
            DeadLetterPublisher aside,
            TransactionTemplate transaction) {
        this.offsets = offsets;
        this.articles = articles;
        this.feeds = feeds;
        this.deadLetters = deadLetters;
        this.aside = aside;
        this.transaction = transaction;
    }

    @Override
    public void onPartitionsAssigned(Map<TopicPartition, Long> assigned, ConsumerSeekCallback consumer) {
        for (var partition : assigned.keySet()) {
            consumer.seek(partition.topic(), partition.partition(), offsets.claim(partition));
        }
    }

    @KafkaListener(
            id = "store",
            topics = {Topics.ARTICLES, Topics.FEEDS, Topics.FEED_STATES, Topics.DEAD_LETTERS})
    void on(List<ConsumerRecord<byte[], byte[]>> records) {
        var readable = records.stream().filter(this::readable).toList();
        try {
            save(readable, records);
        } catch (DataAccessException ex) {
            if (!dataAtFault(ex)) {
                throw ex;
            }
            records.forEach(this::saveAlone);
        }
    }

    /** What cannot be read is put aside before the position passes it. A dead letter of a dead letter would never end. */
    private boolean readable(ConsumerRecord<byte[], byte[]> record) {
        if (Encoding.decode(record.value(), type(record.topic()))
                instanceof Decoded.Undecodable(var reason, var detail)) {
            putAside(record, reason, detail);
            return false;
        }
        return true;
    }

    private void saveAlone(ConsumerRecord<byte[], byte[]> record) {
        try {
            save(readable(record) ? List.of(record) : List.of(), List.of(record));
        } catch (DataAccessException ex) {
            if (!dataAtFault(ex)) {
                throw ex;
            }
            putAside(
                    record,
                    "constraint-violation",
                    String.valueOf(ex.getMostSpecificCause().getMessage()));
            save(List.of(), List.of(record));
        }
    }

    private void putAside(ConsumerRecord<byte[], byte[]> record, String reason, String detail) {
        articles.count("undecodable".equals(reason) ? "undecodable" : "refused");
        if (!record.topic().equals(Topics.DEAD_LETTERS)) {
            aside.send(record, DeadLetter.Stage.STORE, reason, detail);
        }
    }

    private void save(List<ConsumerRecord<byte[], byte[]>> records, List<ConsumerRecord<byte[], byte[]>> passed) {
        transaction.executeWithoutResult(_ -> {
            positions(passed).forEach(offsets::advance);
            articles.save(of(records, Topics.ARTICLES, Article.class));
            feeds.save(of(records, Topics.FEEDS, Feed.class));
            feeds.saveStates(of(records, Topics.FEED_STATES, FeedState.class));
            deadLetters.save(of(records, Topics.DEAD_LETTERS, DeadLetter.class));
        });
    }

    private static Map<TopicPartition, Long> positions(List<ConsumerRecord<byte[], byte[]>> records) {
        var next = new HashMap<TopicPartition, Long>();
        for (var record : records) {
            next.merge(new TopicPartition(record.topic(), record.partition()), record.offset() + 1, Math::max);
        }
        return next;
    }

    private static <T extends NewsRecord> List<Consumed<T>> of(
            List<ConsumerRecord<byte[], byte[]>> records, String topic, Class<T> type) {
        var list = new ArrayList<Consumed<T>>();
        for (var record : records) {
            if (record.topic().equals(topic)) {
                list.add(Consumed.of(record, type));
            }
        }
        return list;
    }

    private static Class<? extends NewsRecord> type(String topic) {
        return switch (topic) {
            case Topics.ARTICLES -> Article.class;
            case Topics.FEEDS -> Feed.class;
            case Topics.FEED_STATES -> FeedState.class;
            default -> DeadLetter.class;
        };
    }

    private static boolean dataAtFault(@Nullable Throwable failure) {
        for (var at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && sql.getSQLState() != null) {
                return DATA_AT_FAULT.contains(sql.getSQLState().substring(0, 2));
            }
        }
        return false;
    }
}
