package newswire.store;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.util.Map;
import java.util.UUID;
import newswire.contract.Article;
import newswire.contract.Feed;
import newswire.contract.FeedId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The first page: what there is, the newest first, and what a search finds of it. */
@RestController
class SearchPageController {
    private final ArticleSearch search;
    private final FeedTable feeds;
    private final Templates templates;

    SearchPageController(ArticleSearch search, FeedTable feeds, Templates templates) {
        this.search = search;
        this.feeds = feeds;
        this.templates = templates;
    }

    @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    String find(@Valid SearchForm form, HttpServletRequest request) {
        var query = form.request().query();
        var found = search.find(query);
        var articles = found.items().stream()
                .map(item -> RevisionTable.article(item.json()))
                .toList();
        var text = query.text();
        var highlights = text == null
                ? Map.<UUID, String>of()
                : search.highlights(
                        text,
                        articles.stream().map(article -> article.id().value()).toList());
        return templates.html(
                "search",
                new SearchPage(
                        Shell.of(form.q() == null || form.q().isBlank() ? "Articles" : form.q(), "search", request),
                        form,
                        articles.stream()
                                .map(article -> SearchPage.Hit.of(article, highlight(article, highlights)))
                                .toList(),
                        SearchPage.facets(form, search.facets(query)),
                        SearchPage.active(form, feedTitle(form.feed())),
                        found.next() == null ? null : form.next(found.next())));
    }

    /** PostgreSQL has none for what was found by its publisher alone. */
    private static @Nullable String highlight(Article article, Map<UUID, String> highlights) {
        var passage = highlights.get(article.id().value());
        return passage != null && passage.contains("<mark>") ? passage : null;
    }

    private @Nullable String feedTitle(@Nullable UUID id) {
        return id == null
                ? null
                : feeds.definition(new FeedId(id)).map(Feed::title).orElse(id.toString());
    }
}
