package newswire.store;

import java.net.URI;
import java.time.Instant;
import java.util.Set;
import newswire.contract.Feed;
import newswire.contract.PublisherScope;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes a feed's definition by a JSON merge patch (RFC 7396). */
final class FeedPatch {
    private static final Set<String> FIXED = Set.of("schemaVersion", "feedId", "revision", "createdAt", "updatedAt");
    private static final int SHORTEST_INTERVAL = 60;
    private static final int LONGEST_INTERVAL = 2_592_000;

    private FeedPatch() {}

    /**
     * The changed definition, one revision further.
     *
     * @throws Refusal if the patch names what cannot be changed, what is not known, or gives a value that is not allowed
     */
    static Feed apply(Feed feed, JsonNode patch, Instant now) {
        if (!(patch instanceof ObjectNode changes)) {
            throw Refusal.badField("body", "must be a JSON object");
        }
        FIXED.stream().filter(changes::has).findFirst().ifPresent(name -> {
            throw Refusal.badField(name, "cannot be changed");
        });
        ObjectNode merged = Encoding.json().valueToTree(feed);
        merge(merged, changes);
        address(feed, merged, changes);
        merged.put("revision", feed.revision() + 1).put("updatedAt", now.toString());
        var changed = read(merged);
        var unknown = unknown(merged, Encoding.json().valueToTree(changed), "");
        if (unknown != null) {
            throw Refusal.badField(unknown, "is not a property that is known here");
        }
        return checked(changed);
    }

    /** RFC 7396: what is null goes, what is an object is merged, all else replaces. */
    static void merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(change -> {
            var value = change.getValue();
            if (value.isNull()) {
                target.remove(change.getKey());
            } else if (value instanceof ObjectNode object) {
                var below = target.get(change.getKey()) instanceof ObjectNode there
                        ? there
                        : target.putObject(change.getKey());
                merge(below, object);
            } else {
                target.set(change.getKey(), value);
            }
        });
    }

    /** Another address can be another publisher's, unless the scope is given too. */
    private static void address(Feed feed, ObjectNode merged, ObjectNode changes) {
        if (changes.has("htmlUrl") && !changes.path("htmlUrl").isNull()) {
            url(changes, "htmlUrl");
        }
        if (!changes.has("xmlUrl")) {
            return;
        }
        URI url = url(changes, "xmlUrl");
        merged.put("xmlUrl", url.toString());
        boolean moved = !PublisherScope.of(url).equals(PublisherScope.of(feed.xmlUrl()));
        if (moved
                && changes.at("/publisher/scope").isMissingNode()
                && merged.get("publisher") instanceof ObjectNode it) {
            it.put("scope", PublisherScope.of(url).value());
        }
    }

    private static URI url(ObjectNode changes, String name) {
        try {
            return Feeds.url(changes.path(name).asString(""));
        } catch (IllegalArgumentException ex) {
            throw Refusal.badField(name, String.valueOf(ex.getMessage()));
        }
    }

    private static Feed read(ObjectNode merged) {
        return switch (Encoding.decode(Encoding.json().writeValueAsBytes(merged), Feed.class)) {
            case Decoded.Value<Feed>(var changed) -> changed;
            case Decoded.Tombstone<Feed> _ -> throw Refusal.badField("body", "must be a JSON object");
            case Decoded.Undecodable<Feed>(var _, var detail) ->
                throw Refusal.badField("body", "is not a feed: " + detail.replaceAll("newswire\\.[\\w.$]*", ""));
        };
    }

    private static @Nullable String unknown(JsonNode given, @Nullable JsonNode known, String path) {
        for (var property : given.properties()) {
            var name = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            var value = property.getValue();
            var there = known == null ? null : known.get(property.getKey());
            if (there == null && !(value.isContainer() && value.isEmpty())) {
                return name;
            }
            var below = value.isObject() ? unknown(value, there, name) : null;
            if (below != null) {
                return below;
            }
        }
        return null;
    }

    /**
     * The same feed, if what it says is allowed.
     *
     * @throws Refusal otherwise
     */
    static Feed checked(Feed feed) {
        require("title", !feed.title().isBlank() && feed.title().length() <= 300, "must have 1 to 300 characters");
        require("categories", feed.categories().size() <= 50, "must not be more than 50");
        require(
                "categories",
                feed.categories().stream().allMatch(category -> !category.isBlank() && category.length() <= 300),
                "must have 1 to 300 characters each");
        require(
                "priority",
                feed.priority() == null || (feed.priority() >= 1 && feed.priority() <= 9),
                "must be 1 to 9");
        interval("poll.intervalSeconds", feed.poll().intervalSeconds());
        interval("poll.minIntervalSeconds", feed.poll().minIntervalSeconds());
        interval("poll.maxIntervalSeconds", feed.poll().maxIntervalSeconds());
        require(
                "language",
                feed.language() == null || feed.language().matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"),
                "must be a BCP 47 tag");
        return feed;
    }

    private static void interval(String field, @Nullable Integer seconds) {
        require(
                field,
                seconds == null || (seconds >= SHORTEST_INTERVAL && seconds <= LONGEST_INTERVAL),
                "must be " + SHORTEST_INTERVAL + " to " + LONGEST_INTERVAL);
    }

    private static void require(String field, boolean holds, String otherwise) {
        if (!holds) {
            throw Refusal.badField(field, otherwise);
        }
    }
}
