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

    /**
     * Reads an article with its page, or from its page alone.
     *
     * @param feed the document that has its entry, absent if there is none
     */
    static DocumentReading withPage(URI url, byte @Nullable [] feed, PageFile page, Instant fetchedAt) {
        try {
            var document = feed == null ? page.entry() : feed;
            var reading = FetcherApplication.read(Feed.of(url, fetchedAt), document, null, fetchedAt);
            var problem = reading.problem();
            if (problem != null) {
                return failed(problem.code() + ": " + problem.detail());
            }
            var paged = page.attach(reading.entries());
            return paged.isEmpty()
                    ? failed("none of %d entries is the page's: \"pageUrl\" has to say which"
                            .formatted(reading.entries().size()))
                    : read(reading, paged, url).unlessEmpty(feed == null);
        } catch (IllegalArgumentException ex) { // a URL that cannot be a feed's
            return failed(String.valueOf(ex.getMessage()));
        }
    }

    /** A page alone tells nothing of a feed, and is no article if it has neither title nor text. */
    private DocumentReading unlessEmpty(boolean alone) {
        if (!alone) {
            return this;
        }
        boolean article = articles.stream()
                .anyMatch(it -> !it.bodies().isEmpty()
                        || it.headlines().getFirst().role().equals("main"));
        return article
                ? new DocumentReading(null, null, articles, rejected)
                : failed("not_an_article: the page has neither title nor text");
    }

    private static DocumentReading read(Reading reading, URI url) {
        return read(reading, reading.entries(), url);
    }

    private static DocumentReading read(Reading reading, List<RawArticle> entries, URI url) {
        var articles = new ArrayList<Article>();
        var rejected = new ArrayList<RejectedEntry>();
        for (RawArticle raw : entries) {
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
