package newswire.store;

import java.util.List;
import java.util.Objects;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.Topics;
import org.springframework.stereotype.Component;

/** Definitions and states of feeds → their table; a state that proposes another address is followed once it is committed. */
@Component
class FeedIntake {
    private final FeedTable table;
    private final Feeds definitions;

    FeedIntake(FeedTable table, Feeds definitions) {
        this.table = table;
        this.definitions = definitions;
    }

    /** Writes what of a batch is about feeds; what it returns follows their proposals. */
    Runnable save(List<Incoming> records) {
        table.save(Tables.of(records, Topics.FEEDS, Feed.class));
        var states = Tables.of(records, Topics.FEED_STATES, FeedState.class);
        table.saveStates(states);
        return () ->
                states.stream().map(Consumed::value).filter(Objects::nonNull).forEach(definitions::relocate);
    }
}
