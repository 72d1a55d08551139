package newswire.fetcher;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jdom2.Element;

/** Reads which sitemaps an index names. */
final class XmlSitemapIndex {
    private static final int MOST = 2_000;

    private record Sitemap(String place, String changed) {}

    private XmlSitemapIndex() {}

    /** The W3C's dates are in the order of their letters, as far as it matters here. */
    static FeedDocument.SitemapIndex read(Element root) {
        var sitemaps = new ArrayList<Sitemap>();
        for (var child : root.getChildren()) {
            var place = text(child, "loc");
            if (child.getName().equals("sitemap") && !place.isEmpty() && sitemaps.size() < MOST) {
                sitemaps.add(new Sitemap(place, text(child, "lastmod")));
            }
        }
        sitemaps.sort(Comparator.comparing((Sitemap one) -> OlderParts.isOfNews(one.place()))
                .thenComparing(Sitemap::changed)
                .reversed());
        return new FeedDocument.SitemapIndex(
                List.copyOf(sitemaps.stream().map(Sitemap::place).distinct().toList()));
    }

    private static String text(Element parent, String name) {
        for (var child : parent.getChildren()) {
            if (child.getName().equals(name)) {
                return child.getValue().strip();
            }
        }
        return "";
    }
}
