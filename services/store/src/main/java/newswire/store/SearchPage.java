package newswire.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import newswire.contract.Article;
import org.jspecify.annotations.Nullable;

/**
 * What a search found, as its template wants it.
 *
 * @param next where the page is that follows
 */
record SearchPage(
        Shell shell,
        SearchForm form,
        List<Hit> hits,
        List<Facet> facets,
        List<Active> active,
        @Nullable String next) {
    private static final int LONGEST_PASSAGE = 320;

    SearchPage {
        hits = List.copyOf(hits);
        facets = List.copyOf(facets);
        active = List.copyOf(active);
    }

    /**
     * An article that was found.
     *
     * @param lang of title and passage, if it is known
     * @param passage of its text, as HTML
     */
    record Hit(
            UUID id,
            @Nullable String lang,
            String title,
            String passage,
            String publisher,
            @Nullable String by,
            Instant published,
            int revision,
            boolean withdrawn) {
        static Hit of(Article article, @Nullable String highlight) {
            var publisher = OutputFeed.publisher(article);
            return new Hit(
                    article.id().value(),
                    Shown.lang(article.language()),
                    article.title(),
                    highlight == null ? Markup.escape(passage(article)) : highlight,
                    publisher == null ? "unknown publisher" : publisher,
                    article.by(),
                    OutputFeed.published(article),
                    article.revision().number(),
                    article.pubStatus() != Article.PubStatus.USABLE);
        }

        private static String passage(Article article) {
            var text = Stream.of(OutputFeed.summary(article), OutputFeed.text(article))
                    .filter(Objects::nonNull)
                    .filter(some -> !some.isBlank())
                    .findFirst()
                    .orElse("");
            return Shown.cut(text, LONGEST_PASSAGE);
        }
    }

    /** A property by which to narrow a search down. */
    record Facet(String title, List<Choice> choices) {
        Facet {
            choices = List.copyOf(choices);
        }
    }

    /** A value of a property, how many have it, and where to find these. */
    record Choice(String text, long count, String href) {}

    /** What a search is narrowed down by, and where it is without that. */
    record Active(String name, String value, String without) {}

    /** @param feedTitle of the feed that the search is about */
    static List<Active> active(SearchForm form, @Nullable String feedTitle) {
        var active = new ArrayList<Active>();
        add(active, "Publisher", form.publisher(), form.without("publisher"));
        add(active, "Language", form.language() == null ? null : language(form.language()), form.without("language"));
        add(active, "Subject", form.subject(), form.without("subject"));
        add(active, "Feed", feedTitle, form.without("feed"));
        if (form.from() != null && form.from().equals(form.to())) {
            add(active, "Day", form.from().toString(), form.without("from", "to"));
        } else {
            add(active, "From", form.from() == null ? null : form.from().toString(), form.without("from"));
            add(active, "To", form.to() == null ? null : form.to().toString(), form.without("to"));
        }
        return active;
    }

    private static void add(List<Active> active, String name, @Nullable String value, String without) {
        if (value != null && !value.isBlank()) {
            active.add(new Active(name, value, without));
        }
    }

    private static String language(String tag) {
        return tag.isBlank() ? "" : Shown.language(tag.strip());
    }

    static List<Facet> facets(SearchForm form, Map<String, List<ArticleSearch.Count>> counts) {
        return Stream.of(
                        facet("Publisher", counts.get("publisher"), form, SearchPage::publisher),
                        facet("Language", counts.get("language"), form, SearchPage::language),
                        facet("Subject", counts.get("subject"), form, SearchPage::subject),
                        facet("Day", counts.get("day"), form, SearchPage::day))
                .filter(facet -> !facet.choices().isEmpty())
                .toList();
    }

    private static Facet facet(
            String title,
            @Nullable List<ArticleSearch.Count> counts,
            SearchForm form,
            BiFunction<SearchForm, ArticleSearch.Count, Choice> choice) {
        return new Facet(
                title,
                counts == null
                        ? List.of()
                        : counts.stream()
                                .map(count -> choice.apply(form, count))
                                .toList());
    }

    private static Choice publisher(SearchForm form, ArticleSearch.Count count) {
        return new Choice(count.value(), count.count(), form.with(Map.of("publisher", count.value())));
    }

    private static Choice language(SearchForm form, ArticleSearch.Count count) {
        return new Choice(Shown.language(count.value()), count.count(), form.with(Map.of("language", count.value())));
    }

    private static Choice subject(SearchForm form, ArticleSearch.Count count) {
        return new Choice(count.value(), count.count(), form.with(Map.of("subject", count.value())));
    }

    private static Choice day(SearchForm form, ArticleSearch.Count count) {
        return new Choice(count.value(), count.count(), form.with(Map.of("from", count.value(), "to", count.value())));
    }
}
