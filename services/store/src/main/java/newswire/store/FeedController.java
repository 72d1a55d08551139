package newswire.store;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import newswire.contract.FeedId;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The feeds: writes go to the topic, reads come from its projection. */
@RestController
@RequestMapping("/api/feeds")
class FeedController {
    private static final int MOST = 500;

    private final Feeds feeds;
    private final FeedTable table;
    private final StoreProperties properties;

    FeedController(Feeds feeds, FeedTable table, StoreProperties properties) {
        this.feeds = feeds;
        this.table = table;
        this.properties = properties;
    }

    /**
     * A feed to add; all but the address is optional.
     *
     * @param language BCP 47
     * @param categories slash paths
     */
    record NewFeed(
            @NotBlank @Size(max = 2048) String xmlUrl,
            @Nullable @Size(max = 300) String title,
            @Nullable @Size(max = 2048) String htmlUrl,

            @Nullable @Pattern(regexp = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
            String language,

            @Nullable @Size(max = 50) List<@NotBlank @Size(max = 300) String> categories) {}

    /** A page of feeds. */
    record FeedPage(
            List<FeedTable.FeedView> items, @Nullable String next) {}

    /**
     * What became of an OPML document.
     *
     * @param known feeds that were there already, and stay as they are
     */
    record ImportReport(int added, int known, List<Opml.Refused> refused) {}

    /** Adds a feed: 201, or 200 if it is there already. */
    @PostMapping
    ResponseEntity<RawJson> add(@Valid @RequestBody NewFeed wanted) {
        var definition = Feeds.definition(
                url("xmlUrl", wanted.xmlUrl()),
                wanted.title(),
                wanted.htmlUrl() == null ? null : url("htmlUrl", wanted.htmlUrl()),
                wanted.language(),
                wanted.categories() == null ? List.of() : wanted.categories(),
                InstantSource.system().instant());
        return switch (feeds.add(definition)) {
            case Feeds.Added.New(var feed) ->
                ResponseEntity.created(URI.create("/api/feeds/" + feed.feedId()))
                        .body(json(feed));
            case Feeds.Added.Known(var feed) -> ResponseEntity.ok(json(feed));
        };
    }

    /** Adds all feeds of a subscription list. */
    @PostMapping(
            path = "/opml",
            consumes = {"application/xml", "text/xml", "text/x-opml", "application/octet-stream"})
    ImportReport addAll(InputStream body) throws IOException {
        int most = (int) properties.maxBody().toBytes();
        var document = body.readNBytes(most + 1);
        if (document.length > most) {
            throw Refusal.tooLarge("The list has more than " + properties.maxBody() + ". Split it.");
        }
        try {
            var opml = Opml.read(
                    new ByteArrayInputStream(document), InstantSource.system().instant());
            int added = feeds.addAll(opml.feeds());
            return new ImportReport(added, opml.feeds().size() - added, opml.refused());
        } catch (IllegalArgumentException ex) {
            throw Refusal.unprocessable("bad_opml", String.valueOf(ex.getMessage()));
        }
    }

    /** The feeds by title, with what was found at them. */
    @GetMapping
    FeedPage list(
            @RequestParam @Nullable @Size(max = 200) String q,
            @RequestParam @Nullable @Pattern(regexp = "[A-Z_]{1,30}") String status,
            @RequestParam @Nullable @Size(max = 300) String category,
            @RequestParam @Nullable Boolean enabled,
            @RequestParam(defaultValue = "false") boolean gaps,
            @RequestParam(defaultValue = "false") boolean quiet,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = "") @Size(max = 1000) String cursor) {
        int size = Math.clamp(limit, 1, MOST);
        var views = table.list(new FeedTable.Filter(q, status, category, enabled, gaps, quiet), cursor, size + 1);
        if (views.size() <= size) {
            return new FeedPage(views, null);
        }
        var last = feedId(views.get(size - 1));
        return new FeedPage(views.subList(0, size), table.position(UUID.fromString(last)));
    }

    private static String feedId(FeedTable.FeedView view) {
        return Encoding.json().readTree(view.feed().json()).path("feedId").asString();
    }

    @GetMapping("/{id}")
    ResponseEntity<FeedTable.FeedView> find(@PathVariable UUID id) {
        return tagged(table.find(id).orElseThrow(() -> Refusal.notFound("feed", id)));
    }

    /** With an ETag of the definition's revision and of the state. */
    static ResponseEntity<FeedTable.FeedView> tagged(FeedTable.FeedView view) {
        int revision =
                Encoding.json().readTree(view.feed().json()).path("revision").asInt();
        return ResponseEntity.ok()
                .eTag("\"" + revision + "-" + Integer.toHexString(java.util.Objects.hashCode(view.state())) + "\"")
                .body(view);
    }

    /** Why it is polled when it is: what the fetcher decided by, and what came of the last polls. */
    @GetMapping("/{id}/why")
    RawJson why(@PathVariable UUID id) {
        return table.why(id).orElseThrow(() -> Refusal.notFound("feed", id));
    }

    /** Removes a feed from what is polled; its articles stay. */
    @DeleteMapping("/{id}")
    ResponseEntity<Void> remove(@PathVariable UUID id) {
        if (!feeds.remove(new FeedId(id))) {
            throw Refusal.notFound("feed", id);
        }
        return ResponseEntity.noContent().build();
    }

    private static URI url(String field, String text) {
        try {
            return Feeds.url(text);
        } catch (IllegalArgumentException ex) {
            throw Refusal.badField(field, String.valueOf(ex.getMessage()));
        }
    }

    private static RawJson json(newswire.contract.Feed feed) {
        return new RawJson(new String(Encoding.encode(feed), java.nio.charset.StandardCharsets.UTF_8));
    }
}
