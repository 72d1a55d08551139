package newswire.contract;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry on its way, exactly as its feed gave it, with all that is needed to read it: the value of
 * {@link Topics#RAW_ARTICLES}.
 *
 * @param rawId {@code <feedId>:<first 16 hex of entryDigest>:<fetchedAt>}; a repeated send has the same
 * @param feed what of the feed's definition bears on reading it
 * @param repairs what had to be mended before the document could be parsed, as stable names
 * @param document the feed document with all other entries removed, well-formed UTF-8
 * @param entryDigest SHA-256 in hex over what of the entry is material
 * @param page the article's own web page, if the feed's content policy asks for it
 */
public record RawArticle(
        String schemaVersion,
        String rawId,
        Origin feed,
        Fetch fetch,
        List<String> repairs,
        Format format,
        String document,
        String entryDigest,
        @Nullable Page page)
        implements NewsRecord {

    public static final String SCHEMA_VERSION = "1.0";

    public RawArticle {
        repairs = List.copyOf(repairs);
    }

    /** The rawId of an entry of a feed, fetched at a time. */
    public static String rawId(FeedId feedId, String entryDigest, Instant fetchedAt) {
        return feedId + ":" + entryDigest.substring(0, 16) + ":" + fetchedAt;
    }

    /** The feed, as far as reading its entries needs it. */
    public record Origin(
            FeedId feedId,
            URI xmlUrl,
            Feed.Publisher publisher,
            String title,
            @Nullable String language,
            Feed.Dates dates,
            Feed.Identity identity,
            Feed.Content content,
            Feed.Updates updates,
            Feed.Rights rights) {

        /** The part of a definition that travels with its entries. */
        public static Origin of(Feed feed) {
            return new Origin(
                    feed.feedId(),
                    feed.xmlUrl(),
                    feed.publisher(),
                    feed.title(),
                    feed.language(),
                    feed.dates(),
                    feed.identity(),
                    feed.content(),
                    feed.updates(),
                    feed.rights());
        }
    }

    /**
     * The exchange that brought the document.
     *
     * @param fetchId the poll's UUID
     * @param feedUrl the URL that answered, after redirects
     * @param etag verbatim
     * @param lastModified verbatim
     * @param charset what the bytes were decoded with
     * @param documentSha256 of the whole decoded document, in hex
     * @param entryIndex of the entry in the document, from 0
     */
    public record Fetch(
            String fetchId,
            Instant fetchedAt,
            Via via,
            URI feedUrl,
            @Nullable Integer status,
            @Nullable String etag,
            @Nullable String lastModified,
            @Nullable String contentType,
            @Nullable String charset,
            String documentSha256,
            int entryIndex,
            int entryCount) {}

    /** How an entry came to us. */
    public enum Via {
        POLL,
        PUSH,
        /** The first poll of a feed, or the repair of a gap. */
        BACKFILL,
        PAGE,
        MANUAL,
        REPLAY;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * The article's own page.
     *
     * @param html decoded, absent if it was not HTML or could not be read
     * @param truncated whether the size limit cut it
     */
    public record Page(
            URI url,
            @Nullable URI finalUrl,
            @Nullable Integer status,
            Instant fetchedAt,
            @Nullable String contentType,
            @Nullable String html,
            @Nullable String htmlSha256,
            boolean truncated) {}
}
