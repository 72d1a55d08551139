package newswire.fetcher;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;

/** An article's page as text. */
final class PageText {
    private static final Pattern META =
            Pattern.compile("(?i)<meta[^>]{1,200}charset\\s*=\\s*[\"']?\\s*([\\w.:-]{1,40})");
    private static final Pattern MARKUP = Pattern.compile("(?i)<(?:!doctype\\s+html|html|head|body|article)\\b");
    private static final int HEAD = 4_096;

    private PageText() {}

    /**
     * Reads a page; nothing if it is not HTML.
     *
     * @param url of the page, as its entry has it
     */
    static RawArticle.@Nullable Page of(URI url, FetchResult.Modified answer, Instant now) {
        var exchange = answer.exchange();
        boolean cut = Answer.CUT.equals(answer.flaw());
        var bytes = cut ? toLastTag(answer.body().bytes()) : answer.body().bytes();
        if (!isHtml(exchange.contentType(), head(bytes))) {
            return null;
        }
        var html = of(bytes, exchange.contentType());
        return new RawArticle.Page(
                url,
                exchange.url(),
                exchange.status(),
                now,
                exchange.contentType(),
                html,
                EntryDigest.sha256(html),
                answer.flaw() != null);
    }

    /** By what HTTP and the page itself say of its charset, as far as the bytes bear it out. */
    static String of(byte[] html, @Nullable String contentType) {
        return Charsets.decode(html, claim(contentType, head(html))).text();
    }

    private static String head(byte[] html) {
        return new String(html, 0, Math.min(HEAD, html.length), StandardCharsets.ISO_8859_1);
    }

    /** What is known of a page that is not there any more. */
    static RawArticle.Page gone(URI url, FetchResult.Failed answer, Instant now) {
        var exchange = answer.exchange();
        return new RawArticle.Page(
                url, exchange.url(), exchange.status(), now, exchange.contentType(), null, null, false);
    }

    /** Markup that is cut in the middle of a character would be read by another charset. */
    private static byte[] toLastTag(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '>') {
            end--;
        }
        return end == 0 ? bytes : Arrays.copyOf(bytes, end);
    }

    private static boolean isHtml(@Nullable String contentType, String head) {
        var type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        boolean vague = type.isEmpty() || type.startsWith("text/plain") || type.startsWith("application/octet-stream");
        return vague
                ? MARKUP.matcher(head).find()
                : type.startsWith("text/html") || type.startsWith("application/xhtml+xml");
    }

    /** What the page's head says of its charset counts where HTTP says nothing. */
    private static @Nullable String claim(@Nullable String contentType, String head) {
        boolean said =
                contentType != null && contentType.toLowerCase(Locale.ROOT).contains("charset");
        var meta = META.matcher(head);
        return said || !meta.find() ? contentType : "text/html; charset=" + meta.group(1);
    }

    /** The same page with no more than so many characters of its text. */
    static RawArticle.Page cut(RawArticle.Page page, int characters) {
        var html = page.html();
        if (html == null || html.length() <= characters) {
            return page;
        }
        int end = html.lastIndexOf('>', characters);
        var kept = html.substring(0, end < 0 ? 0 : end + 1);
        return new RawArticle.Page(
                page.url(),
                page.finalUrl(),
                page.status(),
                page.fetchedAt(),
                page.contentType(),
                kept,
                EntryDigest.sha256(kept),
                true);
    }
}
