package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FingerprintsTests {
    private static final Pattern TOKEN = Pattern.compile(
            "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]|[[\\p{L}\\p{M}\\p{N}]&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]]+");

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

    @Property(tries = 2_000, seed = "2020")
    void canonicalFormAndTokensAreThoseOfTheContract(@ForAll("texts") String text) {
        var compatible = java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFKC);
        var canonical = compatible
                .replaceAll("[\\u200B-\\u200D\\u2060\\uFEFF\\u00AD]", "")
                .replaceAll("(?U)\\s+", " ")
                .strip();
        assertThat(Fingerprints.canon(text)).isEqualTo(canonical);
        assertThat(Fingerprints.tokens(text))
                .isEqualTo(TOKEN.matcher(text).results().map(MatchResult::group).collect(Collectors.joining(" ")));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(60),
                Arbitraries.of(
                                "a", "é", " ", "\u00A0", "\u200B", "\u3000", "한", "国", "の", "ท", "५", "\u0301", ".",
                                "😀", "Ⅷ", "\uFEFF", "\n")
                        .list()
                        .ofMaxSize(40)
                        .map(pieces -> String.join("", pieces)));
    }
}
