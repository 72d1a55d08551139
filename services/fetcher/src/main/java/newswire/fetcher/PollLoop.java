package newswire.fetcher;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import newswire.contract.FeedState;
import newswire.contract.PublisherScope;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;

/** Polls what is due, each poll on a virtual thread of its own, for as long as the broker is there. */
final class PollLoop {
    private static final Logger log = LoggerFactory.getLogger(PollLoop.class);
    private static final Duration LONGEST_NAP = Duration.ofSeconds(1);
    private static final Duration AFTER_TOO_MANY = Duration.ofSeconds(5);
    private static final Duration AFTER_OUR_FAILURE = Duration.ofSeconds(15);
    private static final Duration AFTER_ITS_FAILURE = Duration.ofHours(1);

    private final PollRounds rounds;
    private final RawArticlePublisher publisher;
    private final PollMetrics metrics;
    private final BrokerGate broker;
    private final InstantSource clock;
    private final Semaphore permits;
    private final Semaphore unproven;
    private final Semaphore beyond;
    private final ConcurrentMap<Integer, FeedShard> shards = new ConcurrentHashMap<>();
    private final ConcurrentMap<Thread, FeedShard> running = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Thread> dispatcher = new AtomicReference<>();
    private final ExecutorService polls = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("poll-", 0).factory());

    PollLoop(
            PollRounds rounds,
            RawArticlePublisher publisher,
            PollMetrics metrics,
            BrokerGate broker,
            InstantSource clock,
            int maxInFlight) {
        this.rounds = rounds;
        this.publisher = publisher;
        this.metrics = metrics;
        this.broker = broker;
        this.clock = clock;
        this.permits = new Semaphore(maxInFlight);
        this.unproven = new Semaphore(Math.max(1, maxInFlight / 2));
        this.beyond = new Semaphore(Math.max(1, maxInFlight / 4));
    }

    void start() {
        var thread = Thread.ofPlatform().name("poll-loop").unstarted(this::run);
        dispatcher.set(thread);
        thread.start();
    }

    void stop() {
        var thread = dispatcher.getAndSet(null);
        LockSupport.unpark(thread);
    }

    boolean isRunning() {
        var thread = dispatcher.get();
        return thread != null && thread.isAlive();
    }

    void add(FeedShard shard) {
        shards.put(shard.partition(), shard);
        wake();
    }

    @Nullable
    FeedShard shard(int partition) {
        return shards.get(partition);
    }

    @Nullable
    FeedShard remove(int partition) {
        return shards.remove(partition);
    }

    Set<Integer> partitions() {
        return Set.copyOf(shards.keySet());
    }

    int feeds() {
        return shards.values().stream().mapToInt(FeedShard::size).sum();
    }

    int quietFeeds() {
        return shards.values().stream().mapToInt(FeedShard::quiet).sum();
    }

    /** Something may be due earlier than it was. */
    void wake() {
        LockSupport.unpark(dispatcher.get());
    }

    private void run() {
        while (dispatcher.get() != null) {
            try {
                if (!broker.isOpen() || !startOne()) {
                    nap();
                }
            } catch (RuntimeException ex) { // the loop: whatever one feed brings up, the others have to be polled
                log.error("Unexpected failure of the poll loop", ex);
                LockSupport.parkNanos(LONGEST_NAP.toNanos());
            }
        }
    }

    private boolean startOne() {
        if (!permits.tryAcquire()) {
            return false;
        }
        var now = now();
        for (var shard : shards.values()) {
            var start = shard.next(now);
            if (start instanceof Slot slot) {
                start(shard, slot, now);
            }
            if (start != null) {
                return true; // whoever has waited for a turn goes on by himself, and gives the permit back
            }
        }
        permits.release();
        return false;
    }

    /**
     * Feeds that fail take long to do so. All of them together, and those of which nothing is known yet, get half of what
     * there is: dead hosts hold up one another, never the living.
     */
    private void start(FeedShard shard, Slot slot, Instant now) {
        var waited = shard.waited(slot, now);
        if (shard.isProven(slot)) {
            metrics.recordWait(waited);
            polls.execute(() -> poll(shard, slot));
        } else if (unproven.tryAcquire()) {
            metrics.recordWait(waited);
            polls.execute(() -> {
                try {
                    poll(shard, slot);
                } finally {
                    unproven.release();
                }
            });
        } else {
            permits.release();
            shard.passOver(
                    slot, now.plusMillis(1_000 + ThreadLocalRandom.current().nextInt(2_000)));
        }
    }

    /**
     * Makes one request to a scope beyond the polls of its feeds, when the scope's budget allows it.
     *
     * @param shard that the scope belongs to
     * @param patience longest wait for that
     * @param exchange is told what to call when a request goes out
     * @return nothing if there was no turn in time, or the partition is not ours any more
     * @throws BusyException if there are so many of these already that polls would have to wait for them
     */
    Optional<FetchResult> request(
            FeedShard shard, PublisherScope scope, Duration patience, Function<Runnable, FetchResult> exchange) {
        var turn = shard.turn(scope);
        wake();
        if (!turn.await(patience)) {
            shard.giveUp(turn);
            return Optional.empty();
        }
        @Nullable FetchResult result = null;
        boolean allowed = beyond.tryAcquire();
        try {
            if (!allowed) {
                throw new BusyException("enough is asked for beyond polls", AFTER_TOO_MANY);
            }
            result = exchange.apply(() -> {
                shard.sent(turn, clock.instant());
                wake();
            });
            return Optional.of(result);
        } finally {
            beyond.release(allowed ? 1 : 0);
            shard.finish(turn, result);
            permits.release();
            wake();
        }
    }

    /** Changes what is remembered of a feed outside of its polls, if it is still ours. */
    void amend(FeedShard shard, Slot slot, UnaryOperator<FeedState> change) {
        try {
            shard.amend(slot, change, state -> publisher.send(state, shard.partition()))
                    .ifPresent(sent -> RawArticlePublisher.await(sent, "feed state"));
        } catch (KafkaException ex) {
            log.warn("Feed state not sent, feed={} reason={}", slot.feedId(), ex.toString());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does something in the course of a poll that makes requests of its own: meanwhile others may poll. */
    <T> T aside(Supplier<T> requests) {
        permits.release();
        try {
            return requests.get();
        } finally {
            permits.acquireUninterruptibly();
        }
    }

    /** The request of a feed's poll goes out: its budget may now let others go. */
    void sent(FeedShard shard, Slot slot) {
        shard.sent(slot, clock.instant());
        wake();
    }

    private void nap() {
        var wake = shards.values().stream()
                .map(FeedShard::wake)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        var now = clock.instant();
        var nap = wake.isAfter(now.plus(LONGEST_NAP)) || !broker.isOpen() || permits.availablePermits() == 0
                ? LONGEST_NAP
                : Duration.between(now, wake);
        LockSupport.parkNanos(Math.max(1_000_000, nap.toNanos()));
    }

    /** Ends the exchanges of a shard that is given up: a virtual thread that is interrupted closes its socket. */
    void breakOff(FeedShard shard) {
        running.forEach((thread, theirs) -> {
            if (theirs == shard) {
                thread.interrupt();
            }
        });
    }

    private void poll(FeedShard shard, Slot slot) {
        running.put(Thread.currentThread(), shard);
        try {
            rounds.poll(new Errand(this, shard, slot));
        } catch (BusyException ex) {
            log.debug("Poll put off, feed={} reason={}", slot.feedId(), ex.getMessage());
            metrics.countUndone(PollMetrics.Undone.PUT_OFF);
            var spread = 1 + ThreadLocalRandom.current().nextDouble();
            shard.giveBack(
                    slot, clock.instant().plusMillis((long) (ex.patience().toMillis() * spread)));
        } catch (KafkaException ex) {
            boolean ours = !(ex.getMostSpecificCause() instanceof RecordTooLargeException);
            if (ours) {
                broker.close(String.valueOf(ex.getMessage()));
            } else {
                log.error("What a poll found is too large to send, feed={}", slot.feedId(), ex);
            }
            metrics.countUndone(PollMetrics.Undone.NOT_PUBLISHED);
            shard.giveBack(slot, clock.instant().plus(ours ? AFTER_OUR_FAILURE : AFTER_ITS_FAILURE));
        } catch (RuntimeException | StackOverflowError ex) { // the bulkhead: one feed must not harm the others
            log.error("Unexpected failure of a poll, feed={}", slot.feedId(), ex);
            metrics.countUndone(PollMetrics.Undone.FAILED);
            shard.giveBack(slot, clock.instant().plus(AFTER_ITS_FAILURE));
        } finally {
            running.remove(Thread.currentThread());
            permits.release();
            wake();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
