package newswire.normalizer;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import newswire.contract.Article;
import org.jspecify.annotations.Nullable;

/** What an article is about, and what kind of piece it is, by the words of its publisher. */
final class Matter {
    private static final int MOST = 50;
    private static final int MOST_PLACES = 20;
    private static final Map<String, String> GENRES = Map.of(
            "AnalysisNewsArticle", "analysis",
            "AskPublicNewsArticle", "ask-public",
            "BackgroundNewsArticle", "background",
            "OpinionNewsArticle", "opinion",
            "ReportageNewsArticle", "reportage",
            "ReviewNewsArticle", "review",
            "SatiricalArticle", "satire",
            "AdvertiserContentArticle", "advertorial",
            "LiveBlogPosting", "live-blog");

    private final Entry entry;
    private final URI base;

    /** @param base of relative references */
    Matter(Entry entry, URI base) {
        this.entry = entry;
        this.base = base;
    }

    /** Categories and keywords, each once. */
    List<Article.Subject> subjects() {
        var subjects = new LinkedHashMap<String, Article.Subject>();
        for (var category : entry.categories()) {
            var name = PlainText.cut(Html.plain(category.name()), 200);
            if (!name.isEmpty() && subjects.size() < MOST) {
                subjects.putIfAbsent(
                        name.toLowerCase(Locale.ROOT),
                        new Article.Subject(name, null, null, category.literal(), "publisher"));
            }
        }
        return List.copyOf(subjects.values());
    }

    /** Where it happens. */
    List<Article.Place> places() {
        return entry.spots().stream()
                .limit(MOST_PLACES)
                .map(spot -> new Article.Place(spot.name(), null, spot.shape()))
                .toList();
    }

    /** What kind of piece it is. */
    List<Article.Concept> genres() {
        return entry.work().genres().stream()
                .filter(GENRES::containsKey)
                .map(type -> new Article.Concept(GENRES.get(type), URI.create("https://schema.org/" + type), null))
                .distinct()
                .toList();
    }

    /** How it was made: IPTC's code, or what stands for it. */
    Article.@Nullable Concept sourceType() {
        var code = entry.work().sourceType();
        if (code == null) {
            return null;
        }
        var address = CanonicalUrl.resolve(base, code);
        boolean web = code.startsWith("http") && address != null;
        return web
                ? new Article.Concept(null, address, code.replaceFirst("^.*/", ""))
                : new Article.Concept(null, null, PlainText.cut(PlainText.line(code), 100));
    }
}
