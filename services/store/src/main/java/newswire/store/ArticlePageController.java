package newswire.store;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Articles for people, and what an administrator may do with them. */
@RestController
@RequestMapping("/articles/{id}")
class ArticlePageController {
    private static final String HTML = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8";

    private final ArticleHistory history;
    private final ArticleTable table;
    private final Clusters clusters;
    private final Takedowns takedowns;
    private final Templates templates;

    ArticlePageController(
            ArticleHistory history, ArticleTable table, Clusters clusters, Takedowns takedowns, Templates templates) {
        this.history = history;
        this.table = table;
        this.clusters = clusters;
        this.takedowns = takedowns;
        this.templates = templates;
    }

    /** @param version of the state to show; absent = the last */
    @GetMapping(produces = HTML)
    String show(@PathVariable UUID id, @RequestParam @Nullable String version, HttpServletRequest request) {
        var all = history.all(id);
        var article = version == null ? all.getFirst() : ArticleHistory.find(id, all, version);
        var cluster = clusters.of(id).orElseThrow(() -> Refusal.notFound("article", id));
        return templates.html(
                "article",
                new ArticlePage(
                        Shell.of(article.title(), "search", request),
                        article,
                        all,
                        clusters.near(id).orElse(List.of()),
                        cluster));
    }

    @GetMapping(path = "/diff", produces = HTML)
    String diff(
            @PathVariable UUID id,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to,
            HttpServletRequest request) {
        var diff = history.diff(id, from, to);
        return templates.html(
                "diff", new ArticlePage.Diff(Shell.of("What changed", "search", request), id, diff, history.all(id)));
    }

    @GetMapping(path = "/lineage", produces = HTML)
    String lineage(@PathVariable UUID id, @RequestParam @Nullable String version, HttpServletRequest request) {
        var all = history.all(id);
        return templates.html(
                "lineage",
                new ArticlePage.Lineage(
                        Shell.of("Where it comes from", "search", request),
                        id,
                        all.getFirst().title(),
                        history.lineage(id, version)));
    }

    /** Whether the article is gone for good. */
    @GetMapping(path = "/takedown", produces = HTML)
    String takenDown(@PathVariable UUID id, HttpServletRequest request) {
        boolean gone = table.isTakenDown(id).orElseThrow(() -> Refusal.notFound("article", id));
        return templates.html(
                "takedown",
                new ArticlePage.TakeDown(Shell.of(gone ? "Taken down" : "Take down", "search", request), id, gone));
    }

    /** @param confirmed that it is meant */
    @PostMapping("/takedown")
    ResponseEntity<Void> takeDown(@PathVariable UUID id, @RequestParam(defaultValue = "false") boolean confirmed) {
        boolean gone = table.isTakenDown(id).orElseThrow(() -> Refusal.notFound("article", id));
        if (!gone && confirmed) {
            takedowns.takeDown(id);
        }
        return seeOther("/articles/" + id + "/takedown");
    }

    /** @param apart whether it is to stand alone, or to be with its like again */
    @PostMapping("/cluster")
    ResponseEntity<Void> cluster(@PathVariable UUID id, @RequestParam boolean apart) {
        if (!clusters.setApart(id, apart)) {
            throw Refusal.notFound("article", id);
        }
        return seeOther("/articles/" + id);
    }

    private static ResponseEntity<Void> seeOther(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .build();
    }
}
