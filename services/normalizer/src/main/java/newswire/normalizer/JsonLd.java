package newswire.normalizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema.org description of the article that a page carries, in whatever shape: alone, in a list, in {@code @graph} with
 * references by {@code @id}, with one value or several. Of a script that is no JSON, what stands before the error is read.
 */
final class JsonLd {
    private static final Set<String> OTHER_ARTICLES = Set.of(
            "itemListElement",
            "isRelatedTo",
            "hasPart",
            "mentions",
            "citation",
            "isPartOf",
            "relatedLink",
            "comment",
            "subjectOf");
    private static final Set<String> KINDS = Set.of(
            "article",
            "newsarticle",
            "blogposting",
            "liveblogposting",
            "report",
            "reportagenewsarticle",
            "analysisnewsarticle",
            "opinionnewsarticle",
            "backgroundnewsarticle",
            "reviewnewsarticle",
            "askpublicnewsarticle",
            "satiricalarticle",
            "advertisercontentarticle",
            "socialmediaposting",
            "techarticle",
            "scholarlyarticle",
            "medicalscholarlyarticle");
    private static final int DEEPEST = 40;
    private static final int MOST = 2_000;

    private static final JsonMapper LENIENT = JsonMapper.builder()
            .enable(
                    JsonReadFeature.ALLOW_TRAILING_COMMA,
                    JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                    JsonReadFeature.ALLOW_JAVA_COMMENTS,
                    JsonReadFeature.ALLOW_SINGLE_QUOTES,
                    JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES,
                    JsonReadFeature.ALLOW_MISSING_VALUES,
                    JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER,
                    JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final List<ObjectNode> articles = new ArrayList<>();
    private final Map<String, ObjectNode> byId = new HashMap<>();
    private int seen;

    private JsonLd(List<String> scripts) {
        for (var script : scripts) {
            visit(parse(script), 0);
        }
    }

    /**
     * The article that a page describes.
     *
     * @param isThis whether an address is the page's
     * @return nothing in it if the page describes none
     */
    static JsonLd.Thing article(List<String> scripts, Predicate<String> isThis) {
        var all = new JsonLd(scripts);
        var chosen = all.articles.stream()
                .filter(article -> addresses(article).anyMatch(isThis))
                .findFirst()
                .or(() -> all.articles.stream().findFirst());
        return new Thing(chosen.map(JsonNode.class::cast).orElse(MissingNode.getInstance()), all.byId);
    }

    private static Stream<String> addresses(ObjectNode article) {
        var page = article.path("mainEntityOfPage");
        return Stream.of(article.path("url"), article.path("@id"), page, page.path("@id"), page.path("url"))
                .map(node -> node.asString(""))
                .filter(address -> !address.isEmpty());
    }

    private void visit(JsonNode node, int depth) {
        if (depth > DEEPEST || seen++ > MOST) {
            return;
        }
        if (node instanceof ObjectNode object) {
            var id = object.path("@id").asString("");
            if (!id.isEmpty() && object.size() > 1) {
                byId.putIfAbsent(id, object);
            }
            if (types(object).anyMatch(type -> KINDS.contains(type.toLowerCase(Locale.ROOT)))) {
                articles.add(object);
            }
            for (var property : object.properties()) {
                if (!OTHER_ARTICLES.contains(property.getKey())) {
                    visit(property.getValue(), depth + 1);
                }
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(each -> visit(each, depth + 1));
        }
    }

    private static Stream<String> types(JsonNode node) {
        var type = node.path("@type");
        var all = type.isArray() ? type.valueStream() : Stream.of(type);
        return all.map(each -> each.asString("").replaceFirst("^(?:https?://schema\\.org/|schema:)", ""))
                .filter(name -> !name.isEmpty());
    }

    private static JsonNode parse(String script) {
        var json = script.strip()
                .replaceFirst("^(?:<!--|//\\s*<!\\[CDATA\\[|/\\*\\s*<!\\[CDATA\\[\\s*\\*/|<!\\[CDATA\\[)", "")
                .replaceFirst("(?://\\s*)?(?:/\\*\\s*)?(?:\\]\\]>|-->)(?:\\s*\\*/)?;?$", "")
                .replaceFirst(";\\s*$", "");
        try (var parser = LENIENT.createParser(json)) {
            var token = parser.nextToken();
            return token == null ? MissingNode.getInstance() : value(parser, token, 0);
        } catch (JacksonException ex) {
            return MissingNode.getInstance();
        }
    }

    /** Reads as far as it can: what a syntax error leaves open counts as closed. */
    private static JsonNode value(JsonParser parser, JsonToken token, int depth) {
        if (token == JsonToken.START_OBJECT) {
            return object(parser, depth);
        }
        if (token == JsonToken.START_ARRAY) {
            return array(parser, depth);
        }
        return token.isScalarValue()
                ? Encoding.json().getNodeFactory().stringNode(parser.getString())
                : MissingNode.getInstance();
    }

    private static ObjectNode object(JsonParser parser, int depth) {
        var object = Encoding.json().createObjectNode();
        try {
            for (var token = parser.nextToken(); token == JsonToken.PROPERTY_NAME; token = parser.nextToken()) {
                var name = parser.currentName();
                var next = parser.nextToken();
                if (next == null || depth > 2 * DEEPEST) {
                    return object;
                }
                object.set(name, value(parser, next, depth + 1));
            }
        } catch (JacksonException ex) {
            parser.close(); // nothing after an error is what it seems
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser, int depth) {
        var array = Encoding.json().createArrayNode();
        try {
            for (var token = parser.nextToken();
                    token != null && token != JsonToken.END_ARRAY && depth <= 2 * DEEPEST;
                    token = parser.nextToken()) {
                array.add(value(parser, token, depth + 1));
            }
        } catch (JacksonException ex) {
            parser.close(); // nothing after an error is what it seems
        }
        return array;
    }

    /** Something described, read as leniently as it is written. */
    record Thing(JsonNode node, Map<String, ObjectNode> byId) {
        Thing {
            byId = Map.copyOf(byId);
        }

        boolean isKnown() {
            return node.isObject();
        }

        List<String> types() {
            return JsonLd.types(node).toList();
        }

        /** The values of a property, references followed. */
        List<Thing> all(String name) {
            var value = node.path(name);
            var values = value.isArray() ? value.valueStream() : Stream.of(value);
            return values.filter(each -> !each.isMissingNode() && !each.isNull())
                    .limit(100)
                    .map(this::followed)
                    .toList();
        }

        private Thing followed(JsonNode value) {
            boolean bare = value.size() <= 2
                    && value.path("@id").isString()
                    && value.path("name").isMissingNode();
            var target = bare ? byId.get(value.path("@id").asString()) : null;
            return new Thing(target == null ? value : target, byId);
        }

        /** The first value of a property that has a text. */
        @Nullable
        String text(String name) {
            return all(name).stream()
                    .map(Thing::text)
                    .filter(text -> text != null)
                    .findFirst()
                    .orElse(null);
        }

        List<String> texts(String name) {
            var texts = new ArrayList<String>();
            for (var each : all(name)) {
                var text = each.text();
                if (text != null) {
                    texts.add(text);
                }
            }
            return texts;
        }

        /** The first of several properties that has a text. */
        @Nullable
        String first(String... names) {
            for (var name : names) {
                var text = text(name);
                if (text != null) {
                    return text;
                }
            }
            return null;
        }

        /** As one text: a literal, or the name of a thing. */
        @Nullable
        String text() {
            if (node.isString()) {
                return RssReader.blankless(node.asString());
            }
            return node.isObject() ? first("@value", "name", "alternateName", "@id", "url") : null;
        }
    }
}
