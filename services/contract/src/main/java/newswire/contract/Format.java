package newswire.contract;

/** The syntax of a feed document. */
public enum Format {
    RSS_2_0("rss-2.0"),
    RSS_1_0("rss-1.0"),
    /** Netscape's and Userland's 0.90 to 0.94. */
    RSS_0_9X("rss-0.9x"),
    ATOM_1_0("atom-1.0"),
    ATOM_0_3("atom-0.3"),
    JSON_FEED_1_0("json-feed-1.0"),
    JSON_FEED_1_1("json-feed-1.1"),
    /** A sitemap with {@code news:news}. */
    NEWS_SITEMAP("news-sitemap");

    private final String wire;

    Format(String wire) {
        this.wire = wire;
    }

    /** The name in records. */
    @Override
    public String toString() {
        return wire;
    }
}
