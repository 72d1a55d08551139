package newswire.fetcher;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

/** Where the older parts of a feed are, and which of their entries belong to a gap. */
final class OlderParts {
    private static final Pattern PAGED = Pattern.compile("([?&]paged=)(\\d{1,4})(?=&|$)");

    private OlderParts() {}

    /** The first place to look: where the document said, or where WordPress always has it. */
    static @Nullable URI first(URI feed, FeedState.Gap gap, @Nullable String generator) {
        return gap.next() != null ? gap.next() : isWordPress(generator) ? paged(feed, 2) : null;
    }

    /** The place after a document that was read, or nothing if it was the last. */
    static @Nullable URI after(URI url, ChannelFacts facts) {
        var link = Gaps.older(url, facts.older());
        if (link != null) {
            return link;
        }
        var paged = PAGED.matcher(String.valueOf(url.getRawQuery()).isEmpty() ? "" : url.toString());
        if (paged.find()) {
            return paged(url, Integer.parseInt(paged.group(2)) + 1);
        }
        return isWordPress(facts.generator()) ? paged(url, 2) : null;
    }

    private static boolean isWordPress(@Nullable String generator) {
        return generator != null && generator.toLowerCase(Locale.ROOT).contains("wordpress");
    }

    private static URI paged(URI url, int page) {
        var text = url.toString().replaceFirst("#.*$", "");
        var found = PAGED.matcher(text);
        if (found.find()) {
            return URI.create(found.replaceFirst("$1" + page));
        }
        return URI.create(text + (url.getRawQuery() == null ? "?" : "&") + "paged=" + page);
    }

    /** Sitemaps that may be one of news, by their names, before those of which the name does not tell. */
    static List<URI> newsSitemaps(URI feed, List<String> ofRobots) {
        var usual = Stream.of("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml");
        var named = ofRobots.stream().filter(OlderParts::isOfNews);
        return Stream.concat(named, usual)
                .map(link -> Gaps.older(feed, link))
                .filter(java.util.Objects::nonNull)
                .distinct()
                .toList();
    }

    static boolean isOfNews(String sitemap) {
        return sitemap.toLowerCase(Locale.ROOT)
                .replaceFirst("^https?://[^/]*", "")
                .contains("news");
    }

    /** Whether an entry was published in a gap; not if it does not say when. */
    static boolean within(FeedState.Gap gap, FeedDocument.Entry entry) {
        var published = entry.facts().publishedAt();
        return published != null && published.isAfter(gap.from()) && published.isBefore(gap.to());
    }

    /** Whether a document goes back to before a gap. */
    static boolean covers(FeedState.Gap gap, List<FeedDocument.Entry> entries) {
        return entries.stream().anyMatch(entry -> {
            var published = entry.facts().publishedAt();
            return published != null && !published.isAfter(gap.from());
        });
    }
}
