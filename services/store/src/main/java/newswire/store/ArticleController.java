package newswire.store;

import jakarta.validation.Valid;
import java.time.Instant;
import java.util.UUID;
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

    /** Finds articles, newest first. */
    @GetMapping
    ArticleSearch.Page find(@Valid SearchRequest wanted) {
        return search.find(wanted.query());
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
