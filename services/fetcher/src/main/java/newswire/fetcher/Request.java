package newswire.fetcher;

import java.net.URI;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * What one exchange asks for, on behalf of a feed.
 *
 * @param validators sent verbatim, to the URL that gave them and to no other
 * @param accept the header
 * @param most bytes of the decoded body, if fewer than the limit of all
 * @param cut whether a longer body is cut there and not refused
 * @param follow whether redirects are followed; if not, the first of them is the problem {@link #REDIRECTED}, at the URL that
 *     it leads to
 */
record Request(
        Feed feed,
        URI url,
        FeedState.@Nullable Validators validators,
        String accept,
        @Nullable Long most,
        boolean cut,
        boolean follow) {
    static final String REDIRECTED = "redirected";

    private static final String FEEDS = "application/atom+xml, application/rss+xml, application/feed+json,"
            + " application/json;q=0.9, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1";

    private static final String ROBOTS = "text/plain, */*;q=0.1";

    /** The same of another URL. */
    Request at(URI other) {
        return new Request(feed, other, validators, accept, most, cut, follow);
    }

    /** Whether it asks only for what has changed, at this stage of its way. */
    boolean conditionalAt(Route route) {
        return validators != null
                && validators.url().equals(route.url())
                && (validators.etag() != null || validators.lastModified() != null);
    }

    /** A feed's document. */
    static Request poll(Feed feed, FeedState.@Nullable Validators validators) {
        return new Request(feed, feed.xmlUrl(), validators, FEEDS, feed.http().maxBytes(), false, true);
    }

    /** What may be the feed that was meant. */
    static Request search(Feed feed, URI url) {
        return new Request(feed, url, null, FEEDS, feed.http().maxBytes(), false, true);
    }

    /** Another document that belongs to a feed. */
    static Request part(Feed feed, URI url) {
        return new Request(feed, url, null, FEEDS, feed.http().maxBytes(), false, false);
    }

    /** An article's page. */
    static Request page(Feed feed, URI url, DataSize most) {
        return new Request(
                feed, url, null, "text/html, application/xhtml+xml;q=0.9, */*;q=0.1", most.toBytes(), true, false);
    }

    /** A robots.txt in a poll's own turn. */
    static Request robotsOfPoll(Feed feed, URI url, DataSize most) {
        return new Request(feed, url, null, ROBOTS, most.toBytes(), true, true);
    }

    /** A robots.txt. */
    static Request robots(Feed feed, URI url, DataSize most) {
        return new Request(feed, url, null, ROBOTS, most.toBytes(), true, false);
    }
}
