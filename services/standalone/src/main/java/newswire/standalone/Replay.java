package newswire.standalone;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import newswire.contract.Article;
import newswire.contract.FeedId;
import newswire.contract.RawArticle;
import newswire.contract.Topics;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends raw articles of a time again, byte for byte and marked as copies, to the partitions that they came from. What becomes
 * of them is the ledger's decision; here is only said what to expect.
 */
final class Replay {
    private final String broker;
    private final Instant from;
    private final Instant to;
    private final List<FeedId> feeds;

    /** @param feeds only those, or all if there are none */
    Replay(String broker, Instant from, Instant to, List<FeedId> feeds) {
        this.broker = broker;
        this.from = from;
        this.to = to;
        this.feeds = List.copyOf(feeds);
    }

    /** What would come out different; publishes nothing. */
    ReplayReport report() {
        var report = new ReplayReport(from, to);
        try (var raws = TopicReader.open(broker, Topics.RAW_ARTICLES);
                var articles = TopicReader.open(broker, Topics.ARTICLES)) {
            raws.between(from, to, record -> read(record, report::expect));
            articles.all(record -> {
                if (Encoding.decode(record.value(), Article.class) instanceof Decoded.Value<Article>(var article)) {
                    report.published(article);
                }
            });
            raws.between(from, to, record -> read(record, report::compare));
        }
        return report;
    }

    private void read(ConsumerRecord<byte[], byte[]> record, java.util.function.Consumer<RawArticle> reader) {
        if (!isCopy(record)
                && Encoding.decode(record.value(), RawArticle.class) instanceof Decoded.Value<RawArticle>(var raw)
                && isWanted(raw)) {
            reader.accept(raw);
        }
    }

    private boolean isWanted(RawArticle raw) {
        return feeds.isEmpty() || feeds.contains(raw.feed().feedId());
    }

    /** A copy is no original: else each replay would double what the next one sends. */
    private static boolean isCopy(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(Topics.REPLAY_HEADER) != null;
    }

    /**
     * Sends them; returns how many when the broker has all.
     *
     * @param rate most in a second
     */
    long send(int rate) {
        var name = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        try (var raws = TopicReader.open(broker, Topics.RAW_ARTICLES);
                var producer = new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            var pace = new Pace(rate);
            raws.between(from, to, record -> read(record, _ -> pace.next(producer.send(copy(record, name)))));
            pace.end();
            return pace.count;
        }
    }

    private Map<String, Object> settings() {
        return Map.of(
                "bootstrap.servers", broker, "acks", "all", "compression.type", "zstd", "max.request.size", 4_194_304);
    }

    private static ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> record, byte[] name) {
        var headers = new RecordHeaders(record.headers()).add(Topics.REPLAY_HEADER, name);
        return new ProducerRecord<>(record.topic(), record.partition(), null, record.key(), record.value(), headers);
    }

    /** Sends no faster than wanted, and goes on only when the broker has what was sent in the last second. */
    private static final class Pace {
        private final int rate;
        private final java.util.ArrayList<Future<?>> underWay = new java.util.ArrayList<>();
        private long count;
        private long begun = System.nanoTime();

        Pace(int rate) {
            this.rate = rate;
        }

        void next(Future<?> sent) {
            underWay.add(sent);
            count++;
            if (underWay.size() >= rate) {
                end();
                long left = Duration.ofSeconds(1).toNanos() - (System.nanoTime() - begun);
                pause(Math.max(0, left));
                begun = System.nanoTime();
            }
        }

        void end() {
            try {
                for (var sent : underWay) {
                    sent.get();
                }
            } catch (ExecutionException ex) {
                throw new StartupException("The broker did not take all: %s".formatted(ex.getCause()), ex);
            } catch (InterruptedException ex) {
                throw interrupted(ex);
            }
            underWay.clear();
        }

        private static void pause(long nanos) {
            try {
                TimeUnit.NANOSECONDS.sleep(nanos);
            } catch (InterruptedException ex) {
                throw interrupted(ex);
            }
        }

        private static StartupException interrupted(InterruptedException ex) {
            Thread.currentThread().interrupt();
            return new StartupException("Interrupted", ex);
        }
    }
}
