package newswire.fetcher;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import newswire.contract.Feed;
import newswire.contract.FeedId;
import newswire.contract.FeedState;
import newswire.contract.PublisherScope;
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
    private final Set<Turn> turns = new HashSet<>();
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
        var planned = changed ? now : sane(state.schedule().nextPollAt(), now);
        queue.add(slot, planned);
        if (planned.isBefore(now)) {
            slot.waitsSince(now); // before, nobody could have given it a turn
        }
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
            slot.pollAgain(now);
        } else {
            queue.add(slot, newcomers.firstPoll(now));
        }
    }

    /** A definition that is gone: no poll of it starts any more. Returns what there was. */
    synchronized @Nullable Slot remove(FeedId feedId) {
        var slot = slots.remove(feedId);
        if (slot != null) {
            slot.remove();
        }
        return slot;
    }

    synchronized @Nullable Slot slot(FeedId feedId) {
        return closed ? null : slots.get(feedId);
    }

    /** Whether the partition is ours and has no such feed. */
    synchronized boolean lacks(FeedId feedId) {
        return !closed && !slots.containsKey(feedId);
    }

    synchronized Watch watch(Slot slot) {
        return slot.watch();
    }

    synchronized void watch(Slot slot, Watch watch) {
        slot.watch(watch);
    }

    /**
     * Changes what is remembered of a feed: at once, or, while it is polled, after that. Returns whether the feed is ours.
     *
     * @param change may run under the shard's lock on any thread, and not at all if the feed is removed before
     */
    synchronized boolean change(Slot slot, UnaryOperator<Slot.Memory> change) {
        if (!owns(slot)) {
            return false;
        }
        if (slot.polling()) {
            slot.later(change);
            return true;
        }
        var sooner = slot.change(change);
        if (sooner != null && slot.enabled()) {
            queue.add(slot, sooner);
        }
        return true;
    }

    /** Polls a feed as if it were new. */
    synchronized void renew(Slot slot, Instant now) {
        if (owns(slot) && slot.enabled() && !slot.polling()) {
            queue.add(slot, newcomers.firstPoll(now));
        }
    }

    /** Takes the next feed to poll, or the next request to make. */
    synchronized @Nullable Start next(Instant now) {
        var start = closed || draining ? null : queue.next(now);
        if (start != null) {
            inFlight++;
        }
        if (start instanceof Turn turn) {
            turns.remove(turn);
        }
        return start;
    }

    /** Asks for one request to a scope of this partition, beyond the polls of its feeds. */
    synchronized Turn turn(PublisherScope scope) {
        var turn = new Turn(queue.lane(scope));
        if (closed || draining) {
            turn.refuse();
        } else {
            turns.add(turn);
            queue.add(turn);
        }
        return turn;
    }

    /** Nobody waits for it any more. */
    synchronized void giveUp(Turn turn) {
        turns.remove(turn);
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

    synchronized @Nullable Saved saved(Slot slot) {
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

    synchronized boolean isProven(Slot slot) {
        return slot.proven();
    }

    /** The search for the feed that is under way at its URL. */
    synchronized @Nullable Discovery discovery(Slot slot) {
        return slot.discovery();
    }

    synchronized void search(Slot slot, @Nullable Discovery discovery) {
        slot.search(discovery);
    }

    /** Lets all requests to a feed's scope keep the time between them that its robots.txt wants. */
    synchronized void crawlDelay(Slot slot, Duration delay) {
        queue.crawlDelay(slot.lane(), delay);
    }

    /** The request of a poll goes out now; redirects bring more than one. */
    synchronized void sent(Slot slot, Instant now) {
        slot.markSent();
        queue.sent(slot.lane(), now);
    }

    /** The request of a turn goes out now. */
    synchronized void sent(Turn turn, Instant now) {
        turn.markSent();
        queue.sent(turn.lane(), now);
    }

    /**
     * Ends a turn.
     *
     * @param result absent if it came to nothing through no fault of the server
     */
    synchronized void finish(Turn turn, @Nullable FetchResult result) {
        inFlight--;
        finish(turn.lane(), turn.sent(), result);
        notifyAll();
    }

    /** The poll's own request is over, though the poll goes on with others. */
    synchronized void rest(Slot slot, FetchResult result) {
        finish(slot.lane(), slot.sent(), result);
        slot.rest();
    }

    private void finish(Lane lane, boolean sent, @Nullable FetchResult result) {
        var exchange = result == null ? null : result.exchange();
        var took = exchange == null ? Duration.ZERO : Duration.ofMillis(exchange.millis());
        boolean answered = exchange != null && exchange.status() != null;
        boolean throttled = result instanceof FetchResult.Failed(var _, var problem)
                && FailureClass.of(problem) == FailureClass.THROTTLED;
        if (result instanceof FetchResult.Failed(var last, var _) && last.retryAfter() != null) {
            queue.silence(lane, last.retryAfter());
        }
        queue.finish(lane, took, answered, throttled, sent);
    }

    /**
     * Changes what is remembered of a feed outside of its polls, after the one that may be running.
     *
     * @param send hands the changed state over for sending, before any poll can send another
     */
    synchronized <T> Optional<T> amend(Slot slot, UnaryOperator<FeedState> change, Function<FeedState, T> send)
            throws InterruptedException {
        while (slot.polling() && owns(slot)) {
            wait();
        }
        var state = slot.state();
        if (!owns(slot) || state == null) {
            return Optional.empty();
        }
        var changed = change.apply(state);
        slot.remember(changed, false);
        return Optional.of(send.apply(changed));
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

    /** Ends a poll that came to nothing for which there was no room, which is remembered. */
    synchronized void putOff(Slot slot, FeedState state, boolean saved) {
        slot.remember(state, saved);
        giveBack(slot, state.schedule().nextPollAt());
    }

    /** How long a feed whose poll starts now has waited for that since it was due. */
    synchronized Duration waited(Slot slot, Instant now) {
        var waited = Duration.between(slot.waitsSince(), now);
        return waited.isNegative() ? Duration.ZERO : waited;
    }

    /** Takes the turn from a feed whose poll has not begun: it goes on waiting. */
    synchronized void passOver(Slot slot, Instant again) {
        var since = slot.waitsSince();
        giveBack(slot, again);
        slot.waitsSince(since);
    }

    /** Ends a poll that came to nothing through no fault of the feed. */
    synchronized void giveBack(Slot slot, Instant again) {
        end(slot, Duration.ZERO, false, false, again);
    }

    private void end(Slot slot, Duration took, boolean answered, boolean throttled, Instant next) {
        inFlight--;
        boolean sent = slot.sent();
        if (!slot.resting()) {
            queue.finish(slot.lane(), took, answered, throttled, sent);
        }
        slot.polling(false);
        boolean redefined = slot.again();
        if (redefined) {
            slot.define(slot.feed(), queue.lane(slot.feed().publisher().scope()));
        }
        if (!closed && !slot.removed()) {
            var planned = slot.changed(next);
            if (slot.enabled()) {
                queue.add(slot, redefined ? slot.waitsSince() : planned);
            }
        }
        notifyAll();
    }

    /** The partition is not ours any more. */
    synchronized void close() {
        closed = true;
        refuseTurns();
        notifyAll();
    }

    private void refuseTurns() {
        turns.forEach(Turn::refuse);
        turns.clear();
    }

    synchronized boolean closed() {
        return closed;
    }

    /** Starts no more polls and waits for those in flight, which can still send what they found. */
    synchronized boolean drain(Duration patience) throws InterruptedException {
        draining = true;
        refuseTurns();
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

    /** How many feeds have been silent for strangely long. */
    synchronized int quiet() {
        return (int) slots.values().stream().filter(Slot::quiet).count();
    }

    synchronized int size() {
        return slots.size();
    }
}
