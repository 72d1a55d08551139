package newswire.fetcher;

import java.util.ArrayList;
import java.util.List;
import newswire.contract.Format;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON Feed 1.0 and 1.1, read entry by entry, so that a document that breaks off keeps those before the break. */
final class JsonFeed {
    private static final String VERSION = "jsonfeed.org/version/1";
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(XmlTree.DEEPEST)
                            .maxStringLength(16 * 1024 * 1024)
                            .build())
                    .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .build())
            .build();

    private final ObjectNode channel = JSON.createObjectNode();
    private final List<JsonNode> items = new ArrayList<>();
    private @Nullable String problem;

    private JsonFeed(String text) {
        try (var parser = JSON.createParser(text)) {
            readFeed(parser);
        } catch (JacksonException ex) {
            problem = ex.getOriginalMessage();
        }
    }

    static boolean looksLike(String text) {
        int at = 0;
        while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\uFEFF')) {
            at++;
        }
        return at < text.length() && text.charAt(at) == '{';
    }

    static FeedDocument read(String text, String charset, List<String> repairs, int mostEntries) {
        int start = text.indexOf('{');
        var feed = new JsonFeed(text.substring(start));
        var version = feed.channel.path("version").asString("");
        if (!version.contains(VERSION) && (feed.problem == null || feed.items.isEmpty())) {
            return feed.problem == null
                    ? FeedDocument.Unreadable.of("not_a_feed", "JSON that is not a JSON Feed")
                    : FeedDocument.Unreadable.of("json_malformed", feed.problem);
        }
        if (feed.problem != null && feed.items.isEmpty()) {
            return FeedDocument.Unreadable.of("json_malformed", feed.problem);
        }
        if (feed.problem != null) {
            repairs.add("truncated");
        }
        return feed.parsed(version, charset, repairs, mostEntries);
    }

    private FeedDocument parsed(String version, String charset, List<String> repairs, int mostEntries) {
        int count = Math.min(items.size(), mostEntries);
        var entries = new ArrayList<FeedDocument.Entry>(count);
        for (int i = 0; i < count; i++) {
            var item = items.get(i);
            entries.add(new FeedDocument.Entry(i, key(item), EntryDigest.of(item), () -> with(item)));
        }
        return new FeedDocument.Parsed(
                version.endsWith("1.1") ? Format.JSON_FEED_1_1 : Format.JSON_FEED_1_0,
                charset,
                repairs,
                problem == null && count == items.size(),
                entries,
                with(null),
                facts());
    }

    private void readFeed(JsonParser parser) {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY && name.equals("items")) {
                readItems(parser);
            } else {
                JsonNode value = parser.readValueAsTree();
                channel.set(name, value);
            }
        }
    }

    private void readItems(JsonParser parser) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonNode item = parser.readValueAsTree();
            if (item.isObject()) {
                items.add(item);
            }
        }
    }

    private static String key(JsonNode item) {
        for (var name : List.of("id", "url", "title")) {
            var value = item.path(name);
            if (value.isValueNode() && !value.asString("").isBlank()) {
                return value.asString("").strip();
            }
        }
        return "";
    }

    private String with(@Nullable JsonNode item) {
        var one = channel.deepCopy();
        var list = one.putArray("items");
        if (item != null) {
            list.add(item);
        }
        return one.toString();
    }

    private ChannelFacts facts() {
        String hub = null;
        for (var candidate : channel.path("hubs")) {
            if (hub == null && candidate.path("type").asString("").equalsIgnoreCase("websub")) {
                hub = text(candidate, "url");
            }
        }
        return new ChannelFacts(
                null,
                text(channel, "title"),
                text(channel, "home_page_url"),
                text(channel, "feed_url"),
                hub,
                text(channel, "language"),
                null,
                List.of(),
                List.of(),
                null);
    }

    private static @Nullable String text(JsonNode parent, String name) {
        var value = parent.path(name);
        return value.isString() && !value.asString().isBlank()
                ? value.asString().strip()
                : null;
    }
}
