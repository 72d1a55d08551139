package newswire.store;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import newswire.contract.Feed;
import newswire.contract.FeedId;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Changes to feeds that are there. */
@RestController
@RequestMapping("/api/feeds")
class FeedEditController {
    private static final int MOST_TAGGED = 10_000;

    private final Feeds feeds;
    private final FeedTable table;

    FeedEditController(Feeds feeds, FeedTable table) {
        this.feeds = feeds;
        this.table = table;
    }

    /**
     * Changes a feed by a JSON merge patch, as in {@code {"enabled":false}}.
     *
     * @param match the ETag that the change was made for; then a change that somebody else made meanwhile is not lost
     */
    @PatchMapping(
            path = "/{id}",
            consumes = {"application/merge-patch+json", "application/json"})
    ResponseEntity<FeedTable.FeedView> change(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String match,
            @RequestBody JsonNode patch) {
        changed(id, match, feed -> FeedPatch.apply(feed, patch, now()));
        return FeedController.tagged(table.find(id).orElseThrow(() -> Refusal.notFound("feed", id)));
    }

    /** Has a feed polled as soon as its publisher's budget allows, whatever its schedule says. */
    @PostMapping("/{id}/poll")
    ResponseEntity<Void> poll(@PathVariable UUID id) {
        changed(id, null, FeedEditController::polledNow);
        return ResponseEntity.accepted().build();
    }

    /** A new revision has the fetcher poll at once. */
    static Feed polledNow(Feed feed) {
        if (!feed.enabled()) {
            throw Refusal.conflict("paused", "The feed is paused. Set enabled first.");
        }
        return FeedPatch.apply(feed, Encoding.json().createObjectNode(), now());
    }

    private void changed(UUID id, @Nullable String match, java.util.function.UnaryOperator<Feed> change) {
        switch (feeds.change(new FeedId(id), match == null ? null : revision(match), change)) {
            case Feeds.Changed.Done _ -> {}
            case Feeds.Changed.Missing _ -> throw Refusal.notFound("feed", id);
            case Feeds.Changed.Stale(int now) ->
                throw Refusal.preconditionFailed("Somebody else changed the feed: it is at revision " + now
                        + " now. Read it again and decide anew.");
        }
    }

    /** The tag names the revision, then the state that it was shown with. */
    private static int revision(String match) {
        var text = match.strip().replaceFirst("^W/", "").replace("\"", "").replaceFirst("-.*", "");
        if (!text.matches("\\d{1,9}")) {
            throw Refusal.badField("If-Match", "is not an ETag that this API gave out");
        }
        return Integer.parseInt(text);
    }

    /**
     * Categories to give to feeds and to take from them.
     *
     * @param feeds at most 10,000
     */
    record Tags(
            @NotEmpty @Size(max = MOST_TAGGED) List<UUID> feeds,
            @Nullable @Size(max = 50) List<@NotBlank @Size(max = 300) String> add,
            @Nullable @Size(max = 50) List<@NotBlank @Size(max = 300) String> remove) {}

    /** @param unknown feeds that are not there */
    record Tagged(int changed, int unchanged, List<UUID> unknown) {}

    /** Changes the categories of many feeds at once. */
    @PostMapping("/tags")
    Tagged tag(@Valid @RequestBody Tags tags) {
        var ids = tags.feeds().stream().distinct().map(FeedId::new).toList();
        var outcome = feeds.changeAll(ids, feed -> tagged(feed, tags));
        var unknown = new ArrayList<>(tags.feeds().stream().distinct().toList());
        unknown.removeIf(id -> outcome.found().contains(new FeedId(id)));
        return new Tagged(outcome.changed(), outcome.found().size() - outcome.changed(), unknown);
    }

    private static Feed tagged(Feed feed, Tags tags) {
        var categories = new LinkedHashSet<>(feed.categories());
        if (tags.remove() != null) {
            tags.remove().forEach(categories::remove);
        }
        if (tags.add() != null) {
            categories.addAll(tags.add());
        }
        if (List.copyOf(categories).equals(feed.categories())) {
            return feed;
        }
        var patch = Encoding.json().createObjectNode();
        categories.forEach(patch.putArray("categories")::add);
        return FeedPatch.apply(feed, patch, now());
    }

    /** How the last polls went, when entries were probably missed, and since when the feed is oddly silent. */
    @GetMapping("/{id}/polls")
    RawJson polls(@PathVariable UUID id) {
        return table.polls(id).orElseThrow(() -> Refusal.notFound("feed", id));
    }

    /** All feeds as a subscription list, fit to be imported again. */
    @GetMapping(path = "/opml", produces = "text/x-opml;charset=UTF-8")
    String opml() {
        return Opml.write(table.all());
    }

    private static Instant now() {
        return InstantSource.system().instant();
    }
}
