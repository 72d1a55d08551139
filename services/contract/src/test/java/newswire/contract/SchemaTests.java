package newswire.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialects;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The schemas say the same as the records. */
class SchemaTests {
    /** Lists that always have something in them, or are written though they have not. */
    private static final Set<String> REQUIRED_COLLECTIONS =
            Set.of("headlines", "bodies", "infoSources", "altIds", "coordinates");

    private static final Map<Class<?>, String> FORMATS = Map.of(
            URI.class,
            "uri",
            Instant.class,
            "date-time",
            UUID.class,
            "uuid",
            FeedId.class,
            "uuid",
            ArticleId.class,
            "uuid");
    private static final Map<Class<?>, String> TYPES = Map.of(
            int.class, "integer",
            Integer.class, "integer",
            long.class, "integer",
            Long.class, "integer",
            double.class, "number",
            Double.class, "number",
            boolean.class, "boolean",
            Boolean.class, "boolean");

    static Collection<Class<? extends NewsRecord>> types() {
        return SchemaAssert.NAMES.keySet();
    }

    @ParameterizedTest
    @MethodSource("types")
    void describesTheRecord(Class<? extends NewsRecord> type) {
        var root = writer(type);
        var differences = new ArrayList<String>();
        compare(type, root, root, type.getSimpleName(), differences);
        assertThat(differences).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("types")
    void isItselfValid(Class<? extends NewsRecord> type) {
        var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(com.networknt.schema.SchemaLocation.of(
                        Dialects.getDraft202012().getId()));
        assertThat(SchemaAssert.violations(meta, writer(type))).isEmpty();
        assertThat(writer(type).get("$id").stringValue()).isEqualTo(SchemaAssert.id(type, ""));
    }

    @ParameterizedTest
    @MethodSource("types")
    void readersSchemaIsDerived(Class<? extends NewsRecord> type) throws Exception {
        var derived = ReaderSchema.of(writer(type));
        var resource = SchemaAssert.resource(type, "-reader");
        var made = Files.createDirectories(Path.of("target", "schemas")).resolve(resource);
        Files.writeString(made, Encoding.json().writerWithDefaultPrettyPrinter().writeValueAsString(derived) + "\n");
        assertThat(Encoding.json().readTree(SchemaAssert.text(resource)))
                .as("must be a copy of %s", made.toAbsolutePath())
                .isEqualTo(derived);
    }

    private static void compare(Class<?> type, JsonNode schema, JsonNode root, String path, List<String> differences) {
        var components = type.getRecordComponents();
        var names = Arrays.stream(components).map(RecordComponent::getName).toList();
        expect(
                path + " properties",
                Set.copyOf(names),
                Set.copyOf(schema.path("properties").propertyNames()),
                differences);
        var required = Arrays.stream(components)
                .filter(SchemaTests::required)
                .map(RecordComponent::getName)
                .toList();
        var found = schema.path("required").values().stream()
                .map(JsonNode::stringValue)
                .toList();
        expect(path + " required", Set.copyOf(required), Set.copyOf(found), differences);
        expect(path + " closed", "false", schema.path("additionalProperties").toString(), differences);
        for (var component : components) {
            compare(
                    component.getGenericType(),
                    schema.path("properties").path(component.getName()),
                    root,
                    path + "." + component.getName(),
                    differences);
        }
    }

    private static void compare(Type type, JsonNode schema, JsonNode root, String path, List<String> differences) {
        var resolved =
                schema.has("$ref") ? root.at(schema.get("$ref").stringValue().substring(1)) : schema;
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            expect(path, "array", resolved.path("type").asString(), differences);
            var items = generic.getActualTypeArguments()[0];
            if (items instanceof Class<?>) {
                compare(items, resolved.path("items"), root, path + "[]", differences);
            }
        } else if (type instanceof ParameterizedType) {
            expect(path, "object", resolved.path("type").asString(), differences);
        } else if (type instanceof Class<?> plain) {
            comparePlain(plain, resolved, root, path, differences);
        }
    }

    private static void comparePlain(
            Class<?> type, JsonNode schema, JsonNode root, String path, List<String> differences) {
        if (type.isEnum()) {
            var constants =
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
            var found = schema.path("enum").values().stream()
                    .map(JsonNode::stringValue)
                    .toList();
            expect(path + " enum", constants, found, differences);
        } else if (FORMATS.containsKey(type)) {
            var byPattern = schema.path("pattern").asString("").startsWith("^urn:uuid:") ? "uri" : "";
            expect(path + " format", FORMATS.get(type), schema.path("format").asString(byPattern), differences);
        } else if (type.isRecord() && type != PublisherScope.class) {
            compare(type, schema, root, path, differences);
        } else if (!schema.has("const")) {
            expect(path, TYPES.getOrDefault(type, "string"), schema.path("type").asString(), differences);
        }
    }

    private static boolean required(RecordComponent component) {
        var type = component.getType();
        return Set.of(List.class, Map.class).contains(type)
                ? REQUIRED_COLLECTIONS.contains(component.getName())
                : !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static void expect(String what, @Nullable Object expected, Object found, List<String> differences) {
        if (!found.equals(expected)) {
            differences.add(what + ": record " + expected + ", schema " + found);
        }
    }

    private static JsonNode writer(Class<? extends NewsRecord> type) {
        return Encoding.json().readTree(SchemaAssert.text(SchemaAssert.resource(type, "")));
    }
}
