package newswire.store;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import newswire.contract.Feed;
import newswire.contract.FeedId;
import newswire.contract.FeedState;
import newswire.contract.NewsRecord;
import newswire.contract.PublisherScope;
import newswire.contract.Topics;
import newswire.contract.kafka.ScopePartition;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes what is polled: the only writer of {@link Topics#FEEDS}. Returns when the broker has the change. */
@Component
class Feeds {
    private static final Logger log = LoggerFactory.getLogger(Feeds.class);
    private static final int LONGEST_URL = 2048;

    private final KafkaTemplate<String, NewsRecord> kafka;
    private final FeedTable table;
    private final Projection projection;
    private final TransactionTemplate transaction;

    Feeds(
            KafkaTemplate<String, NewsRecord> kafka,
            FeedTable table,
            Projection projection,
            TransactionTemplate transaction) {
        this.kafka = kafka;
        this.table = table;
        this.projection = projection;
        this.transaction = transaction;
    }

    /** What became of a wish to change a feed. */
    sealed interface Changed {
        /** It is as was wished. */
        record Done() implements Changed {}

        /** There is no such feed. */
        record Missing() implements Changed {}

        /** It has another revision than the one that the wish was for. */
        record Stale(int now) implements Changed {}
    }

    /**
     * Changes a feed and waits until the table shows it. One change at a time, in all processes together: none undoes
     * another.
     *
     * @param revision that it has to have; absent = any
     */
    Changed change(FeedId id, @Nullable Integer revision, UnaryOperator<Feed> change) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            table.lockForChange();
            projection.awaitCaughtUp(Topics.FEEDS);
            var feed = table.definition(id).orElse(null);
            if (feed == null) {
                return new Changed.Missing();
            }
            if (revision != null && revision != feed.revision()) {
                return new Changed.Stale(feed.revision());
            }
            awaitAll(send(feed, change.apply(feed)));
            return new Changed.Done();
        }));
    }

    /**
     * What became of a wish to change many.
     *
     * @param found those that are there
     */
    record ChangedAll(int changed, Set<FeedId> found) {}

    /** Changes those of some feeds that are there; a feed that the change leaves as it is is not written. */
    ChangedAll changeAll(List<FeedId> ids, UnaryOperator<Feed> change) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            table.lockForChange();
            projection.awaitCaughtUp(Topics.FEEDS);
            var feeds = table.definitions(ids);
            var sent = new ArrayList<CompletableFuture<SendResult<String, NewsRecord>>>();
            int changed = 0;
            for (var feed : feeds) {
                var wanted = change.apply(feed);
                if (!wanted.equals(feed)) {
                    sent.addAll(send(feed, wanted));
                    changed++;
                }
            }
            awaitAll(sent);
            return new ChangedAll(changed, feeds.stream().map(Feed::feedId).collect(Collectors.toSet()));
        }));
    }

    /** Another publisher's feed goes to another partition, and leaves its own when the broker has it there. */
    private List<CompletableFuture<SendResult<String, NewsRecord>>> send(Feed before, Feed after) {
        var old = record(before, null);
        var now = record(after, after);
        if (Objects.equals(old.partition(), now.partition())) {
            return List.of(kafka.send(now));
        }
        var moved = kafka.send(now);
        return List.of(moved, moved.thenCompose(_ -> kafka.send(old)));
    }

    private void awaitAll(List<CompletableFuture<SendResult<String, NewsRecord>>> sent) {
        var last = new HashMap<TopicPartition, Long>();
        for (var one : sent) {
            var place = confirmed(one).getRecordMetadata();
            last.merge(new TopicPartition(place.topic(), place.partition()), place.offset(), Math::max);
        }
        last.forEach(projection::awaitShown);
    }

    /** What became of a wish to add a feed. */
    sealed interface Added {
        /** The feed is new. */
        record New(Feed feed) implements Added {}

        /** The feed was there, and stays as it is. */
        record Known(Feed feed) implements Added {}
    }

    /** Adds a feed, unless it is there already, and waits until the table shows it. */
    Added add(Feed feed) {
        projection.awaitCaughtUp(Topics.FEEDS);
        var known = table.definition(feed.feedId());
        if (known.isPresent()) {
            return new Added.Known(known.get());
        }
        awaitInTable(confirmed(send(feed)));
        return new Added.New(feed);
    }

    /**
     * Adds many feeds.
     *
     * @return how many were new
     */
    int addAll(List<Feed> feeds) {
        projection.awaitCaughtUp(Topics.FEEDS);
        var known = table.known(feeds.stream().map(Feed::feedId).toList());
        var sent = feeds.stream()
                .filter(feed -> !known.contains(feed.feedId()))
                .map(this::send)
                .toList();
        awaitAll(sent);
        return sent.size();
    }

    /**
     * Removes a feed; its articles stay.
     *
     * @return whether it was there
     */
    boolean remove(FeedId id) {
        projection.awaitCaughtUp(Topics.FEEDS);
        var feed = table.definition(id);
        feed.ifPresent(there -> awaitInTable(confirmed(kafka.send(record(there, null)))));
        return feed.isPresent();
    }

    /**
     * Gives a feed the address that the fetcher proposes for it. If that makes it another publisher's, it goes to that
     * publisher's partition, and leaves its old one when the broker has it in the new. Waits for nothing: what is lost on the
     * way is proposed again with the next state.
     */
    void relocate(FeedState state) {
        var proposal = state.url() == null ? null : state.url().proposal();
        var feed = proposal == null ? null : table.definition(state.feedId()).orElse(null);
        if (proposal == null
                || feed == null
                || feed.revision() != state.definitionRevision()
                || feed.xmlUrl().equals(proposal.xmlUrl())) {
            return;
        }
        var moved = feed.movedTo(url(proposal.xmlUrl().toString()), state.updatedAt());
        log.info(
                "Feed gets another address, feed={} from={} to={} reason={}",
                feed.feedId(),
                feed.xmlUrl(),
                moved.xmlUrl(),
                proposal.reason());
        var old = record(feed, null);
        var _ = send(moved)
                .thenCompose(sent -> sent.getRecordMetadata().partition() == old.partition()
                        ? CompletableFuture.completedFuture(sent)
                        : kafka.send(old))
                .exceptionally(failure -> {
                    log.warn("Feed keeps its address for now, feed={} reason={}", feed.feedId(), failure.toString());
                    return null;
                });
    }

    private CompletableFuture<SendResult<String, NewsRecord>> send(Feed feed) {
        return kafka.send(record(feed, feed));
    }

    /** Keyed by feed, placed by publisher. */
    private ProducerRecord<String, NewsRecord> record(Feed place, @Nullable Feed value) {
        int partitions = kafka.partitionsFor(Topics.FEEDS).size();
        return new ProducerRecord<>(
                Topics.FEEDS,
                ScopePartition.of(place.publisher().scope(), partitions),
                place.feedId().toString(),
                value);
    }

    private static SendResult<String, NewsRecord> confirmed(CompletableFuture<SendResult<String, NewsRecord>> sent) {
        try {
            return sent.join();
        } catch (CompletionException ex) {
            throw new KafkaException("the broker did not confirm a change to the feeds", ex);
        }
    }

    private void awaitInTable(SendResult<String, NewsRecord> sent) {
        var place = sent.getRecordMetadata();
        projection.awaitShown(new TopicPartition(place.topic(), place.partition()), place.offset());
    }

    /**
     * The URL of a feed that somebody typed.
     *
     * @throws IllegalArgumentException if it is no web address that can be polled, with the reason
     */
    static URI url(String text) {
        var trimmed = text.strip().replaceFirst("^feed:(//)?(?=https?:)", "").replaceFirst("^feed://", "http://");
        if (trimmed.length() > LONGEST_URL) {
            throw new IllegalArgumentException("longer than " + LONGEST_URL + " characters");
        }
        var url = URI.create(trimmed);
        var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("not an http or https address: '" + trimmed + "'");
        }
        if (url.getHost() == null || url.getUserInfo() != null || url.getPort() > 65_535) {
            throw new IllegalArgumentException("not a plain web address: '" + trimmed + "'");
        }
        return url;
    }

    /** A definition made of what an operator or an OPML outline says. */
    static Feed definition(
            URI xmlUrl,
            @Nullable String title,
            @Nullable URI htmlUrl,
            @Nullable String language,
            List<String> categories,
            Instant now) {
        var plain = Feed.of(xmlUrl, now);
        return new Feed(
                Feed.SCHEMA_VERSION,
                plain.feedId(),
                1,
                xmlUrl,
                htmlUrl,
                title == null || title.isBlank() ? plain.title() : title.strip(),
                null,
                null,
                language,
                null,
                categories,
                null,
                true,
                new Feed.Publisher(null, null, PublisherScope.of(xmlUrl)),
                plain.poll(),
                plain.http(),
                plain.dates(),
                plain.identity(),
                plain.content(),
                plain.updates(),
                plain.websub(),
                plain.rights(),
                now,
                now);
    }
}
