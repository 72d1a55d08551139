package newswire.store;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The history of an article, and where it comes from. */
@RestController
@RequestMapping("/api/articles/{id}")
class RevisionController {
    private final RevisionTable table;
    private final ArticleHistory history;

    RevisionController(RevisionTable table, ArticleHistory history) {
        this.table = table;
        this.history = history;
    }

    /** Revisions, newest first. */
    record Revisions(List<RawJson> items) {}

    /** Every state of an article. */
    @GetMapping("/revisions")
    Revisions all(@PathVariable UUID id) {
        var revisions = table.all(id);
        if (revisions.isEmpty()) {
            throw Refusal.notFound("article", id);
        }
        return new Revisions(revisions);
    }

    /** One state of an article: {@code 2}, or {@code 2.0} with the generation of the rules. */
    @GetMapping("/revisions/{version}")
    RawJson find(@PathVariable UUID id, @PathVariable String version) {
        return table.find(id, ArticleHistory.version("version", version))
                .orElseThrow(() -> Refusal.notFound("revision " + version + " of article", id));
    }

    /**
     * What differs between two states.
     *
     * @param from absent = the one before
     * @param to absent = the last
     */
    @GetMapping("/diff")
    ArticleDiff diff(@PathVariable UUID id, @RequestParam @Nullable String from, @RequestParam @Nullable String to) {
        return history.diff(id, from, to);
    }

    /** The same as an HTML fragment. */
    @GetMapping(path = "/diff", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    String diffPage(@PathVariable UUID id, @RequestParam @Nullable String from, @RequestParam @Nullable String to) {
        return diff(id, from, to).html();
    }

    /**
     * Where a state of an article comes from.
     *
     * @param version absent = the last
     */
    @GetMapping("/lineage")
    ArticleHistory.Origins lineage(@PathVariable UUID id, @RequestParam @Nullable String version) {
        return history.lineage(id, version);
    }
}
