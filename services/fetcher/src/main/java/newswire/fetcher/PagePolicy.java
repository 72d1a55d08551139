package newswire.fetcher;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import newswire.contract.Feed;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;

/** Which entries' pages are fetched. */
final class PagePolicy {
    private PagePolicy() {}

    /** An entry and where its page is. */
    record Wanted(FeedDocument.Entry entry, URI page) {}

    /**
     * Of what a poll found: the pages of entries that were sent, in the document's order.
     *
     * @param articles whose document it was
     */
    static List<Wanted> wanted(
            RawArticles articles, List<SeenEntries.Sighting> sightings, FetcherProperties.Pages settings) {
        var entries = articles.document().entries();
        boolean any = sightings.stream().anyMatch(PagePolicy::worthAPage);
        if (!any || !asksForPages(articles.feed().content().source(), entries)) {
            return List.of();
        }
        var wanted = new ArrayList<Wanted>();
        var pages = new HashSet<URI>();
        for (var sighting : sightings) {
            var page = worthAPage(sighting) ? page(sighting.entry(), articles.url()) : null;
            if (page != null && pages.add(page)) {
                wanted.add(new Wanted(sighting.entry(), page));
            }
        }
        boolean first = articles.via() == RawArticle.Via.BACKFILL; // then they may be old
        int most = first ? settings.first() : settings.waiting();
        return List.copyOf(wanted.subList(0, Math.min(most, wanted.size())));
    }

    private static boolean worthAPage(SeenEntries.Sighting sighting) {
        return sighting.kind() == SeenEntries.Kind.NEW || sighting.kind() == SeenEntries.Kind.CHANGED;
    }

    /** AUTO means the page if no entry of the document has more than a summary. */
    private static boolean asksForPages(Feed.Content.@Nullable Source source, List<FeedDocument.Entry> entries) {
        return switch (source == null ? Feed.Content.Source.AUTO : source) {
            case FEED -> false;
            case PAGE -> true;
            case AUTO -> entries.stream().noneMatch(entry -> entry.facts().full());
        };
    }

    /** A home page is nobody's article. */
    private static @Nullable URI page(FeedDocument.Entry entry, URI document) {
        var page = Gaps.older(document, entry.facts().link());
        boolean home =
                page == null || page.getRawPath() == null || page.getRawPath().length() <= 1;
        return home && (page == null || page.getRawQuery() == null) ? null : page;
    }
}
