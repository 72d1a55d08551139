package newswire.store;

import java.util.List;
import newswire.contract.Article;
import newswire.contract.NewsRecord;
import newswire.contract.Topics;
import newswire.contract.kafka.Decoded;
import newswire.contract.operation.Traces;
import org.springframework.stereotype.Component;

/** Events of articles → their table, counted and timed once they are committed. */
@Component
class ArticleIntake {
    private final ArticleTable table;
    private final Takedowns takedowns;
    private final Latency latency;
    private final Traces traces;

    ArticleIntake(ArticleTable table, Takedowns takedowns, Latency latency, Traces traces) {
        this.table = table;
        this.takedowns = takedowns;
        this.latency = latency;
        this.traces = traces;
    }

    /** Writes what of a batch are articles; what it returns counts them. */
    Runnable save(List<Incoming> records) {
        var changed = Tables.of(records, Topics.ARTICLES, Article.class);
        var counts = table.save(changed);
        takedowns.repeat(table.revived(changed));
        long unreadable = records.stream()
                .filter(ArticleIntake::isOfArticles)
                .filter(record -> record.value() instanceof Decoded.Undecodable<? extends NewsRecord>)
                .count();
        return () -> {
            counts.forEach(table::count);
            for (var record : records) {
                traces.within(record.record().headers(), () -> latency.saved(List.of(record)));
            }
            table.count("undecodable", unreadable);
        };
    }

    /** Counts a record that the database will never take. */
    void refused(Incoming record) {
        if (isOfArticles(record)) {
            table.count("poison", 1);
        }
    }

    private static boolean isOfArticles(Incoming record) {
        return record.record().topic().equals(Topics.ARTICLES);
    }
}
