package newswire.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The golden samples, the records and the schemas agree. */
class SampleTests {

    static Stream<Arguments> samples() {
        var ofAll = SchemaAssert.NAMES.entrySet().stream()
                .flatMap(entry -> Stream.of("full", "minimal")
                        .map(kind -> Arguments.of(entry.getValue() + "-" + kind, entry.getKey())));
        return Stream.concat(ofAll, Stream.of(Arguments.of("article-seed", Article.class)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void comesBackAsItIs(String name, Class<? extends NewsRecord> type) {
        var written = Encoding.encode(Samples.read(name, type));
        assertThat(Encoding.json().readTree(written)).isEqualTo(tree(name));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isValidForWritersAndReaders(String name, Class<? extends NewsRecord> type) {
        SchemaAssert.assertValid(Samples.read(name, type));
        assertThat(SchemaAssert.violations(tree(name), type, "-reader")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readersAllowWhatANewerMinorVersionBrings(String name, Class<? extends NewsRecord> type) {
        var newer = ((ObjectNode) tree(name)).put("mood", "calm");
        assertThat(SchemaAssert.violations(newer, type, "")).hasSize(1);
        assertThat(SchemaAssert.violations(newer, type, "-reader")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("types")
    void fullSampleHasEveryProperty(Class<? extends NewsRecord> type) {
        var schema = Encoding.json().readTree(SchemaAssert.text(SchemaAssert.resource(type, "")));
        var all = new TreeSet<String>();
        var seen = new TreeSet<String>();
        walk(schema, schema, "", List.of(tree(SchemaAssert.NAMES.get(type) + "-full")), all, seen);
        assertThat(all).hasSizeGreaterThan(10).isEqualTo(seen);
    }

    static Set<Class<? extends NewsRecord>> types() {
        return SchemaAssert.NAMES.keySet();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /pubStatus             | "retracted"
            /url                   | "not a url"
            /datePublished         | "2020-03-31"
            /datePublished         | null
            /uri                   | "https://www.dailynk.com/"
            /version               | "1"
            /headlines             | []
            /headlines/0/role      | "sub"
            /headlines/0/colour    | "red"
            /bodies/0/contentType  | "text/html"
            /bodies/0/charCount    | -1
            /infoSources/0/role    | "agency"
            /altIds                | []
            /fingerprints/simHash  | "fc09"
            /standard/version      | "2.0"
            """)
    void writersAreHeldToTheSchema(String pointer, String json) {
        var article = (ObjectNode) tree("article-seed");
        int end = pointer.lastIndexOf('/');
        ((ObjectNode) article.at(pointer.substring(0, end)))
                .set(pointer.substring(end + 1), Encoding.json().readTree(json));
        assertThat(SchemaAssert.violations(article, Article.class, "")).isNotEmpty();
    }

    @Test
    void seedIsTheReferenceArticle() {
        var seed = Samples.article("seed");
        var body = seed.bodies().getFirst();
        assertThat(body.value().split("\n\n")).hasSize(10);
        assertThat(body.value().codePointCount(0, body.value().length()))
                .isEqualTo(2664)
                .isEqualTo(body.charCount());
        assertThat(body.value().split("\\s+")).hasSize(416);
        assertThat(body.wordCount()).isEqualTo(416);
        assertThat(body.value().indexOf("Mar. 27"))
                .isEqualTo(seed.mentionedDates().getFirst().offset());
        var guid = seed.altIds().getFirst();
        assertThat(ArticleId.of(new PublisherScope("dailynk.com"), guid.role(), guid.value()))
                .isEqualTo(seed.id());
        var picture = seed.associations().getFirst();
        assertThat(seed.id().part(picture.name())).isEqualTo(picture.uri());
    }

    /** Names by the schema's definitions, so that a rendition of an association speaks for all renditions. */
    private static void walk(
            JsonNode root, JsonNode schema, String owner, List<JsonNode> found, Set<String> all, Set<String> seen) {
        if (schema.has("$ref")) {
            var reference = schema.get("$ref").stringValue();
            walk(root, root.at(reference.substring(1)), reference, found, all, seen);
            return;
        }
        for (var property : schema.path("properties").properties()) {
            var name = owner + "/" + property.getKey();
            var values = found.stream()
                    .filter(node -> node.has(property.getKey()))
                    .map(node -> node.get(property.getKey()))
                    .toList();
            all.add(name);
            if (!values.isEmpty()) {
                seen.add(name);
            }
            walk(root, property.getValue(), name, values, all, seen);
        }
        if (schema.has("items")) {
            var items = found.stream().flatMap(JsonNode::valueStream).toList();
            walk(root, schema.get("items"), owner, items, all, seen);
        }
    }

    private static JsonNode tree(String name) {
        return Encoding.json().readTree(Samples.bytes(name));
    }
}
