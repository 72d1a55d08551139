package newswire.fetcher;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import newswire.contract.FeedPush;
import newswire.contract.Topics;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Follows the pushes of the partitions whose feeds are ours, as the shards come and go. A position is saved only after all
 * before it is done, so that the next owner takes up what this one has left.
 */
final class PushReader implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(PushReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final ConsumerFactory<byte[], byte[]> consumers;
    private final PollLoop loop;
    private final Pushes pushes;
    private final Hubs hubs;
    private final PushMetrics metrics;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("push-", 0).factory());

    PushReader(
            ConsumerFactory<byte[], byte[]> consumers,
            PollLoop loop,
            Pushes pushes,
            Hubs hubs,
            PushMetrics metrics,
            InstantSource clock) {
        this.consumers = consumers;
        this.loop = loop;
        this.pushes = pushes;
        this.hubs = hubs;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void start() {
        var started = Thread.ofPlatform().name("push-reader").unstarted(this::run);
        thread.set(started);
        started.start();
    }

    @Override
    public void stop() {
        var running = thread.getAndSet(null);
        if (running != null) {
            try {
                running.join(Duration.ofSeconds(5));
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        var running = thread.get();
        return running != null && running.isAlive();
    }

    private boolean stopping() {
        return thread.get() != Thread.currentThread();
    }

    private void run() {
        while (!stopping()) {
            try (var consumer = consumers.createConsumer("fetcher-push", null, "-push", settings())) {
                while (!stopping()) {
                    follow(consumer);
                }
            } catch (RuntimeException ex) { // the loop: it is the only one that brings pushes here
                log.warn("Pushes cannot be followed, trying again, reason={}", ex.toString());
                LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            }
        }
    }

    private static Properties settings() {
        var settings = new Properties();
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "100");
        return settings;
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        assign(consumer);
        if (consumer.assignment().isEmpty()) {
            LockSupport.parkNanos(POLL.toNanos());
            return;
        }
        var records = consumer.poll(POLL);
        if (records.isEmpty()) {
            return;
        }
        var done = new HashMap<TopicPartition, OffsetAndMetadata>();
        var work = new LinkedHashMap<String, List<ConsumerRecord<byte[], byte[]>>>();
        for (var record : records) {
            work.computeIfAbsent(record.partition() + "/" + PartitionReader.feedId(record), _ -> new ArrayList<>())
                    .add(record);
            done.put(
                    new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
        }
        await(work.values().stream()
                .map(some -> CompletableFuture.runAsync(() -> some.forEach(this::apply), workers))
                .toList());
        loop.wake();
        consumer.commitSync(done);
    }

    private void assign(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> ours = loop.partitions().stream()
                .map(partition -> new TopicPartition(Topics.FEED_PUSHES, partition))
                .collect(Collectors.toSet());
        if (!ours.equals(consumer.assignment())) {
            consumer.assign(ours);
        }
    }

    /** Those of one feed stay in order; no feed waits for another but at the end. */
    private static void await(List<CompletableFuture<Void>> all) {
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException ex) {
            throw ex.getCause() instanceof RuntimeException known ? known : ex;
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        switch (Encoding.decode(record.value(), FeedPush.class)) {
            case Decoded.Value<FeedPush>(var push) -> apply(record.partition(), push);
            case Decoded.Tombstone<FeedPush> _ -> {}
            case Decoded.Undecodable<FeedPush>(var reason, var detail) ->
                log.warn("Push passed over, reason={} offset={} detail={}", reason, record.offset(), detail);
        }
    }

    private void apply(int partition, FeedPush push) {
        var shard = loop.shard(partition);
        if (shard == null) {
            throw new IllegalStateException("partition " + partition + " is lost");
        }
        try {
            apply(shard, push);
        } catch (KafkaException ex) {
            if (!(ex.getMostSpecificCause() instanceof RecordTooLargeException)) {
                throw ex;
            }
            failed(push, ex);
        } catch (RuntimeException | StackOverflowError ex) { // the bulkhead: one push must not stop the others
            failed(push, ex);
        }
        if (shard.closed()) {
            throw new IllegalStateException("partition " + partition + " was lost meanwhile");
        }
    }

    private void failed(FeedPush push, Throwable ex) {
        metrics.count(PushMetrics.Read.FAILED);
        log.error("Unexpected failure of a push, feed={}", push.feedId(), ex);
    }

    private void apply(FeedShard shard, FeedPush push) {
        var now = clock.instant();
        var content = push.content();
        var request = push.request();
        switch (push.kind()) {
            case CONTENT -> {
                if (content != null) {
                    pushes.content(shard, push, content, now);
                }
            }
            case SUBSCRIBED, UNSUBSCRIBED, DENIED -> pushes.word(shard, push, now);
            case SUBSCRIBE, UNSUBSCRIBE -> {
                if (request != null) {
                    hubs.ask(shard, push, request);
                }
            }
        }
    }
}
