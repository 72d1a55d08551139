package newswire.store;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import newswire.contract.Feed;
import newswire.contract.FeedId;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One feed for people: how it fares and why, and what can be done about it. */
@RestController
@RequestMapping("/feeds/{id}")
class FeedPageController {
    private static final MediaType HTML = MediaType.valueOf(MediaType.TEXT_HTML_VALUE + ";charset=UTF-8");
    private static final Map<String, String> TOLD = Map.of(
            "added", "The feed was added. Its first poll comes as soon as its publisher's budget allows.",
            "known", "The feed was here already, and stays as it is.",
            "changed", "The change is made.",
            "paused", "The feed is not polled any more until it is resumed.",
            "resumed", "The feed is polled again.",
            "polled", "The feed will be polled as soon as its publisher's budget allows.");

    private final Feeds feeds;
    private final FeedTable table;
    private final Templates templates;

    FeedPageController(Feeds feeds, FeedTable table, Templates templates) {
        this.feeds = feeds;
        this.table = table;
        this.templates = templates;
    }

    /** @param told what became of the last wish, by its key */
    @GetMapping
    ResponseEntity<String> show(
            @PathVariable UUID id, @RequestParam(defaultValue = "") String told, HttpServletRequest request) {
        return page(HttpStatus.OK, id, TOLD.get(told), null, request);
    }

    private ResponseEntity<String> page(
            HttpStatusCode status,
            UUID id,
            @Nullable String told,
            @Nullable String refused,
            HttpServletRequest request) {
        var summary = FeedSummary.of(table.find(id).orElseThrow(() -> Refusal.notFound("feed", id)));
        return ResponseEntity.status(status)
                .contentType(HTML)
                .body(templates.html(
                        "feed", new FeedPage(Shell.of(summary.title(), "feeds", request), summary, told, refused)));
    }

    /** Changes the definition, unless somebody else did since the form was shown. */
    @PostMapping
    ResponseEntity<String> change(@PathVariable UUID id, FeedPage.Edit edit, HttpServletRequest request) {
        return changed(id, edit.revision(), feed -> FeedPatch.apply(feed, edit.patch(feed), now()), "changed", request);
    }

    @PostMapping("/pause")
    ResponseEntity<String> pause(@PathVariable UUID id, HttpServletRequest request) {
        return changed(id, null, feed -> enabled(feed, false), "paused", request);
    }

    @PostMapping("/resume")
    ResponseEntity<String> resume(@PathVariable UUID id, HttpServletRequest request) {
        return changed(id, null, feed -> enabled(feed, true), "resumed", request);
    }

    private static Feed enabled(Feed feed, boolean enabled) {
        return feed.enabled() == enabled
                ? feed
                : FeedPatch.apply(feed, Encoding.json().createObjectNode().put("enabled", enabled), now());
    }

    @PostMapping("/poll")
    ResponseEntity<String> poll(@PathVariable UUID id, HttpServletRequest request) {
        return changed(id, null, FeedEditController::polledNow, "polled", request);
    }

    private ResponseEntity<String> changed(
            UUID id, @Nullable Integer revision, UnaryOperator<Feed> change, String told, HttpServletRequest request) {
        try {
            return switch (feeds.change(new FeedId(id), revision, change)) {
                case Feeds.Changed.Done _ -> seeOther("/feeds/" + id + "?told=" + told);
                case Feeds.Changed.Missing _ -> throw Refusal.notFound("feed", id);
                case Feeds.Changed.Stale _ ->
                    page(
                            HttpStatus.PRECONDITION_FAILED,
                            id,
                            null,
                            "Somebody else changed the feed meanwhile. This is how it is now: look again, and decide"
                                    + " anew.",
                            request);
            };
        } catch (Refusal ex) {
            if (ex.getStatusCode().equals(HttpStatus.NOT_FOUND)) {
                throw ex;
            }
            return page(ex.getStatusCode(), id, null, ex.getBody().getDetail(), request);
        }
    }

    /** @param confirmed that it is meant */
    @PostMapping("/remove")
    ResponseEntity<String> remove(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean confirmed,
            HttpServletRequest request) {
        if (!confirmed) {
            return page(HttpStatus.BAD_REQUEST, id, null, "Say that it is meant.", request);
        }
        if (!feeds.remove(new FeedId(id))) {
            throw Refusal.notFound("feed", id);
        }
        return seeOther("/feeds");
    }

    private static ResponseEntity<String> seeOther(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .build();
    }

    private static Instant now() {
        return InstantSource.system().instant();
    }
}
