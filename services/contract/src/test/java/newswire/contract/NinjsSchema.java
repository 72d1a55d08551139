package newswire.contract;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * IPTC's own, unmodified schema of ninjs 3.1. That file is not part of this project: it is read from
 * {@code shared/data/ninjs} beside the checkout or from the folder that the system property {@code newswire.test.ninjs}
 * names, and without it the tests that want it are skipped.
 *
 * @param text of the file
 */
public record NinjsSchema(String text) {
    public static final String FILE = "ninjs-schema_3.1.json";

    private static final String ID = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json";

    /** The schema, if the file is there. */
    public static Optional<NinjsSchema> find() {
        var file = file();
        if (file == null) {
            System.out.println("newswire tests: ninjs conformance skipped, no " + FILE + " found");
            return Optional.empty();
        }
        try {
            return Optional.of(new NinjsSchema(Files.readString(file)));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** What is wrong with a document. */
    public List<String> violations(JsonNode document) {
        var schemas = Map.of(
                ID,
                text,
                "https://geojson.org/schema/GeoJSON.json",
                resource("/newswire/contract/geojson-geometry.json"));
        var registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(schemas));
        return SchemaAssert.violations(registry.getSchema(SchemaLocation.of(ID)), document);
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
        try (var stream = NinjsSchema.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalArgumentException("no resource '" + name + "'");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
