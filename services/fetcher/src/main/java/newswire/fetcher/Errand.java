package newswire.fetcher;

import java.util.function.UnaryOperator;
import newswire.contract.Feed;
import newswire.contract.FeedState;

/** On whose behalf something is done beyond a poll, and with whose means. */
record Errand(PollLoop loop, FeedShard shard, Slot slot) {
    Feed feed() {
        return shard.feed(slot);
    }

    /** Changes what is remembered of the feed, after the poll that may be running. */
    void amend(UnaryOperator<FeedState> change) {
        loop.amend(shard, slot, change);
    }

    /** The request of the feed's poll goes out. */
    void sent() {
        loop.sent(shard, slot);
    }

    /** Whether what is found may still be sent. */
    boolean owned() {
        return shard.owns(slot);
    }
}
