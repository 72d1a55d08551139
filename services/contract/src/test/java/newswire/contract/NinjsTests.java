package newswire.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An article without the properties that ninjs lacks is valid by IPTC's own, unmodified schema. That file is not part of
 * this project: it is read from {@code shared/data/ninjs} beside the checkout or from the folder that the system property
 * {@code newswire.test.ninjs} names, and without it these tests are skipped.
 */
class NinjsTests {
    private static final String FILE = "ninjs-schema_3.1.json";
    private static final Set<String> EXTENSIONS = Set.of(
            "url",
            "datePublished",
            "dateModified",
            "dates",
            "contributors",
            "languageVersions",
            "notices",
            "mentionedDates",
            "corrections",
            "revision",
            "fingerprints",
            "provenance");

    private static final @Nullable Path SCHEMA = file();

    private String ninjs = "";

    @BeforeAll
    static void saySo() {
        if (SCHEMA == null) {
            System.out.println("newswire tests: ninjs conformance skipped, no " + FILE + " found");
        }
    }

    @BeforeEach
    void readSchema() throws IOException {
        assumeThat(SCHEMA)
                .as("shared/data/ninjs/%s beside the checkout, or in the folder newswire.test.ninjs", FILE)
                .isNotNull();
        ninjs = Files.readString(requireNonNull(SCHEMA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"article-seed", "article-full", "article-minimal"})
    void withoutItsExtensionsAnArticleIsNinjs(String sample) {
        assertThat(violations(Encoding.json().readTree(Samples.bytes(sample)))).isEmpty();
    }

    @Test
    void theOfficialSchemaDoesRefuse() {
        var article = (ObjectNode) Encoding.json().readTree(Samples.bytes("article-full"));
        article.put("mood", "calm").put("uri", "no uri").put("pubStatus", "retracted");
        article.withArray("places").get(0).withObject("geoJSON").put("type", "Cube");
        assertThat(String.join("\n", violations(article))).contains("/uri", "/pubStatus", "mood", "/places/0/geoJSON");
    }

    @Test
    void noExtensionTakesANameOfNinjs() {
        var known = Encoding.json()
                .readTree(ninjs)
                .at("/$defs/ninjsType/properties")
                .propertyNames();
        assertThat(known).hasSizeGreaterThan(40).doesNotContainAnyElementsOf(EXTENSIONS);
        var ours = new LinkedHashSet<>(Encoding.json()
                .readTree(SchemaAssert.text("article-1.0.json"))
                .get("properties")
                .propertyNames());
        ours.removeAll(known);
        assertThat(ours).isEqualTo(EXTENSIONS);
    }

    private List<String> violations(JsonNode article) {
        var projection = (ObjectNode) article.deepCopy();
        projection.remove(EXTENSIONS);
        var schemas = Map.of(
                "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
                ninjs,
                "https://geojson.org/schema/GeoJSON.json",
                resource("/newswire/contract/geojson-geometry.json"));
        var registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(schemas));
        var schema = registry.getSchema(SchemaLocation.of("http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"));
        return SchemaAssert.violations(schema, projection);
    }

    private static @Nullable Path file() {
        var named = System.getProperty("newswire.test.ninjs");
        if (named != null && !named.isBlank()) {
            return Path.of(named).resolve(FILE);
        }
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            var file = folder.resolve("shared/data/ninjs").resolve(FILE);
            if (Files.isReadable(file)) {
                return file;
            }
        }
        return null;
    }

    private static String resource(String name) {
        try (var stream = NinjsTests.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalArgumentException("no resource '" + name + "'");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
