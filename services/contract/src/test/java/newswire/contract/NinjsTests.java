package newswire.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An article without the properties that ninjs lacks is valid by IPTC's own schema. */
class NinjsTests {
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

    private static final @Nullable NinjsSchema FOUND = NinjsSchema.find().orElse(null);

    private NinjsSchema ninjs = new NinjsSchema("");

    @BeforeEach
    void haveSchema() {
        assumeThat(FOUND).as(NinjsSchema.FILE).isNotNull();
        ninjs = requireNonNull(FOUND);
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
                .readTree(ninjs.text())
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
        return ninjs.violations(projection);
    }
}
