package newswire.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import newswire.contract.Article;
import newswire.contract.Feed;
import newswire.contract.RawArticle;
import newswire.fetcher.FetcherApplication;
import newswire.fetcher.FetcherApplication.Reading;
import newswire.normalizer.NormalizerApplication;
import newswire.normalizer.NormalizerApplication.FeedInfo;
import newswire.normalizer.NormalizerApplication.Normalized;
import newswire.normalizer.NormalizerApplication.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * What one feed document comes to.
 *
 * @param error why the document could not be read; then all else is empty
 * @param feed what the document says of itself
 */
record DocumentReading(
        @Nullable String error, @Nullable FeedInfo feed, List<Article> articles, List<RejectedEntry> rejected) {
    /** As the fetcher takes at most. */
    private static final int MOST_BYTES = 10 * 1024 * 1024;

    DocumentReading {
        articles = List.copyOf(articles);
        rejected = List.copyOf(rejected);
    }

    /**
     * An entry of which no article could be made.
     *
     * @param entry place in the document, from 0
     */
    record RejectedEntry(int entry, String code, String detail) {
        @Override
        public String toString() {
            return "entry %d: %s: %s".formatted(entry, code, detail);
        }
    }

    static DocumentReading failed(String error) {
        return new DocumentReading(error, null, List.of(), List.of());
    }

    static DocumentReading of(URI url, byte[] document, @Nullable String contentType, Instant fetchedAt) {
        try {
            var reading = FetcherApplication.read(Feed.of(url, fetchedAt), document, contentType, fetchedAt);
            var problem = reading.problem();
            return problem == null ? read(reading, url) : failed(problem.code() + ": " + problem.detail());
        } catch (IllegalArgumentException ex) { // a URL that cannot be a feed's
            return failed(String.valueOf(ex.getMessage()));
        }
    }

    private static DocumentReading read(Reading reading, URI url) {
        var articles = new ArrayList<Article>();
        var rejected = new ArrayList<RejectedEntry>();
        for (RawArticle raw : reading.entries()) {
            switch (NormalizerApplication.normalize(raw)) {
                case Normalized(var article) -> articles.add(article);
                case Rejected(var code, var detail) ->
                    rejected.add(new RejectedEntry(raw.fetch().entryIndex(), code, detail));
            }
        }
        return new DocumentReading(null, feed(reading, url), articles, rejected);
    }

    private static @Nullable FeedInfo feed(Reading reading, URI url) {
        var format = reading.format();
        var channel = reading.channel();
        return format == null || channel == null ? null : NormalizerApplication.feedInfo(format, channel, url);
    }

    /** @throws IOException also if it is more than a feed may be */
    static byte[] bounded(InputStream in) throws IOException {
        var bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("larger than " + MOST_BYTES + " bytes");
        }
        return bytes;
    }

    /** Stands for the address of a document that has none. */
    static URI placeOf(String file) {
        var name = Path.of(file).getFileName();
        return URI.create("http://localhost/"
                + URLEncoder.encode(String.valueOf(name), StandardCharsets.UTF_8)
                        .replace("+", "%20"));
    }
}
