package newswire.fetcher;

import java.net.URI;
import java.util.List;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

/**
 * The feeds that were found where a page was.
 *
 * @param best absent if there is none, or no telling which
 * @param candidates the best first
 */
record Discovered(@Nullable URI best, List<FeedState.Candidate> candidates) {
    Discovered {
        candidates = List.copyOf(candidates);
    }
}
