package newswire.fetcher;

/** What came of an attempt to poll: an outcome, or nothing yet through no fault of the feed. */
sealed interface PollAttempt permits PollOutcome, PollAttempt.Searching, PollAttempt.RobotsRead, PollAttempt.PutOff {

    /** The search for the feed of a page goes on at the next poll. */
    record Searching() implements PollAttempt {}

    /** The turn was needed to ask for robots.txt; the feed's document is asked for at the next. */
    record RobotsRead() implements PollAttempt {}

    /** An answer came for which there is no room in our memory now. */
    record PutOff(FetchResult.Exchange exchange) implements PollAttempt {
        static final String NAME = "put_off";
    }
}
