package newswire.fetcher;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A feed that a page names in a {@code <link rel="alternate">}.
 *
 * @param title what the page calls it
 */
record FeedLink(URI url, @Nullable String title) {
    private static final int FARTHEST = 512 * 1024;
    private static final int MOST = 10;
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_URL = 2_048;
    private static final Set<String> TYPES = Set.of(
            "application/rss+xml",
            "application/atom+xml",
            "application/rdf+xml",
            "application/feed+json",
            "application/xml",
            "text/xml");

    /** The feeds of a page, in its order. */
    static List<FeedLink> in(String page, URI url) {
        var head = page.substring(0, Math.min(page.length(), FARTHEST));
        var lower = head.toLowerCase(Locale.ROOT);
        var base = url;
        var links = new ArrayList<FeedLink>();
        var known = new HashSet<URI>();
        for (int at = lower.indexOf('<'); at >= 0 && links.size() < MOST; at = lower.indexOf('<', at + 1)) {
            boolean link = lower.startsWith("<link", at);
            var tag = link || lower.startsWith("<base", at) ? XmlTag.read(head, at, new HashSet<>()) : null;
            var target = tag == null ? null : resolved(base, value(tag, "href"));
            if (tag == null || target == null) {
                continue;
            }
            if (!link) {
                base = target;
            } else if (leadsToFeed(tag) && known.add(target)) {
                links.add(new FeedLink(target, title(tag)));
            }
        }
        return links;
    }

    private static boolean leadsToFeed(XmlTag tag) {
        var rel = List.of(value(tag, "rel").toLowerCase(Locale.ROOT).split("\\s+"));
        var type = value(tag, "type")
                .toLowerCase(Locale.ROOT)
                .replaceFirst(";.*", "")
                .strip();
        return (rel.contains("alternate") || rel.contains("feed")) && TYPES.contains(type);
    }

    private static String value(XmlTag tag, String name) {
        return tag.attributes().stream()
                .filter(attribute -> attribute.name().equalsIgnoreCase(name))
                .map(attribute -> attribute
                        .value()
                        .replaceAll("(?i)&(?:amp|#38|#x26);", "&")
                        .strip())
                .findFirst()
                .orElse("");
    }

    private static @Nullable String title(XmlTag tag) {
        var title = value(tag, "title");
        return title.isEmpty() ? null : title.substring(0, Math.min(title.length(), LONGEST_TITLE));
    }

    /** A web address, or nothing. */
    static @Nullable URI resolved(URI base, String href) {
        try {
            var url = base.resolve(
                    href.replaceFirst("(?i)^feed:(?://)?(?=https?:)", "").replace(" ", "%20"));
            var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("http") || scheme.equals("https");
            return href.isEmpty()
                            || !web
                            || url.getHost() == null
                            || url.toString().length() > LONGEST_URL
                    ? null
                    : url;
        } catch (IllegalArgumentException ex) {
            return null; // pages are full of what is no address
        }
    }
}
