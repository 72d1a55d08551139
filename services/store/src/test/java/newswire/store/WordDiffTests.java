package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordDiffTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # before            | after                | difference
        a b c               | a b c                | a b c
        a b c               | a x c                | a -b-+x+ c
        a b                 | a b c                | a b+ c+
        Café au lait        | Café noir            | Café -au lait-+noir+
        東京は雨            | 東京は晴             | 東京は-雨-+晴+
        3.5 percent         | 3.7 percent          | 3.-5-+7+ percent
        """)
    void tellsWordsApart(String before, String after, String difference) {
        assertThat(text(WordDiff.of(before, after))).isEqualTo(difference);
    }

    @Test
    void looksIntoTheParagraphThatChangedOnly() {
        var parts = WordDiff.of("One.\n\nTwo is here.\n\nThree.", "One.\n\nTwo was here.\n\nThree.");
        assertThat(text(parts)).isEqualTo("One.\n\nTwo -is-+was+ here.\n\nThree.");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void bothTextsCanBeMadeOfTheParts(int seed) {
        var random = new Random(seed);
        var before = words(random, seed * seed * 40);
        var after = words(random, seed * 100);
        var parts = WordDiff.of(before, after);
        assertThat(without(parts, WordDiff.Kind.ADDED)).isEqualTo(before);
        assertThat(without(parts, WordDiff.Kind.REMOVED)).isEqualTo(after);
    }

    private static String words(Random random, int count) {
        return random.ints(count, 0, 60)
                .mapToObj(word -> word == 0 ? "\n\n" : word % 7 == 0 ? "中" : "w" + word + " ")
                .collect(Collectors.joining());
    }

    private static String without(List<WordDiff.Part> parts, WordDiff.Kind kind) {
        return parts.stream()
                .filter(part -> part.kind() != kind)
                .map(WordDiff.Part::text)
                .collect(Collectors.joining());
    }

    private static String text(List<WordDiff.Part> parts) {
        return parts.stream()
                .map(part -> switch (part.kind()) {
                    case SAME -> part.text();
                    case REMOVED -> "-" + part.text() + "-";
                    case ADDED -> "+" + part.text() + "+";
                })
                .collect(Collectors.joining());
    }
}
