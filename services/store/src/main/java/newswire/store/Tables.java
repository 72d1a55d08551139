package newswire.store;

import java.util.ArrayList;
import java.util.List;
import newswire.contract.DeadLetter;
import newswire.contract.NewsRecord;
import newswire.contract.Topics;
import newswire.contract.kafka.DeadLetterPublisher;
import newswire.contract.kafka.Decoded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** What becomes of a batch: each topic's records go to their table, what cannot be read or kept is put aside. */
@Component
class Tables implements Ingest.Target {
    private static final Logger log = LoggerFactory.getLogger(Tables.class);

    private final ArticleIntake articles;
    private final FeedIntake feeds;
    private final DeadLetterTable deadLetters;
    private final DeadLetterPublisher aside;

    Tables(ArticleIntake articles, FeedIntake feeds, DeadLetterTable deadLetters, DeadLetterPublisher aside) {
        this.articles = articles;
        this.feeds = feeds;
        this.deadLetters = deadLetters;
        this.aside = aside;
    }

    /** What cannot be read is put aside before the position passes it. */
    @Override
    public Runnable write(List<Incoming> records) {
        for (var record : records) {
            if (record.value() instanceof Decoded.Undecodable<? extends NewsRecord>(var reason, var detail)) {
                putAside(record, reason, detail);
            }
        }
        var afterArticles = articles.save(records);
        var afterFeeds = feeds.save(records);
        deadLetters.save(of(records, Topics.DEAD_LETTERS, DeadLetter.class));
        return () -> {
            afterArticles.run();
            afterFeeds.run();
        };
    }

    @Override
    public void refuse(Incoming record, DataAccessException failure) {
        putAside(
                record,
                "constraint-violation",
                String.valueOf(failure.getMostSpecificCause().getMessage()));
        articles.refused(record);
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

    /** What of a batch is of one topic and can be read. */
    static <T extends NewsRecord> List<Consumed<T>> of(List<Incoming> records, String topic, Class<T> type) {
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
