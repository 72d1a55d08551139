package newswire.fetcher;

import java.time.Instant;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

/**
 * A poll under way.
 *
 * @param feed as it was defined when the poll began
 * @param before what was remembered then; absent at the first poll
 * @param now when it began
 * @param room for all that is read, until the poll is over
 */
record Poll(Errand errand, Feed feed, @Nullable FeedState before, Instant now, MemoryBudget.Room room) {}
