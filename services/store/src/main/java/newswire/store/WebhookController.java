package newswire.store;

import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Programs that are told of changes to what a search finds. */
@RestController
@RequestMapping("/api/webhooks")
class WebhookController {
    private static final int MOST = 500;
    private static final int LONGEST_CURSOR = 8000;

    private final WebhookTable table;
    private final ChangeTable changes;
    private final WebhookSecrets secrets;
    private final WebhookClient client;
    private final WebhookProperties properties;
    private final JsonMapper json;
    private final Validator validator;

    WebhookController(
            WebhookTable table,
            ChangeTable changes,
            WebhookSecrets secrets,
            WebhookClient client,
            WebhookProperties properties,
            JsonMapper json,
            Validator validator) {
        this.table = table;
        this.changes = changes;
        this.secrets = secrets;
        this.client = client;
        this.properties = properties;
        this.json = json;
        this.validator = validator;
    }

    /**
     * A webhook to make.
     *
     * @param search as the parameters of {@code GET /api/articles}; absent = everything
     * @param after cursor of changes to begin behind; absent or {@code now} = from now on
     */
    record Wanted(
            @NotBlank @Size(max = 2048) String url,
            @Nullable @Size(max = 300) String description,
            @Nullable @Valid SearchRequest search,
            @Nullable @Size(max = LONGEST_CURSOR) String after) {}

    /** @param secret which is in this answer and nowhere else */
    record Made(UUID id, String secret, WebhookTable.Webhook webhook) {}

    record Webhooks(List<WebhookTable.Webhook> items) {}

    /** Makes a webhook. */
    @PostMapping
    ResponseEntity<Made> add(@Valid @RequestBody Wanted wanted) {
        var definition = definition(wanted.url(), wanted.description(), wanted.search());
        var from = cursor(wanted.after());
        var id = UUID.randomUUID();
        var secret = secrets.fresh();
        if (!table.add(id, definition, secrets.seal(id, secret), from, properties.most())) {
            throw Refusal.conflict("too_many_webhooks", "There are " + properties.most() + " already.");
        }
        return ResponseEntity.created(URI.create("/api/webhooks/" + id)).body(new Made(id, secret, found(id)));
    }

    @GetMapping
    Webhooks list() {
        return new Webhooks(table.list());
    }

    @GetMapping("/{id}")
    ResponseEntity<WebhookTable.Webhook> find(@PathVariable UUID id) {
        return tagged(found(id));
    }

    private WebhookTable.Webhook found(UUID id) {
        return table.find(id).orElseThrow(() -> Refusal.notFound("webhook", id));
    }

    private static ResponseEntity<WebhookTable.Webhook> tagged(WebhookTable.Webhook webhook) {
        return ResponseEntity.ok().eTag("\"" + webhook.revision() + "\"").body(webhook);
    }

    /**
     * What of a webhook can be changed.
     *
     * @param enabled true also ends that it is disabled
     */
    record Changeable(
            @NotBlank @Size(max = 2048) String url,
            @Nullable @Size(max = 300) String description,
            @Nullable @Valid SearchRequest search,
            boolean enabled) {}

    /**
     * Changes a webhook by a JSON merge patch, as in {@code {"enabled":false}}.
     *
     * @param match the ETag that the change was made for; then a change that somebody else made meanwhile is not lost
     */
    @PatchMapping(
            path = "/{id}",
            consumes = {"application/merge-patch+json", "application/json"})
    ResponseEntity<WebhookTable.Webhook> change(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String match,
            @RequestBody JsonNode patch) {
        var before = found(id);
        if (match != null && !match.equals("\"" + before.revision() + "\"")) {
            throw stale(before.revision());
        }
        var wanted = changed(before, patch);
        var status = status(before, wanted.enabled());
        var definition = definition(wanted.url(), wanted.description(), wanted.search());
        if (!table.change(id, before.revision(), definition, status)) {
            throw stale(found(id).revision());
        }
        return tagged(found(id));
    }

    private static Refusal stale(int revision) {
        return Refusal.preconditionFailed("Somebody else changed the webhook: it is at revision " + revision
                + " now. Read it again and decide anew.");
    }

