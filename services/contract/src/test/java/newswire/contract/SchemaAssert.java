package newswire.contract;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import newswire.contract.kafka.Encoding;
import tools.jackson.databind.JsonNode;

/** Holds records against their schemas, formats included. What a service writes must be valid by the writer's schema. */
public final class SchemaAssert {
    static final String FOLDER = "/newswire/contract/schemas/";
    static final Map<Class<? extends NewsRecord>, String> NAMES = Map.of(
            Feed.class, "feed",
            FeedState.class, "feed-state",
            FeedPush.class, "feed-push",
            RawArticle.class, "raw-article",
            Article.class, "article",
            DeadLetter.class, "dead-letter");

    private static final SchemaRegistry REGISTRY = registry();

    private SchemaAssert() {}

    /** Fails unless what the record is written as is valid by the writer's schema. */
    public static void assertValid(NewsRecord value) {
        assertValid(Encoding.encode(value), value.getClass());
    }

    /** Fails unless the value of a record of the topic is valid by the writer's schema. */
    public static void assertValid(byte[] value, Class<? extends NewsRecord> type) {
        var violations = violations(Encoding.json().readTree(value), type, "");
        if (!violations.isEmpty()) {
            throw new AssertionError("not a valid " + NAMES.get(type) + ":\n  " + String.join("\n  ", violations)
                    + "\nin " + new String(value, StandardCharsets.UTF_8));
        }
    }

    /**
     * What is wrong with a document.
     *
     * @param suffix empty for the writer's schema, {@code -reader} for the reader's
     */
    static List<String> violations(JsonNode document, Class<? extends NewsRecord> type, String suffix) {
        return violations(REGISTRY.getSchema(SchemaLocation.of(id(type, suffix))), document);
    }

    /** What is wrong with a document by any schema of draft 2020-12. */
    public static List<String> violations(JsonNode schema, JsonNode document) {
        return violations(REGISTRY.getSchema(schema), document);
    }

    static List<String> violations(Schema schema, JsonNode document) {
        return schema
                .validate(document, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    /** File name of a record's schema. */
    public static String resource(Class<? extends NewsRecord> type, String suffix) {
        return NAMES.get(type) + "-1.0" + suffix + ".json";
    }

    /** URN of a record's schema. */
    public static String id(Class<? extends NewsRecord> type, String suffix) {
        return "urn:newswire:schema:" + NAMES.get(type) + ":1.0" + suffix.replace('-', ':');
    }

    static String text(String resource) {
        try (var stream = SchemaAssert.class.getResourceAsStream(FOLDER + resource)) {
            if (stream == null) {
                throw new IllegalArgumentException("no resource '" + FOLDER + resource + "'");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static SchemaRegistry registry() {
        var schemas = NAMES.keySet().stream()
                .flatMap(type -> List.of("", "-reader").stream()
                        .map(suffix -> Map.entry(id(type, suffix), resource(type, suffix))))
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> text(entry.getValue())));
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(schemas));
    }
}
