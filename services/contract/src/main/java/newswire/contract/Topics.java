package newswire.contract;

/** The topics, each with its key, its value and its one writer. Their settings are in {@code newswire.contract.kafka}. */
public final class Topics {
    /** What to poll. Key: {@link FeedId}, placed by publisher scope. Value: {@link Feed}; null = removed. Writer: store. */
    public static final String FEEDS = "news.feed.v1";

    /**
     * What the fetcher found at a feed. Key: {@link FeedId}, placed like {@link #FEEDS}. Value: {@link FeedState}.
     * Writer: fetcher.
     */
    public static final String FEED_STATES = "news.feed-state.v1";

    /**
     * What hubs push and are told. Key: {@link FeedId}, placed like {@link #FEEDS}, or like the hub's own publisher scope if
     * the hub is to be told something. Value: {@link FeedPush}. Writer and only reader: fetcher.
     */
    public static final String FEED_PUSHES = "news.feed-push.v1";

    /** Entries as feeds gave them. Key: publisher scope. Value: {@link RawArticle}. Writer: fetcher. At least once. */
    public static final String RAW_ARTICLES = "news.raw-article.v1";

    /**
     * Canonical articles, one event per revision. Key: {@link ArticleId}. Value: {@link Article}; null = taken down.
     * Writer: normalizer, except the nulls, which the store writes.
     */
    public static final String ARTICLES = "news.article.v1";

    /** Records that can never be processed. Key: that of the record. Value: {@link DeadLetter}. Writers: all. */
    public static final String DEAD_LETTERS = "news.dead-letter.v1";

    /**
     * A header on {@link #RAW_ARTICLES}: the record is a copy of an earlier one, to be read again under newer rules. Its
     * value names the replay.
     */
    public static final String REPLAY_HEADER = "newswire-replay";

    private Topics() {}
}
