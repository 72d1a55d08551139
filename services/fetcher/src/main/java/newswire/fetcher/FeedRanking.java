package newswire.fetcher;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import newswire.contract.FeedState;
import newswire.contract.Format;
import org.jspecify.annotations.Nullable;

/** Which of several feeds a page stands for. Where two are about as good and not the same, it is not for us to say. */
final class FeedRanking {
    private static final int CLEAR = 30;
    private static final int LONGEST_TITLE = 200;
    private static final Pattern COMMENTS =
            Pattern.compile("(?i)\\b(?:comments?|replies|kommentare?|commentaires?|comentarios|commenti)\\b");
    private static final Pattern PART =
            Pattern.compile("(?i)/(?:tags?|categor(?:y|ies)|authors?|topics?|search|podcasts?)/");
    private static final Pattern SYNTAX =
            Pattern.compile("(?i)[\\W_]*\\b(?:rss|atom|json|feeds?|xml|2\\.0|1\\.0|0\\.91)\\b[\\W_]*");

    private FeedRanking() {}

    /** @param place among the feeds that the page names, from 0 */
    static FeedState.Candidate ranked(
            URI page, URI url, String found, @Nullable String title, Format format, int items, int place) {
        var cut = title == null ? null : title.substring(0, Math.min(title.length(), LONGEST_TITLE));
        int score = way(found) + syntax(format) + about(page, url, cut) + (items == 0 ? -40 : 0) - Math.min(place, 9);
        return new FeedState.Candidate(url, found, cut, format, items, score);
    }

    private static int way(String found) {
        return switch (found) {
            case "link" -> 100;
            case "well-known" -> 80;
            default -> 60;
        };
    }

    /** By what entries usually bring along. */
    private static int syntax(Format format) {
        return switch (format) {
            case ATOM_1_0, RSS_2_0 -> 3;
            case JSON_FEED_1_0, JSON_FEED_1_1, RSS_1_0 -> 2;
            case ATOM_0_3, RSS_0_9X -> 1;
            case NEWS_SITEMAP -> 0;
        };
    }

    private static int about(URI page, URI url, @Nullable String title) {
        var path = String.valueOf(url.getPath());
        boolean comments = COMMENTS.matcher(path.replace('_', ' ')).find()
                || (title != null && COMMENTS.matcher(title).find());
        boolean part =
                PART.matcher(path).find() && !PART.matcher(page.getPath() + "/").find();
        var own = String.valueOf(page.getPath()).replaceFirst("/+$", "");
        boolean below = own.length() > 1 && path.startsWith(own + "/");
        boolean elsewhere = !String.valueOf(page.getHost()).equalsIgnoreCase(url.getHost());
        return (comments ? -60 : 0) + (part ? -40 : 0) + (below ? 35 : 0) + (elsewhere ? -5 : 0);
    }

    static List<FeedState.Candidate> sorted(List<FeedState.Candidate> found) {
        return found.stream()
                .sorted(Comparator.comparingInt(FeedState.Candidate::score).reversed())
                .toList();
    }

    /** The best of sorted candidates, if it is clear: no other comes near but the same feed in another syntax. */
    static @Nullable URI best(List<FeedState.Candidate> sorted) {
        if (sorted.isEmpty()) {
            return null;
        }
        var best = sorted.getFirst();
        boolean clear = sorted.stream()
                .allMatch(other -> other.equals(best)
                        || other.score() <= best.score() - CLEAR
                        || same(best.title(), other.title()));
        return clear ? best.xmlUrl() : null;
    }

    private static boolean same(@Nullable String title, @Nullable String other) {
        return title != null && other != null && plain(title).equals(plain(other));
    }

    private static String plain(String title) {
        return SYNTAX.matcher(title.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }
}
