package newswire.fetcher;

import java.util.List;
import newswire.contract.Problem;
import org.jspecify.annotations.Nullable;

/** What a poll found, before anything is sent. */
sealed interface PollOutcome extends PollAttempt {
    FetchResult.Exchange exchange();

    /**
     * The document that we know.
     *
     * @param documentSha256 if the body was sent all the same
     */
    record Unchanged(
            FetchResult.Exchange exchange, @Nullable String documentSha256) implements PollOutcome {}

    /**
     * A document.
     *
     * @param sightings its entries against the memory
     * @param overrun whether entries were probably missed since the last document
     * @param flaw what was wrong with the body, if its beginning could be read all the same
     * @param audit whether it was asked for unconditionally though there were validators
     */
    record Changed(
            FetchResult.Exchange exchange,
            FeedDocument.Parsed document,
            List<SeenEntries.Sighting> sightings,
            boolean overrun,
            @Nullable String flaw,
            String documentSha256,
            boolean audit)
            implements PollOutcome {
        public Changed {
            sightings = List.copyOf(sightings);
        }

        int count(SeenEntries.Kind kind) {
            return (int) sightings.stream()
                    .filter(sighting -> sighting.kind() == kind)
                    .count();
        }

        boolean complete() {
            return document.complete() && flaw == null;
        }
    }

    /**
     * Nothing to read.
     *
     * @param links feeds that are named by the page that came instead; absent if it was something else
     * @param discovered what was found by looking for feeds
     */
    record Failed(
            FetchResult.Exchange exchange,
            Problem problem,
            @Nullable List<FeedLink> links,
            @Nullable Discovered discovered)
            implements PollOutcome {
        public Failed {
            links = links == null ? null : List.copyOf(links);
        }

        Failed(FetchResult.Exchange exchange, Problem problem) {
            this(exchange, problem, null, null);
        }
    }

    /** The name in a feed's history. */
    default String name() {
        return switch (this) {
            case Unchanged _ -> "not_modified";
            case Changed _ -> "modified";
            case Failed failed -> failed.problem().code();
        };
    }
}
