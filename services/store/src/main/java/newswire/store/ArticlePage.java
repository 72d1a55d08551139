package newswire.store;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import newswire.contract.Article;
import org.jspecify.annotations.Nullable;

/**
 * An article with all that belongs to it, as its template wants it.
 *
 * @param article the state that is shown
 * @param all its states, the newest first
 * @param near articles that say nearly the same
 */
record ArticlePage(Shell shell, Article article, List<Article> all, List<Related> near, Clusters.Cluster cluster) {
    ArticlePage {
        all = List.copyOf(all);
        near = List.copyOf(near);
    }

    /** What was asked about taking an article down, and what became of it. */
    record TakeDown(Shell shell, UUID id, boolean gone) {}

    /** Two states of an article beside each other. */
    record Diff(Shell shell, UUID id, ArticleDiff diff, List<Article> all) {
        Diff {
            all = List.copyOf(all);
        }
    }

    /** Where a state of an article comes from. */
    record Lineage(Shell shell, UUID id, String title, ArticleHistory.Origins origins) {}

    UUID id() {
        return article.id().value();
    }

    boolean isNewest() {
        return article.version().equals(all.getFirst().version());
    }

    @Nullable
    String lang() {
        return Shown.lang(article.language());
    }

    String publisher() {
        var publisher = OutputFeed.publisher(article);
        return publisher == null ? "unknown publisher" : publisher;
    }

    /** Where to read it at its publisher. */
    @Nullable
    String original() {
        return Shown.link(article.url());
    }

    /** The text as HTML, sanitised when it was normalized; null if there is none. */
    @Nullable
    String content() {
        return OutputFeed.content(article);
    }

    /** A summary that the text does not begin with anyway. */
    @Nullable
    String standfirst() {
        var summary = OutputFeed.summary(article);
        var text = OutputFeed.text(article);
        boolean repeats = summary != null
                && text != null
                && text.startsWith(summary.substring(0, Math.min(60, summary.length())));
        return repeats ? null : summary;
    }

    /** What differs from the revision before, if it was said. */
    static String changes(Article revision) {
        return revision.revision().changed().isEmpty()
                ? ""
                : "changed: "
                        + revision.revision().changed().stream()
                                .map(Shown::words)
                                .collect(Collectors.joining(", "));
    }

    static @Nullable String caption(Article.Association association) {
        return association.descriptions().stream()
                .filter(description -> description.role().equals("caption"))
                .map(Article.Description::value)
                .findFirst()
                .orElse(association.title());
    }

    static @Nullable String address(Article.Association association) {
        return association.renditions().isEmpty()
                ? null
                : Shown.link(association.renditions().getFirst().href());
    }

    String people() {
        return article.contributors().stream()
                .map(person -> person.name() + " (" + Shown.words(person.role()) + ")")
                .collect(Collectors.joining(", "));
    }

    String words() {
        var count =
                article.bodies().isEmpty() ? null : article.bodies().getFirst().wordCount();
        return count == null ? "" : Shown.number(count);
    }

    String places() {
        return article.places().stream()
                .map(Article.Place::name)
                .filter(name -> name != null)
                .collect(Collectors.joining(", "));
    }

    /** How near another is, in percent. */
    static String score(Related related) {
        return Math.round(related.score() * 100) + " %";
    }
}
