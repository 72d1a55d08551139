package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries are written as {@code key+text}. */
class SeenEntriesTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # last documents          | document        | kinds                | overrun
        -                         | a+1 b+1         | NEW NEW              | false
        a+1 b+1                   | a+1 b+1         | KNOWN KNOWN          | false
        a+1 b+1                   | c+1 a+1 b+1     | NEW KNOWN KNOWN      | false
        a+1 b+1                   | a+2 b+1         | CHANGED KNOWN        | false
        a+1 b+1                   | c+1 d+1         | NEW NEW              | true
        a+1 b+1                   | a+2 c+1         | CHANGED NEW          | false
        a+1, a+2                  | a+1             | CHANGED              | false
        a+1 b+1, c+1              | c+1 a+1         | KNOWN KNOWN          | false
        -                         | a+1 a+1 a+2     | NEW NEW              | false
        a+1 a+2                   | a+1 a+2         | KNOWN KNOWN          | false
        a+1                       | -               | -                    | false
        """)
    void tellsNewFromChangedFromKnown(String last, String document, String kinds, boolean overrun) {
        var seen = SeenEntries.NOTHING;
        for (var one : last == null ? new String[0] : last.split(", ")) {
            seen = seen.after(seen.compare(entries(one)), true);
        }
        var sightings = SeenEntries.of(seen.toState()).compare(entries(document));
        assertThat(sightings.stream().map(one -> one.kind().name()).collect(Collectors.joining(" ")))
                .isEqualTo(kinds == null ? "" : kinds);
        assertThat(seen.overrunBy(sightings)).isEqualTo(overrun);
    }

    @Test
    void emptyDocumentForgetsNothing() {
        var seen = SeenEntries.NOTHING.after(SeenEntries.NOTHING.compare(entries("a+1")), true);
        assertThat(seen.after(List.of(), true)).isEqualTo(seen);
    }

    @Test
    void brokenDocumentForgetsNothing() {
        var whole = entries(numbered(0, 500));
        var seen = SeenEntries.NOTHING.after(SeenEntries.NOTHING.compare(whole), true);
        seen = seen.after(seen.compare(entries(numbered(0, 1))), false);
        seen = seen.after(seen.compare(entries(numbered(0, 2))), false);
        assertThat(seen.compare(whole)).allMatch(one -> one.kind() == SeenEntries.Kind.KNOWN);
    }

    @Test
    void pushAddsAndForgetsNothing() {
        var seen = SeenEntries.NOTHING.after(SeenEntries.NOTHING.compare(entries("a+1 b+1 c+1")), true);
        seen = seen.after(seen.compare(entries("d+1 a+1")), true);
        var pushed = seen.plus(seen.compare(entries("e+1 a+2")));
        assertThat(kinds(pushed, "a+1 a+2 b+1 c+1 d+1 e+1 f+1")).isEqualTo("CHANGED KNOWN KNOWN KNOWN KNOWN KNOWN NEW");
        assertThat(pushed.overrunBy(pushed.compare(entries("d+1")))).isFalse();
        assertThat(pushed.plus(List.of())).isEqualTo(pushed);
    }

    @Test
    void pushesAreBounded() {
        var seen = SeenEntries.NOTHING;
        for (int i = 0; i < 10_000; i += 100) {
            seen = seen.plus(seen.compare(entries(numbered(i, 100))));
        }
        assertThat(seen.window()).hasSize(2_000);
        assertThat(seen.older()).hasSize(4_000);
        assertThat(kinds(seen, "9999+1 5000+1 100+1")).isEqualTo("KNOWN KNOWN NEW");
    }

    private static String kinds(SeenEntries seen, String document) {
        return seen.compare(entries(document)).stream()
                .map(one -> one.kind().name())
                .collect(Collectors.joining(" "));
    }

    @Test
    void isBounded() {
        var seen = SeenEntries.NOTHING;
        for (int i = 0; i < 100; i++) {
            seen = seen.after(seen.compare(entries(numbered(i * 100, 100))), true);
        }
        assertThat(seen.window()).hasSize(100);
        assertThat(seen.older()).hasSize(200);
    }

    private static String numbered(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> i + "+1").collect(Collectors.joining(" "));
    }

    private static List<FeedDocument.Entry> entries(String text) {
        return (text == null ? Stream.<String>of() : Arrays.stream(text.split(" ")))
                .map(one -> new FeedDocument.Entry(
                        0, one.substring(0, one.indexOf('+')), EntryDigest.sha256(one), EntryFacts.NONE, () -> ""))
                .toList();
    }
}
