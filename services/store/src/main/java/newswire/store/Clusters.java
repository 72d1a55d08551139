package newswire.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import newswire.contract.Article;
import org.springframework.stereotype.Component;

/**
 * One text as many print it, such as an agency's: grouped around whoever had it first. Nothing is merged and nothing kept but
 * which articles a person took out of their group, so a group follows its articles and anything can be undone.
 */
@Component
class Clusters {
    private static final int MOST_HOPS = 10;
    private static final Comparator<Related> EARLIEST =
            Comparator.comparing(Related::firstCreated).thenComparing(Related::id);

    private final ArticleTable articles;
    private final RelatedTable near;

    Clusters(ArticleTable articles, RelatedTable near) {
        this.articles = articles;
        this.near = near;
    }

    /**
     * A group.
     *
     * @param first whoever had the text first
     * @param items all that have it, the first first
     * @param apart whether the article that was asked for was taken out, and so stands alone
     */
    record Cluster(UUID first, List<Related> items, boolean apart) {
        Cluster {
            items = List.copyOf(items);
        }
    }

    /** The articles that are near one, the nearest first; nothing if there is no such article. */
    Optional<List<Related>> near(UUID id) {
        return article(id).map(article -> near(article));
    }

    private Optional<Article> article(UUID id) {
        return articles.find(id).map(found -> RevisionTable.article(found.json()));
    }

    private List<Related> near(Article article) {
        var text = OutputFeed.text(article);
        return Related.of(text == null ? "" : text, near.of(article.id().value()));
    }

    /** The group of an article; nothing if there is no such article. */
    Optional<Cluster> of(UUID id) {
        var article = article(id);
        if (article.isEmpty()) {
            return Optional.empty();
        }
        var own = itself(article.get());
        if (!near.apart(List.of(id)).isEmpty()) {
            return Optional.of(new Cluster(id, List.of(own), true));
        }
        return Optional.of(around(own, together(article.get())));
    }

    private static Related itself(Article article) {
        return new Related(
                article.id().value(),
                article.title(),
                OutputFeed.publisher(article),
                article.language(),
                article.firstCreated(),
                1,
                "itself");
    }

    private List<Related> together(Article article) {
        var all = near(article);
        var apart = near.apart(all.stream().map(Related::id).toList());
        return all.stream().filter(one -> !apart.contains(one.id())).toList();
    }

    /** Goes back to the first, and takes what is near to that. Who is near to a copy only is in no group of the first's. */
    private Cluster around(Related own, List<Related> others) {
        var centre = own;
        var around = others;
        var seen = new HashSet<UUID>();
        for (int hop = 0; hop < MOST_HOPS && seen.add(centre.id()); hop++) {
            var earliest = around.stream().min(EARLIEST);
            if (earliest.isEmpty() || EARLIEST.compare(centre, earliest.get()) < 0) {
                break;
            }
            var article = article(earliest.get().id());
            if (article.isEmpty()) {
                break;
            }
            centre = itself(article.get());
            around = together(article.get());
        }
        boolean within = centre.id().equals(own.id())
                || around.stream().anyMatch(one -> one.id().equals(own.id()));
        return within ? cluster(centre, around) : cluster(own, List.of());
    }

    private static Cluster cluster(Related first, List<Related> others) {
        var items = new ArrayList<Related>();
        items.add(first);
        others.stream().sorted(EARLIEST).forEach(items::add);
        return new Cluster(first.id(), items, false);
    }

    /** Takes an article out of its group for good, or lets it in again; false if there is no such article. */
    boolean setApart(UUID id, boolean apart) {
        if (articles.find(id).isEmpty()) {
            return false;
        }
        near.setApart(id, apart);
        return true;
    }
}
