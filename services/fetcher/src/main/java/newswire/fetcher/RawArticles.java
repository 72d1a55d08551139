package newswire.fetcher;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import newswire.contract.Feed;
import newswire.contract.NameBasedUuid;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;

/**
 * Makes raw articles of the entries of one document.
 *
 * @param url that answered
 */
record RawArticles(
        Feed feed,
        FeedDocument.Parsed document,
        RawArticle.Via via,
        Instant fetchedAt,
        URI url,
        @Nullable Integer status,
        @Nullable String etag,
        @Nullable String lastModified,
        @Nullable String contentType,
        String documentSha256) {

    RawArticle of(FeedDocument.Entry entry) {
        return new RawArticle(
                RawArticle.SCHEMA_VERSION,
                RawArticle.rawId(feed.feedId(), entry.digest(), fetchedAt),
                RawArticle.Origin.of(feed),
                fetch(entry),
                document.repairs(),
                document.format(),
                entry.document().get(),
                entry.digest(),
                null);
    }

    /** The same entry as it was sent, with its page: what this is about came when the page did. */
    static RawArticle with(RawArticle raw, RawArticle.Page page) {
        var was = raw.fetch();
        return new RawArticle(
                raw.schemaVersion(),
                RawArticle.rawId(raw.feed().feedId(), raw.entryDigest(), page.fetchedAt()),
                raw.feed(),
                new RawArticle.Fetch(
                        was.fetchId(),
                        page.fetchedAt(),
                        RawArticle.Via.PAGE,
                        was.feedUrl(),
                        was.status(),
                        was.etag(),
                        was.lastModified(),
                        was.contentType(),
                        was.charset(),
                        was.documentSha256(),
                        was.entryIndex(),
                        was.entryCount()),
                raw.repairs(),
                raw.format(),
                raw.document(),
                raw.entryDigest(),
                page);
    }

    List<RawArticle> all() {
        return document.entries().stream().map(this::of).toList();
    }

    private RawArticle.Fetch fetch(FeedDocument.Entry entry) {
        return new RawArticle.Fetch(
                NameBasedUuid.of(feed.feedId().value(), fetchedAt.toString()).toString(),
                fetchedAt,
                via,
                url,
                status,
                etag,
                lastModified,
                contentType,
                document.charset(),
                documentSha256,
                entry.index(),
                document.entries().size());
    }
}
