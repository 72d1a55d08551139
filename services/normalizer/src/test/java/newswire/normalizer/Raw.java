package newswire.normalizer;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import newswire.contract.Feed;
import newswire.contract.Format;
import newswire.contract.RawArticle;
import newswire.contract.SchemaAssert;

/** Raw articles for tests. */
final class Raw {
    static final URI FEED = URI.create("https://www.dailynk.com/english/feed/");
    static final Instant FETCHED = Instant.parse("2020-03-31T08:05:12Z");

    private Raw() {}

    static RawArticle of(Format format, String document) {
        return of(feed(FEED), format, document, FETCHED);
    }

    static RawArticle of(Feed feed, Format format, String document, Instant fetchedAt) {
        return of(feed, format, document, fetchedAt, "f-" + fetchedAt, 0);
    }

    static RawArticle of(Feed feed, Format format, String document, Instant fetchedAt, String fetchId, int entryIndex) {
        var digest = Fingerprints.sha256(document);
        var fetch = new RawArticle.Fetch(
                fetchId,
                fetchedAt,
                RawArticle.Via.POLL,
                feed.xmlUrl(),
                200,
                null,
                null,
                "application/rss+xml",
                "utf-8",
                Fingerprints.sha256(fetchId),
                entryIndex,
                1);
        return new RawArticle(
                RawArticle.SCHEMA_VERSION,
                RawArticle.rawId(feed.feedId(), digest, fetchedAt),
                RawArticle.Origin.of(feed),
                fetch,
                List.of(),
                format,
                document,
                digest,
                null);
    }

    /** The same entry once more, with its page. */
    static RawArticle withPage(RawArticle raw, URI url, String html) {
        var page = new RawArticle.Page(
                url, url, 200, raw.fetch().fetchedAt(), "text/html", html, Fingerprints.sha256(html), false);
        return new RawArticle(
                raw.schemaVersion(),
                raw.rawId(),
                raw.feed(),
                raw.fetch(),
                raw.repairs(),
                raw.format(),
                raw.document(),
                raw.entryDigest(),
                page);
    }

    static Feed feed(URI xmlUrl) {
        return Feed.of(xmlUrl, Instant.parse("2020-03-01T00:00:00Z"));
    }

    /** The same feed with other rules. */
    static Feed with(Feed it, Feed.Identity identity, Feed.Updates updates) {
        return new Feed(
                it.schemaVersion(),
                it.feedId(),
                it.revision(),
                it.xmlUrl(),
                it.htmlUrl(),
                it.title(),
                it.description(),
                it.format(),
                it.language(),
                it.country(),
                it.categories(),
                it.priority(),
                it.enabled(),
                it.publisher(),
                it.poll(),
                it.http(),
                it.dates(),
                identity,
                it.content(),
                updates,
                it.websub(),
                it.rights(),
                it.createdAt(),
                it.updatedAt());
    }

    /** An RSS document with one item. */
    static String rss(String item) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
                    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
                    xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dcterms="http://purl.org/dc/terms/">
                  <channel>
                    <title>Daily NK</title>
                    <link>https://www.dailynk.com/english/</link>
                    <description>News of North Korea</description>
                    <language>en-US</language>
                    <item>%s</item>
                  </channel>
                </rss>
                """.formatted(item);
    }

    static Normalizer.Normalized normalized(RawArticle raw) {
        return switch (Normalizer.normalize(raw)) {
            case Normalizer.Normalized normalized -> {
                SchemaAssert.assertValid(normalized.article());
                yield normalized;
            }
            case Normalizer.Rejected(var code, var detail) -> throw new AssertionError(code + ": " + detail);
        };
    }
}
