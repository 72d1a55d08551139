package newswire.store;

import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The articles. */
@RestController
@RequestMapping("/api/articles")
class ArticleController {
    private static final int MOST = 200;

    private final ArticleSearch search;
    private final ArticleTable table;

    ArticleController(ArticleSearch search, ArticleTable table) {
        this.search = search;
        this.table = table;
    }

    /** Revisions, newest first. */
    record Revisions(List<RawJson> items) {}

    /**
     * Finds articles, newest first.
     *
     * @param limit clamped to 1 … 200
     * @param cursor {@code next} of the page before
     */
    @GetMapping
    ArticleSearch.Page find(
            @RequestParam @Nullable @Size(max = 200) String q,
            @RequestParam @Nullable UUID feed,
            @RequestParam @Nullable @Size(max = 300) String publisher,
            @RequestParam @Nullable @Size(max = 35) String language,
            @RequestParam @Nullable Instant from,
            @RequestParam @Nullable Instant to,
            @RequestParam @Nullable String cursor,
            @RequestParam(defaultValue = "20") int limit) {
        return search.find(new ArticleSearch.Query(
                text("q", q),
                feed,
                text("publisher", publisher),
                text("language", language),
                from,
                to,
                position(cursor),
                Math.clamp(limit, 1, MOST)));
    }

    @GetMapping("/{id}")
    RawJson find(@PathVariable UUID id) {
        return table.find(id).orElseThrow(() -> Refusal.notFound("article", id));
    }

    /** Every state of an article. */
    @GetMapping("/{id}/revisions")
    Revisions revisions(@PathVariable UUID id) {
        var revisions = table.revisions(id);
        if (revisions.isEmpty()) {
            throw Refusal.notFound("article", id);
        }
        return new Revisions(revisions);
    }

    /** PostgreSQL has no U+0000 in a text. */
    private static @Nullable String text(String field, @Nullable String value) {
        if (value != null && value.indexOf('\0') >= 0) {
            throw Refusal.badField(field, "must not contain U+0000");
        }
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static ArticleSearch.@Nullable Position position(@Nullable String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return null;
        }
        try {
            return ArticleSearch.Position.of(cursor);
        } catch (IllegalArgumentException ex) {
            throw Refusal.badField("cursor", "is not one that this API gave out; start again without it");
        }
    }
}
