package newswire.standalone;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import newswire.contract.RawArticle;
import newswire.fetcher.FetcherApplication;
import newswire.normalizer.NormalizerApplication;
import newswire.normalizer.NormalizerApplication.Normalized;

/** An article's page as it lies in a file, to be read as if it had been fetched from an address. */
record PageFile(URI url, String html, String contentType, Instant fetchedAt) {

    static PageFile of(URI url, byte[] bytes, String contentType, Instant fetchedAt) {
        return new PageFile(url, FetcherApplication.pageText(bytes, contentType), contentType, fetchedAt);
    }

    /** A feed whose only entry says nothing but where its page is. */
    byte[] entry() {
        var address = url.toString().replace("&", "&amp;").replace("<", "&lt;");
        return "<rss version=\"2.0\"><channel><item><link>%s</link></item></channel></rss>"
                .formatted(address)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The entries, that of the page with it; none if it cannot be told which it is. */
    List<RawArticle> attach(List<RawArticle> entries) {
        var paged = new ArrayList<RawArticle>();
        boolean found = false;
        for (var entry : entries) {
            boolean same = entries.size() == 1 || isAt(entry);
            paged.add(same ? with(entry) : entry);
            found |= same;
        }
        return found ? paged : List.of();
    }

    private boolean isAt(RawArticle entry) {
        return NormalizerApplication.normalize(entry) instanceof Normalized(var article)
                && article.url() != null
                && bare(article.url()).equals(bare(url));
    }

    private static String bare(URI url) {
        return url.toString()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^https?://", "")
                .replaceFirst("/$", "");
    }

    private RawArticle with(RawArticle entry) {
        var page = new RawArticle.Page(url, url, 200, fetchedAt, contentType, html, sha256(), false);
        return new RawArticle(
                entry.schemaVersion(),
                entry.rawId(),
                entry.feed(),
                entry.fetch(),
                entry.repairs(),
                entry.format(),
                entry.document(),
                entry.entryDigest(),
                page);
    }

    private String sha256() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(html.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }
}
