package newswire.fetcher;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.UnaryOperator;
import newswire.contract.Feed;
import newswire.contract.FeedId;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

/** A feed's place in its shard, whose lock guards it. */
final class Slot implements Start {
    private final FeedId feedId;
    private Compact<Feed> feed;
    private @Nullable Compact<FeedState> state;
    private @Nullable Saved saved;
    private @Nullable Queue<UnaryOperator<Memory>> waiting;
    private Watch watch = Watch.NOTHING;
    private boolean enabled;
    private boolean proven;
    private boolean quiet;
    private boolean polling;
    private boolean sent;
    private boolean resting;
    private boolean again;
    private boolean removed;
    private int ticket;
    private long waitsSince;
    private Lane lane;
    private @Nullable Discovery discovery;

    Slot(Feed feed, Lane lane) {
        this.feedId = feed.feedId();
        this.feed = Compact.of(feed);
        this.enabled = feed.enabled();
        this.lane = lane;
    }

    FeedId feedId() {
        return feedId;
    }

    Feed feed() {
        return feed.unpack(Feed.class);
    }

    @Nullable
    FeedState state() {
        return state == null ? null : state.unpack(FeedState.class);
    }

    /**
     * What others than polls may change, too.
     *
     * @param watch whether the hub delivers
     */
    record Memory(FeedState state, Watch watch) {}

    Watch watch() {
        return watch;
    }

    void watch(Watch now) {
        watch = now;
    }

    /** Keeps a change until the poll in flight has ended. */
    void later(UnaryOperator<Memory> change) {
        if (waiting == null) {
            waiting = new ArrayDeque<>(1);
        }
        waiting.add(change);
    }

    /** Makes the changes that have waited, and returns the appointment, which they may have brought nearer. */
    Instant changed(Instant planned) {
        var changes = waiting == null ? List.<UnaryOperator<Memory>>of() : List.copyOf(waiting);
        waiting = null;
        var next = planned;
        for (var change : changes) {
            var sooner = change(change);
            next = sooner != null && sooner.isBefore(next) ? sooner : next;
        }
        return next;
    }

    /** Makes a change, and returns the new appointment if it brought that nearer. */
    @Nullable
    Instant change(UnaryOperator<Memory> change) {
        var before = state();
        if (before == null) {
            return null;
        }
        var after = change.apply(new Memory(before, watch));
        watch = after.watch();
        if (after.state().equals(before)) {
            return null;
        }
        state = Compact.of(after.state());
        var next = after.state().schedule().nextPollAt();
        return next.isBefore(before.schedule().nextPollAt()) ? next : null;
    }

    /** The state that the broker has. */
    @Nullable
    Saved saved() {
        return saved;
    }

    @Override
    public Lane lane() {
        return lane;
    }

    void define(Feed changed, Lane where) {
        feed = Compact.of(changed);
        enabled = changed.enabled();
        lane = where;
        discovery = null;
    }

    @Nullable
    Discovery discovery() {
        return discovery;
    }

    void search(@Nullable Discovery now) {
        discovery = now;
    }

    /** Whether the feed has been silent for strangely long. */
    boolean quiet() {
        return quiet && enabled();
    }

    void remember(FeedState now, boolean isSaved) {
        quiet = now.rhythm() != null && now.rhythm().quietSince() != null;
        state = Compact.of(now);
        proven = now.lastError() == null;
        if (isSaved) {
            saved = Saved.of(now);
        }
    }

    boolean enabled() {
        return enabled && !removed;
    }

    /** Whether the last poll found a feed. */
    boolean proven() {
        return proven;
    }

    boolean removed() {
        return removed;
    }

    void remove() {
        removed = true;
    }

    boolean polling() {
        return polling;
    }

    void polling(boolean now) {
        polling = now;
        sent = false;
        resting = false;
    }

    /** Whether the request of this poll has gone out. */
    boolean sent() {
        return sent;
    }

    void markSent() {
        sent = true;
    }

    /** Whether the budget has its request back, though the poll goes on. */
    boolean resting() {
        return resting;
    }

    void rest() {
        resting = true;
    }

    /** Whether the definition changed while it was polled; asking clears it. */
    boolean again() {
        boolean was = again;
        again = false;
        return was;
    }

    /** The definition has changed in the middle of a poll: it waits for the next from now on. */
    void pollAgain(Instant now) {
        again = true;
        waitsSince(now);
    }

    /** A new appointment; those before it are void. */
    Due due(Instant at) {
        waitsSince(at);
        return new Due(at, this, ++ticket);
    }

    /** Since when it waits for its turn, or will, to the millisecond. */
    Instant waitsSince() {
        return Instant.ofEpochMilli(waitsSince);
    }

    void waitsSince(Instant due) {
        waitsSince = due.toEpochMilli();
    }

    /** An appointment for a poll. */
    record Due(Instant at, Slot slot, int ticket) {
        boolean valid() {
            return slot.ticket == ticket && slot.enabled() && !slot.polling;
        }
    }
}