    private Changeable changed(WebhookTable.Webhook before, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            throw Refusal.badField("body", "must be a JSON object");
        }
        var merged = Encoding.json().createObjectNode().put("url", before.url());
        merged.put("enabled", before.status() == WebhookTable.Status.ACTIVE);
        merged.set("search", Encoding.json().readTree(before.search().json()));
        if (before.description() != null) {
            merged.put("description", before.description());
        }
        FeedPatch.merge(merged, changes);
        try {
            var wanted = json.treeToValue(merged, Changeable.class);
            var violations = validator.validate(wanted);
            if (!violations.isEmpty()) {
                throw new ConstraintViolationException(violations);
            }
            return wanted;
        } catch (DatabindException ex) {
            var path = ex.getPath();
            var field = path.isEmpty() ? "body" : String.valueOf(path.getLast().getPropertyName());
            throw Refusal.badField(field, "is not known here, or has the wrong type");
        }
    }

    private static WebhookTable.Status status(WebhookTable.Webhook before, boolean enabled) {
        if (enabled) {
            return WebhookTable.Status.ACTIVE;
        }
        return before.status() == WebhookTable.Status.DISABLED ? before.status() : WebhookTable.Status.PAUSED;
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> remove(@PathVariable UUID id) {
        if (!table.remove(id)) {
            throw Refusal.notFound("webhook", id);
        }
        return ResponseEntity.noContent().build();
    }

    /** @param after cursor of changes to go on behind; absent = from the first that is kept, {@code now} = from now on */
    record Replay(@Nullable @Size(max = LONGEST_CURSOR) String after) {}

    /** Has a webhook tell again what follows a cursor, or pass over what is before it. */
    @PostMapping("/{id}/replay")
    ResponseEntity<WebhookTable.Webhook> replay(@PathVariable UUID id, @Valid @RequestBody Replay wanted) {
        if (!table.replay(id, cursor(wanted.after() == null ? "" : wanted.after()))) {
            throw Refusal.notFound("webhook", id);
        }
        return tagged(found(id));
    }

    /** Gives a webhook another secret; the one before signs too for a day, so that the receiver can change over. */
    @PostMapping("/{id}/secret")
    Made renew(@PathVariable UUID id) {
        var secret = secrets.fresh();
        if (!table.renew(id, secrets.seal(id, secret))) {
            throw Refusal.notFound("webhook", id);
        }
        return new Made(id, secret, found(id));
    }

    /** Attempts to deliver, newest first. */
    record Deliveries(
            List<WebhookTable.Delivery> items, @Nullable Long next) {}

    /** @param before {@code next} of the page before */
    @GetMapping("/{id}/deliveries")
    Deliveries deliveries(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "9223372036854775807") long before,
            @RequestParam(defaultValue = "100") int limit) {
        found(id);
        int size = Math.clamp(limit, 1, MOST);
        var page = table.deliveries(id, before, size);
        return new Deliveries(page, page.size() < size ? null : page.getLast().number());
    }

    private WebhookTable.Definition definition(
            String url, @Nullable String description, @Nullable SearchRequest search) {
        var address = url(url);
        var refusal = client.refusal(address);
        if (refusal != null) {
            throw Refusal.badField("url", "cannot be called: " + refusal);
        }
        if (search != null) {
            search.query(); // refuses what cannot be searched for
        }
        return new WebhookTable.Definition(
                address.toString(),
                description,
                search == null ? "{}" : Encoding.json().writeValueAsString(search));
    }

    private static URI url(String text) {
        try {
            return URI.create(Feeds.url(text).toASCIIString());
        } catch (IllegalArgumentException ex) {
            throw Refusal.badField("url", String.valueOf(ex.getMessage()));
        }
    }

    /** Without partitions that there are not: their places would never be reached. */
    private ChangeCursor cursor(@Nullable String text) {
        var end = changes.end();
        if (text == null || text.equals("now")) {
            return end;
        }
        try {
            var next = new TreeMap<>(ChangeCursor.of(text.strip()).next());
            next.keySet().retainAll(end.next().keySet());
            return next.isEmpty() ? changes.beginning() : new ChangeCursor(next);
        } catch (IllegalArgumentException ex) {
            throw Refusal.badField("after", "is not a cursor that this API gave out");
        }
    }
}
