package newswire.store;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import newswire.contract.Article;
import org.jspecify.annotations.Nullable;

/**
 * A search as a feed, before it is written in a format.
 *
 * @param self where this document is
 * @param next where the next page is
 * @param hub WebSub hub that is told of changes
 * @param articles newest first; the withdrawn are among the removed
 */
record OutputFeed(
        String title,
        URI self,
        @Nullable URI next,
        @Nullable URI hub,
        List<Article> articles,
        List<Removed> removed) {
    OutputFeed {
        articles = List.copyOf(articles);
        removed = List.copyOf(removed);
    }

    /** What is gone. */
    record Removed(UUID id, Instant when) {}

    /** Parts what is from what was withdrawn. */
    static OutputFeed of(
            String title,
            URI self,
            @Nullable URI next,
            @Nullable URI hub,
            List<Article> found,
            List<Removed> takenDown) {
        var withdrawn = found.stream()
                .filter(article -> article.pubStatus() != Article.PubStatus.USABLE)
                .map(article -> new Removed(article.id().value(), article.versionCreated()));
        return new OutputFeed(
                title,
                self,
                next,
                hub,
                found.stream()
                        .filter(article -> article.pubStatus() == Article.PubStatus.USABLE)
                        .toList(),
                Stream.concat(withdrawn, takenDown.stream()).toList());
    }

    /** When anything in it last changed. */
    Instant updated() {
        return Stream.concat(
                        articles.stream().map(Article::versionCreated),
                        removed.stream().map(Removed::when))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /** The publisher's date, or else our first sight. */
    static Instant published(Article article) {
        return Objects.requireNonNullElse(article.datePublished(), article.firstCreated());
    }

    static @Nullable String text(Article article) {
        return article.bodies().isEmpty() ? null : article.bodies().getFirst().value();
    }

    /** Sanitised when it was normalized. */
    static @Nullable String html(Article article) {
        return article.bodies().stream()
                .filter(body -> body.role().equals("html"))
                .map(Article.Body::value)
                .findFirst()
                .orElse(null);
    }

    /** The text as HTML, whichever form there is. */
    static @Nullable String content(Article article) {
        var html = html(article);
        var text = text(article);
        return html != null || text == null ? html : "<p>" + Markup.escape(text).replace("\n\n", "</p><p>") + "</p>";
    }

    static @Nullable String summary(Article article) {
        return article.descriptions().stream()
                .filter(description -> description.role().equals("summary"))
                .map(Article.Description::value)
                .findFirst()
                .orElse(null);
    }

    static List<String> authors(Article article) {
        var authors = article.contributors().stream()
                .filter(contributor -> contributor.role().equals("author"))
                .map(Article.Contributor::name)
                .toList();
        return authors.isEmpty() && article.by() != null ? List.of(article.by()) : authors;
    }

    static @Nullable String publisher(Article article) {
        return article.infoSources().isEmpty()
                ? null
                : article.infoSources().getFirst().name();
    }

    /** Pictures, sounds and films that have an address, each in its first form. */
    static Stream<Article.Rendition> media(Article article) {
        return article.associations().stream()
                .flatMap(association -> association.renditions().stream().limit(1))
                .filter(rendition -> rendition.href() != null);
    }
}
