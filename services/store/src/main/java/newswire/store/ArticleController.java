package newswire.store;

import jakarta.validation.Valid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import newswire.contract.ArticleId;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The articles. */
@RestController
@RequestMapping("/api/articles")
class ArticleController {
    private final ArticleSearch search;
    private final ArticleTable table;
    private final RevisionTable revisions;
    private final Takedowns takedowns;

    ArticleController(ArticleSearch search, ArticleTable table, RevisionTable revisions, Takedowns takedowns) {
        this.search = search;
        this.table = table;
        this.revisions = revisions;
        this.takedowns = takedowns;
    }

    /**
     * A page of what was found.
     *
     * @param facets if they were asked for
     * @param highlights by article, as HTML, if they were asked for
     */
    record Found(
            List<RawJson> items,
            @Nullable String next,
            @Nullable Map<String, List<ArticleSearch.Count>> facets,
            @Nullable Map<UUID, String> highlights) {}

    /** Finds articles. */
    @GetMapping
    Found find(@Valid SearchRequest wanted) {
        var query = wanted.query();
        var page = search.find(query);
        var text = query.text();
        return new Found(
                page.items(),
                page.next(),
                Boolean.TRUE.equals(wanted.facets()) ? search.facets(query) : null,
                text != null && Boolean.TRUE.equals(wanted.highlight()) ? search.highlights(text, ids(page)) : null);
    }

    private static List<UUID> ids(ArticleSearch.Page page) {
        return page.items().stream()
                .map(item -> Encoding.json().readTree(item.json()).path("uri").asString())
                .map(uri -> new ArticleId(uri).value())
                .toList();
    }

    /**
     * One article.
     *
     * @param at what it said then; absent = as it is now
     */
    @GetMapping("/{id}")
    RawJson find(@PathVariable UUID id, @RequestParam @Nullable Instant at) {
        return (at == null ? table.find(id) : revisions.at(id, at)).orElseThrow(() -> Refusal.notFound("article", id));
    }

    /** Takes an article down, for good: from table, history and search here, and by a tombstone for all readers of the topic. */
    @DeleteMapping("/{id}")
    ResponseEntity<Void> takeDown(@PathVariable UUID id) {
        boolean gone = table.isTakenDown(id).orElseThrow(() -> Refusal.notFound("article", id));
        if (!gone) {
            takedowns.takeDown(id);
        }
        return ResponseEntity.noContent().build();
    }
}
