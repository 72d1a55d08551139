package newswire.fetcher;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import newswire.contract.Format;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON Feed 1.0 and 1.1, read entry by entry, so that a document that breaks off keeps those before the break. */
final class JsonFeed {
    private static final String VERSION = "jsonfeed.org/version/1";
    private static final Set<String> CONTENT = Set.of("content_html", "content_text", "summary", "date_published");
    private static final List<String> TEXTS = List.of("title", "summary", "content_text", "content_html");
    private static final Pattern START =
            Pattern.compile("[\\s\\uFEFF]*(?:\\)\\]\\}',?\\s*|//[^\\n]*\\n\\s*|/\\*.*?\\*/\\s*)*+[{\\[]");
    private static final Pattern AFTER_JUNK =
            Pattern.compile("(?m)^[ \\t]*+\\{(?=\\s*+\"version\"\\s*:\\s*\"https?://jsonfeed)");
    private static final Pattern HALF =
            Pattern.compile("(?i)(?<!\\\\)\\\\u(?:d[89ab]..(?!\\\\ud[c-f]..)|(?<!\\\\ud[89ab]..\\\\u)d[c-f]..)");
    private static final JsonMapper STRICT =
            JsonMapper.builder(factory().build()).build();
    private static final JsonMapper LENIENT = JsonMapper.builder(factory()
                    .enable(
                            JsonReadFeature.ALLOW_JAVA_COMMENTS,
                            JsonReadFeature.ALLOW_SINGLE_QUOTES,
                            JsonReadFeature.ALLOW_TRAILING_COMMA,
                            JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                            JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
                    .build())
            .build();

    private final ObjectNode channel = STRICT.createObjectNode();
    private final List<JsonNode> items = new ArrayList<>();
    private final Set<String> repairs = new LinkedHashSet<>();
    private @Nullable String problem;

    private JsonFeed(JsonMapper mapper, String text) {
        try (var parser = mapper.createParser(text)) {
            readFeed(parser);
        } catch (JacksonException ex) {
            problem = Encoding.reason(ex);
        }
    }

    private static JsonFactoryBuilder factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(XmlTree.DEEPEST)
                        .maxStringLength(16 * 1024 * 1024)
                        .build());
    }

    static boolean looksLike(String text) {
        return START.matcher(text).lookingAt();
    }

    /** Where a JSON Feed begins that something else was printed before; -1 if there is none. */
    static int afterJunk(String text) {
        var found = AFTER_JUNK.matcher(text);
        return found.find() ? text.indexOf('{', found.start()) : -1;
    }

    /** Reads a document that looks like one. */
    static FeedDocument read(String text, String charset, List<String> repairs, int mostEntries) {
        var start = START.matcher(text);
        int from = start.lookingAt() ? start.end() - 1 : 0;
        if (text.substring(0, from).contains(")]}'")) {
            repairs.add("junk-before-document");
        }
        var feed =
                of(whole(text.substring(from), repairs), text.substring(0, from).contains("/"), repairs);
        if (!feed.isFeed()) {
            return feed.problem == null
                    ? FeedDocument.Unreadable.of("not_a_feed", "JSON that is not a JSON Feed")
                    : FeedDocument.Unreadable.of("json_malformed", feed.problem);
        }
        if (feed.problem != null) {
            feed.repairs.add("truncated");
        }
        repairs.addAll(feed.repairs);
        return feed.parsed(charset, repairs, mostEntries);
    }

    /** Half a character cannot be written to anybody. */
    private static String whole(String text, List<String> repairs) {
        var half = HALF.matcher(text);
        if (!half.find()) {
            return text;
        }
        repairs.add("control-character");
        return half.replaceAll("\\\\ufffd");
    }

    private static JsonFeed of(String text, boolean commented, List<String> repairs) {
        var strict = new JsonFeed(STRICT, text);
        if (strict.problem == null) {
            if (commented) {
                repairs.add("json-syntax");
            }
            return strict;
        }
        var lenient = new JsonFeed(LENIENT, text);
        if (lenient.problem == null || lenient.items.size() > strict.items.size()) {
            repairs.add("json-syntax");
            return lenient;
        }
        return strict;
    }

    /** Says so, or has entries that could be of nothing else. */
    private boolean isFeed() {
        var version = channel.path("version").asString("");
        if (version.contains(VERSION)) {
            return problem == null || !items.isEmpty();
        }
        boolean entries = !items.isEmpty()
                && items.stream()
                        .allMatch(
                                item -> CONTENT.stream().anyMatch(item::has) || (item.has("url") && item.has("title")));
        if (entries) {
            channel.put("version", "https://jsonfeed.org/version/1.1");
            repairs.add(version.isEmpty() && channel.size() == 1 ? "json-array" : "json-version");
        }
        return entries;
    }

    private FeedDocument parsed(String charset, List<String> repairs, int mostEntries) {
        int count = Math.min(items.size(), mostEntries);
        if (count < items.size()) {
            repairs.add("items-capped");
        }
        var version = channel.path("version").asString("");
        var entries = new ArrayList<FeedDocument.Entry>(count);
        var dates = items.stream()
                .map(item -> item.path("date_published").asString(""))
                .toList();
        for (int i : Newest.of(dates, mostEntries)) {
            var item = items.get(i);
            entries.add(new FeedDocument.Entry(i, key(item), EntryDigest.of(item), entryFacts(item), () -> with(item)));
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
        if (parser.nextToken() == JsonToken.START_ARRAY) {
            readItems(parser, JsonToken.END_ARRAY);
        } else {
            readChannel(parser);
        }
        try {
            if (parser.nextToken() != null) {
                repairs.add("junk-after-document");
            }
        } catch (StreamReadException ex) {
            repairs.add("junk-after-document");
        }
    }

    private void readChannel(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            if (name.equals("items") && token == JsonToken.START_ARRAY) {
                readItems(parser, JsonToken.END_ARRAY);
            } else if (name.equals("items") && token == JsonToken.START_OBJECT) {
                repairs.add("json-items");
                readItems(parser, JsonToken.END_OBJECT);
            } else {
                JsonNode value = parser.readValueAsTree();
                channel.set(name, value);
            }
        }
    }

    private void readItems(JsonParser parser, JsonToken end) {
        for (var token = parser.nextToken(); token != end; token = parser.nextToken()) {
            if (token == JsonToken.PROPERTY_NAME) {
                parser.nextToken();
            }
            JsonNode item = parser.readValueAsTree();
            if (item.isObject()) {
                items.add(item);
            } else {
                repairs.add("bad-optional-value");
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

    private static EntryFacts entryFacts(JsonNode item) {
        return new EntryFacts(text(item, "url"), () -> full(item), text(item, "date_published"), title(item));
    }

    private static int title(JsonNode item) {
        return TEXTS.stream()
                .mapToInt(name -> Titles.digest(text(item, name)))
                .filter(title -> title != 0)
                .findFirst()
                .orElse(0);
    }

    private static boolean full(JsonNode item) {
        return EntryFacts.isFull(text(item, "content_html"), true)
                || EntryFacts.isFull(text(item, "content_text"), true);
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
                null,
                text(channel, "next_url"));
    }

    private static @Nullable String text(JsonNode parent, String name) {
        var value = parent.path(name);
        return value.isString() && !value.asString().isBlank()
                ? value.asString().strip()
                : null;
    }
}
