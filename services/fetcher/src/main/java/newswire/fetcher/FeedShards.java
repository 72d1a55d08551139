package newswire.fetcher;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import newswire.contract.DeadLetter;
import newswire.contract.Feed;
import newswire.contract.Topics;
import newswire.contract.kafka.DeadLetterPublisher;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Has the shards that the consumer group gives to this instance: rebuilds one when its partition comes, follows the
 * definitions, and gives it up, its polls finished, when the partition goes. Offsets are never committed, since every owner
 * reads from the beginning.
 */
final class FeedShards implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(FeedShards.class);
    private static final Duration POLL = Duration.ofMillis(300);
    private static final Duration PROBE_EVERY = Duration.ofSeconds(2);
    private static final Duration PROBE = Duration.ofSeconds(3);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration DRAIN_AT_STOP = Duration.ofSeconds(3);
    private static final Duration BREAK_OFF = Duration.ofSeconds(3);
    private static final TopicPartition ANY = new TopicPartition(Topics.FEEDS, 0);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final ConsumerFactory<byte[], byte[]> consumers;
    private final PartitionReader reader;
    private final RawArticlePublisher publisher;
    private final DeadLetterPublisher deadLetters;
    private final Subscriptions subscriptions;
    private final PollLoop loop;
    private final BrokerGate broker;
    private final Shards shards;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private long probed = System.nanoTime();
    private volatile boolean stopping;

    /** Makes an empty shard of a partition. */
    interface Shards {
        FeedShard of(int partition);
    }

    FeedShards(
            ConsumerFactory<byte[], byte[]> consumers,
            RawArticlePublisher publisher,
            DeadLetterPublisher deadLetters,
            Subscriptions subscriptions,
            PollLoop loop,
            BrokerGate broker,
            Shards shards,
            InstantSource clock) {
        this.consumers = consumers;
        this.reader = new PartitionReader(consumers);
        this.publisher = publisher;
        this.deadLetters = deadLetters;
        this.subscriptions = subscriptions;
        this.loop = loop;
        this.broker = broker;
        this.shards = shards;
        this.clock = clock;
    }

    @Override
    public void start() {
        stopping = false;
        loop.start();
        var started = Thread.ofPlatform().name("feed-shards").unstarted(this::run);
        thread.set(started);
        started.start();
    }

    @Override
    public void stop() {
        stopping = true;
        var running = thread.getAndSet(null);
        if (running != null) {
            try {
                running.join(Duration.ofSeconds(10));
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }
        loop.stop();
    }

    @Override
    public boolean isRunning() {
        var running = thread.get();
        return running != null && running.isAlive();
    }

    /** Whether feeds are being polled. */
    boolean isWorking() {
        return isRunning() && loop.isRunning() && broker.isOpen();
    }

    private void run() {
        while (!stopping) {
            try (var consumer = consumers.createConsumer("fetcher", null, null, settings())) {
                consumer.subscribe(List.of(Topics.FEEDS), new Ownership(consumer));
                while (!stopping) {
                    follow(consumer);
                }
            } catch (WakeupException ex) {
                return;
            } catch (KafkaException | org.springframework.kafka.KafkaException ex) {
                log.error("Feeds cannot be followed, trying again, reason={}", ex.toString());
                loseAll();
                pause();
            } catch (RuntimeException ex) { // the loop: it is the only one that brings feeds here
                log.error("Unexpected failure while following the feeds", ex);
                loseAll();
                pause();
            }
        }
        loseAll();
    }

    private static Properties settings() {
        var settings = new Properties();
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return settings;
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        var records = consumer.poll(POLL);
        for (var record : records) {
            apply(record);
        }
        if (!records.isEmpty()) {
            loop.wake();
        }
        if (System.nanoTime() - probed > PROBE_EVERY.toNanos()) {
            probe(consumer);
            probed = System.nanoTime();
        }
    }

    private void probe(Consumer<byte[], byte[]> consumer) {
        var one = consumer.assignment().stream().findFirst().orElse(ANY);
        try {
            consumer.endOffsets(List.of(one), PROBE);
            broker.open();
            loop.wake();
        } catch (TimeoutException ex) {
            broker.close("no answer in " + PROBE.toSeconds() + " s");
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        var shard = loop.shard(record.partition());
        var feedId = PartitionReader.feedId(record);
        if (shard == null || feedId == null) {
            return;
        }
        switch (Encoding.decode(record.value(), Feed.class)) {
            case Decoded.Value<Feed>(var feed) -> define(shard, feed);
            case Decoded.Tombstone<Feed> _ -> {
                var removed = shard.remove(feedId);
                if (removed != null) {
                    RawArticlePublisher.await(
                            publisher.forget(feedId, record.partition()), "tombstone of a feed state");
                    subscriptions.leave(feedId, record.partition(), shard.state(removed), clock.instant());
                    log.info("Feed removed, feed={}", feedId);
                }
            }
            case Decoded.Undecodable<Feed>(var reason, var detail) ->
                deadLetters.send(record, DeadLetter.Stage.CONSUME, reason, detail);
        }
    }

    private void define(FeedShard shard, Feed feed) {
        shard.define(feed, clock.instant());
        if (!feed.enabled()) {
            subscriptions.pause(shard, feed.feedId(), clock.instant());
        }
    }

    private void loseAll() {
        lose(loop.partitions(), stopping ? DRAIN_AT_STOP : Duration.ZERO);
    }

    /**
     * Gives partitions up. Polls that take too long are broken off and forgotten, so that the next owner neither waits for
     * them nor asks their servers beside them.
     */
    private void lose(Collection<Integer> partitions, Duration patience) {
        var shards =
                partitions.stream().map(loop::shard).filter(Objects::nonNull).toList();
        try {
            var late = drain(shards, patience);
            late.forEach(FeedShard::close);
            late.forEach(loop::breakOff);
            var lost = drain(late, BREAK_OFF);
            if (!late.isEmpty()) {
                log.warn("Polls were broken off, partitions={} unfinished={}", late.size(), lost.size());
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        } finally {
            shards.forEach(FeedShard::close);
            shards.forEach(shard -> loop.remove(shard.partition()));
        }
    }

    /** Starts no more polls in shards and waits for those in flight, all beside one another. Returns the shards that have some left. */
    static List<FeedShard> drain(List<FeedShard> shards, Duration patience) throws InterruptedException {
        var late = new ArrayList<FeedShard>();
        for (var shard : shards) {
            if (!shard.drain(Duration.ZERO)) {
                late.add(shard); // and starts no more while others are waited for
            }
        }
        long end = System.nanoTime() + patience.toNanos();
        for (var shard : List.copyOf(late)) {
            if (shard.drain(Duration.ofNanos(end - System.nanoTime()))) {
                late.remove(shard);
            }
        }
        return late;
    }

    private static void pause() {
        try {
            Thread.sleep(AFTER_FAILURE);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers the group's decisions, on the thread that polls the consumer. */
    private final class Ownership implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> consumer;

        Ownership(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            for (var partition : partitions) {
                var contents = reader.read(partition.partition());
                consumer.seek(partition, contents.next());
                var shard = shards.of(partition.partition());
                var now = clock.instant();
                for (var feed : contents.feeds().values()) {
                    var state = contents.state(feed.feedId());
                    shard.restore(feed, state, now);
                    subscriptions.restored(shard, feed, state, now);
                }
                loop.add(shard);
                forgetOrphans(contents, partition.partition());
            }
            if (!partitions.isEmpty()) {
                log.info("Feeds taken over, partitions={} feeds={}", partitions.size(), loop.feeds());
            }
        }

        /** Feeds may have been removed while nobody owned the partition. */
        private void forgetOrphans(PartitionReader.Contents contents, int partition) {
            for (var feedId : contents.states().keySet()) {
                if (!contents.feeds().containsKey(feedId)) {
                    RawArticlePublisher.await(publisher.forget(feedId, partition), "tombstone of a feed state");
                    subscriptions.leave(feedId, partition, contents.state(feedId), clock.instant());
                }
            }
        }

        private static List<Integer> numbers(Collection<TopicPartition> partitions) {
            return partitions.stream().map(TopicPartition::partition).toList();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            lose(numbers(partitions), stopping ? DRAIN_AT_STOP : DRAIN);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            lose(numbers(partitions), Duration.ZERO);
        }
    }
}
