package newswire.fetcher;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import newswire.contract.DeadLetter;
import newswire.contract.FeedId;
import newswire.contract.FeedState;
import newswire.contract.NameBasedUuid;
import newswire.contract.NewsRecord;
import newswire.contract.Problem;
import newswire.contract.RawArticle;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import newswire.contract.operation.Traces;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

/** Sends what polls found. What has returned is with the broker; what has thrown may be, and is sent again. */
final class RawArticlePublisher {
    private static final Logger log = LoggerFactory.getLogger(RawArticlePublisher.class);
    private static final int BYTES_OF_CHARACTER = 6; // at most: an escape in JSON

    private final KafkaTemplate<String, NewsRecord> kafka;
    private final long largest;
    private final Traces traces;
    private final PollMetrics metrics;

    /**
     * With the largest entry to send.
     *
     * @param largest bytes as it is sent; a larger one becomes a dead letter
     */
    RawArticlePublisher(KafkaTemplate<String, NewsRecord> kafka, long largest, Traces traces, PollMetrics metrics) {
        this.kafka = kafka;
        this.largest = largest;
        this.traces = traces;
        this.metrics = metrics;
    }

    /**
     * Sends entries, the last of the document first: feeds have their newest entry on top.
     *
     * @throws KafkaException if the broker does not confirm all of them
     */
    void publish(RawArticles articles, List<FeedDocument.Entry> entries) {
        try (var _ = work(articles.via(), articles.fetchedAt(), articles.feed().feedId())) {
            send(articles, entries);
        }
    }

    /** Named after how its entries came here. */
    private Traces.Work work(RawArticle.Via via, Instant since, FeedId feed) {
        var work = traces.begin(
                switch (via) {
                    case PUSH, PAGE -> via.toString();
                    case POLL, BACKFILL, MANUAL, REPLAY -> "poll";
                },
                since);
        work.tag("feed", feed.toString());
        return work;
    }

    private void send(RawArticles articles, List<FeedDocument.Entry> entries) {
        var sent = new ArrayList<CompletableFuture<?>>(entries.size());
        var scope = articles.feed().publisher().scope().value();
        int tooLarge = 0;
        for (var entry : entries.reversed()) {
            var raw = articles.of(entry);
            long size = size(raw);
            tooLarge += size > largest ? 1 : 0;
            var record = size > largest
                    ? tooLarge(raw.rawId(), articles, entry, size)
                    : new ProducerRecord<String, NewsRecord>(Topics.RAW_ARTICLES, scope, raw);
            traces.write(record.headers());
            sent.add(kafka.send(record));
        }
        await(CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)), "raw articles");
        metrics.countSent(entries.size() - tooLarge, tooLarge);
    }

    /**
     * Sends an entry again, with its page.
     *
     * @throws KafkaException if the broker does not confirm it
     */
    void publish(RawArticle raw) {
        var scope = raw.feed().publisher().scope().value();
        var record = new ProducerRecord<String, NewsRecord>(Topics.RAW_ARTICLES, scope, fitting(raw));
        try (var _ = work(raw.fetch().via(), raw.fetch().fetchedAt(), raw.feed().feedId())) {
            traces.write(record.headers());
            await(kafka.send(record), "a page");
        }
    }

    /** Of a page that is too large to send, as much from its beginning as can be. */
    private RawArticle fitting(RawArticle raw) {
        var fitting = raw;
        long size = Encoding.encode(raw).length;
        while (size > largest && fitting.page() != null && fitting.page().html() != null) {
            var html = fitting.page().html();
            int kept = (int) (html.length() * Math.min(0.9, 0.95 * largest / size));
            fitting = RawArticles.with(fitting, PageText.cut(fitting.page(), kept));
            size = Encoding.encode(fitting).length;
        }
        return fitting;
    }

    /** Bytes as sent, measured only where they might be too many. */
    private long size(RawArticle raw) {
        long characters = raw.document().length();
        return characters * BYTES_OF_CHARACTER > largest ? Encoding.encode(raw).length : characters;
    }

    private static ProducerRecord<String, NewsRecord> tooLarge(
            String rawId, RawArticles articles, FeedDocument.Entry entry, long size) {
        log.warn("Entry too large, feed={} bytes={}", articles.feed().feedId(), size);
        var id = NameBasedUuid.of(articles.feed().feedId().value(), entry.digest());
        var letter = new DeadLetter(
                DeadLetter.SCHEMA_VERSION,
                id,
                DeadLetter.Stage.PUBLISH,
                "too-large",
                Problem.of("too-large", null, "the entry has " + size + " bytes"),
                null,
                false,
                1,
                null,
                articles.fetchedAt(),
                new DeadLetter.Application("fetcher", null, null),
                null,
                new DeadLetter.Payload(null, "utf-8", null, size, entry.digest(), true),
                new DeadLetter.Refs(articles.feed().feedId(), null, rawId, null, null));
        return new ProducerRecord<>(Topics.DEAD_LETTERS, id.toString(), letter);
    }

    /** Hands a state over for sending, to the partition that the feed was read from. */
    CompletableFuture<?> send(FeedState state, int partition) {
        return kafka.send(new ProducerRecord<>(
                Topics.FEED_STATES, partition, state.feedId().toString(), state));
    }

    /** Forgets the state of a feed that was removed. */
    CompletableFuture<?> forget(FeedId feedId, int partition) {
        return kafka.send(new ProducerRecord<>(Topics.FEED_STATES, partition, feedId.toString(), null));
    }

    /**
     * Waits for the broker.
     *
     * @throws KafkaException if it does not confirm
     */
    static void await(CompletableFuture<?> sent, String what) {
        try {
            sent.join();
        } catch (CompletionException ex) {
            throw new KafkaException(what + " were not confirmed", ex);
        }
    }
}
