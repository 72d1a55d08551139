package newswire.store;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import newswire.contract.Article;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How long articles take until they are rows: since their publisher showed them, since they were fetched, and since they
 * were on the topic. A replay counts too: then rows are that late.
 */
@Component
class Latency {
    /** What a feed shows for the first time may be years old: that is its archive, and nobody's delay. */
    private static final Duration NEWS = Duration.ofDays(1);

    private final Clock clock;
    private final Timer sincePublished;
    private final Timer sinceFetched;
    private final Timer sinceTopic;

    Latency(MeterRegistry meters) {
        clock = meters.config().clock();
        sincePublished = timer(meters, "published");
        sinceFetched = timer(meters, "fetched");
        sinceTopic = timer(meters, "topic");
    }

    private static Timer timer(MeterRegistry meters, String since) {
        return Timer.builder("store.article.latency")
                .description("time until an article is a row")
                .tag("since", since)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(10))
                .maximumExpectedValue(NEWS)
                .register(meters);
    }

    /** Counts articles that have just become rows. */
    void saved(List<Incoming> records) {
        var now = Instant.ofEpochMilli(clock.wallTime());
        for (var record : records) {
            var article = record.article();
            if (article != null) {
                saved(article, record.record(), now);
            }
        }
    }

    private void saved(Article article, ConsumerRecord<byte[], byte[]> record, Instant now) {
        var fetched = article.provenance().fetchedAt();
        record(sinceTopic, Instant.ofEpochMilli(record.timestamp()), now);
        record(sinceFetched, fetched, now);
        if (isNews(article, fetched)) {
            record(sincePublished, article.datePublished(), now);
        }
    }

    private static boolean isNews(Article article, Instant fetched) {
        var published = article.datePublished();
        return article.revision().kind() == Article.Revision.Kind.INITIAL
                && published != null
                && published.isAfter(fetched.minus(NEWS));
    }

    /** Publishers' clocks may be ahead of ours. */
    private static void record(Timer timer, @Nullable Instant since, Instant now) {
        if (since != null && !since.isAfter(now)) {
            timer.record(Duration.between(since, now));
        }
    }
}
