package newswire.fetcher;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import newswire.contract.Feed;
import newswire.contract.FeedId;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

/**
 * The feeds of one partition, all in memory, for as long as the partition is ours. Since all feeds of a publisher scope are
 * in one partition, its budgets need no agreement with anybody.
 */
final class FeedShard {
    private final int partition;
    private final FetcherProperties properties;
    private final Map<FeedId, Slot> slots = new HashMap<>();
    private final DueQueue queue;
    private final Newcomers newcomers;
    private int inFlight;
    private boolean draining;
    private boolean closed;

    FeedShard(int partition, FetcherProperties properties, Newcomers newcomers) {
        this.partition = partition;
        this.properties = properties;
        this.queue = new DueQueue(properties.host());
        this.newcomers = newcomers;
    }

    int partition() {
        return partition;
    }

    /** Puts in what was remembered of a feed when the partition came to us. A silence that was asked for goes on. */
    synchronized void restore(Feed feed, @Nullable FeedState state, Instant now) {
        var lane = queue.lane(feed.publisher().scope());
        var slot = new Slot(feed, lane);
        slots.put(feed.feedId(), slot);
        if (state == null) {
            queue.add(slot, newcomers.firstPoll(now));
            return;
        }
        slot.remember(state, true);
        var silence = state.response() == null ? null : state.response().retryAfter();
        if (silence != null && silence.isAfter(now)) {
            queue.silence(lane, silence);
        }
        boolean changed = state.definitionRevision() != feed.revision();
        queue.add(slot, changed ? now : sane(state.schedule().nextPollAt(), now));
    }

    /** Clocks jump: no appointment lies further ahead than the longest that we make. */
    private Instant sane(Instant planned, Instant now) {
        var latest = now.plus(properties.poll().probation()).plus(Duration.ofDays(1));
        return planned.isAfter(latest) ? latest : planned;
    }

    /** A definition that is new or changed: it is polled at once, but for a flood of them. */
    synchronized void define(Feed feed, Instant now) {
        if (closed) {
            return;
        }
        var lane = queue.lane(feed.publisher().scope());
        var slot = slots.get(feed.feedId());
        if (slot == null) {
            slot = new Slot(feed, lane);
            slots.put(feed.feedId(), slot);
            queue.add(slot, newcomers.firstPoll(now));
            return;
        }
        if (slot.feed().equals(feed)) {
            return;
        }
        slot.define(feed, slot.polling() ? slot.lane() : lane);
        if (slot.polling()) {
            slot.pollAgain();
        } else {
            queue.add(slot, newcomers.firstPoll(now));
        }
    }

    /** A definition that is gone: no poll of it starts any more. Returns whether there was one. */
    synchronized boolean remove(FeedId feedId) {
        var slot = slots.remove(feedId);
        if (slot != null) {
            slot.remove();
        }
        return slot != null;
    }

    /** Takes the next feed to poll. */
    synchronized @Nullable Slot next(Instant now) {
        var slot = closed || draining ? null : queue.next(now);
        if (slot != null) {
            inFlight++;
        }
        return slot;
    }

    synchronized Instant wake() {
        return closed || draining ? Instant.MAX : queue.wake();
    }

    synchronized Feed feed(Slot slot) {
        return slot.feed();
    }

    synchronized @Nullable FeedState state(Slot slot) {
        return slot.state();
    }

    synchronized @Nullable FeedState saved(Slot slot) {
        return slot.saved();
    }

    /** Whether what a poll found may still be sent: not after the feed was removed or the partition lost. */
    synchronized boolean owns(Slot slot) {
        return !closed && !slot.removed();
    }

    /** Starts something only while the feed is ours, so that no state is sent after the feed's tombstone. */
    synchronized <T> Optional<T> whileOwned(Slot slot, Supplier<T> action) {
        return owns(slot) ? Optional.of(action.get()) : Optional.empty();
    }

    /** The request of a poll goes out now; redirects bring more than one. */
    synchronized void sent(Slot slot, Instant now) {
        slot.markSent();
        queue.sent(slot.lane(), now);
    }

    /** Ends a poll that has a result. */
    synchronized void finish(Slot slot, FeedState state, boolean saved, Duration took) {
        slot.remember(state, saved);
        var response = state.response();
        boolean answered = response != null && response.status() != null;
        boolean throttled = state.status() == FeedState.Status.THROTTLED;
        if (response != null && response.retryAfter() != null && state.lastError() != null) {
            queue.silence(slot.lane(), response.retryAfter());
        }
        end(slot, took, answered, throttled, state.schedule().nextPollAt());
    }

    /** Ends a poll that came to nothing through no fault of the feed. */
    synchronized void giveBack(Slot slot, Instant again) {
        end(slot, Duration.ZERO, false, false, again);
    }

    private void end(Slot slot, Duration took, boolean answered, boolean throttled, Instant next) {
        inFlight--;
        boolean sent = slot.sent();
        slot.polling(false);
        queue.finish(slot.lane(), took, answered, throttled, sent);
        boolean redefined = slot.again();
        if (redefined) {
            slot.define(slot.feed(), queue.lane(slot.feed().publisher().scope()));
        }
        if (slot.enabled() && !closed) {
            queue.add(slot, redefined ? Instant.EPOCH : next);
        }
        notifyAll();
    }

    /** The partition is not ours any more. */
    synchronized void close() {
        closed = true;
    }

    /** Starts no more polls and waits for those in flight, which can still send what they found. */
    synchronized boolean drain(Duration patience) throws InterruptedException {
        draining = true;
        long end = System.nanoTime() + patience.toNanos();
        while (inFlight > 0) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    synchronized int size() {
        return slots.size();
    }
}
