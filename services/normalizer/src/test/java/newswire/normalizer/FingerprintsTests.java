package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintsTests {
    private static final String SEED =
            SeedTests.article("article.txt").bodies().getFirst().value();
    private static final List<String> PARAGRAPHS = List.of(SEED.split("\n\n", -1));

    @Test
    void seedHasTheHashOfTheContract() {
        assertThat(Long.toHexString(Fingerprints.simHash(SEED))).isEqualTo("fc09e5ba851c0973");
    }

    @Test
    void distanceGrowsWithTheDifference() {
        assertThat(distance(SeedTests.resource("seed/article.txt"))).isEqualTo(3);
        assertThat(distance(SEED.replace("On Mar. 27", "On Mar. 28"))).isEqualTo(2);
        assertThat(distance(String.join("\n\n", PARAGRAPHS.subList(0, 9)))).isEqualTo(8);
        assertThat(distance(String.join("\n\n", PARAGRAPHS.subList(0, 5)))).isEqualTo(16);
    }

    private static int distance(String text) {
        return Long.bitCount(Fingerprints.simHash(SEED) ^ Fingerprints.simHash(text));
    }

    @Test
    void formOfTheTextDoesNotCount() {
        var plain = Fingerprints.of("A title", List.of("One  two.", "Three"));
        assertThat(Fingerprints.of("A\u00A0title", List.of("One two.\u200B", "", "Three")))
                .isEqualTo(plain);
        assertThat(Fingerprints.of("A title", List.of("One two.", "Four"))).isNotEqualTo(plain);
    }
}
