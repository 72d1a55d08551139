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

/** Entries are written as {@code key+text}; the text up to a full stop is the title. */
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
        a+x. b+y. c+z.            | 1+x. 2+y. 3+z.  | RENAMED RENAMED RENAMED | false
        a+x. b+y. c+z.            | 0+w. 1+x. 2+y. 3+z. | NEW RENAMED RENAMED RENAMED | false
        a+x. b+y. c+z. d+v.       | 1+x. 2+y. c+z. 4+v. | RENAMED RENAMED KNOWN RENAMED | false
        a+x. b+y. c+z. d+v.       | 1+x. 2+y. c+z. d+v. | NEW NEW KNOWN KNOWN | false
        a+x. b+y. c+z. d+v. e+u. f+t. | 1+x. 2+y. 3+z. | NEW NEW NEW      | true
        a+x. b+x. c+x. d+x.       | 1+x. 2+x. 3+x.  | NEW NEW NEW          | true
        a+x. b+y.                 | 1+x. 2+y.       | NEW NEW              | true
        a+x. b+y. c+z.            | 1+x.1 2+y.2 3+z.3 | RENAMED RENAMED RENAMED | false
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
    void titlesAreOfTheLastDocumentAndOfPushesSince() {
        var seen = SeenEntries.NOTHING.after(SeenEntries.NOTHING.compare(entries("a+x. b+y. c+z.")), true);
        var broken = seen.after(seen.compare(entries("d+w.")), false);
        assertThat(kinds(broken, "1+w. 2+x. 3+y. 4+z.")).isEqualTo("RENAMED RENAMED RENAMED RENAMED");
        assertThat(kinds(seen.plus(seen.compare(entries("d+w."))), "1+w. 2+x. 3+y."))
                .isEqualTo("RENAMED RENAMED RENAMED");
        var next = seen.after(seen.compare(entries("d+w. e+v. f+u. a+x.")), true);
        assertThat(kinds(next, "1+x. 2+y. 3+z.")).isEqualTo("NEW NEW NEW");
    }

    @Test
    void titlesAreBounded() {
        var many = IntStream.range(0, 500).mapToObj(n -> n + "+t" + n + ".").collect(Collectors.joining(" "));
        var seen = SeenEntries.NOTHING.after(SeenEntries.NOTHING.compare(entries(many)), true);
        assertThat(seen.titles().digests()).hasSize(64);
        assertThat(seen.toState().titles()).hasSizeLessThanOrEqualTo(172);
        assertThat(SeenEntries.of(seen.toState())).isEqualTo(seen);
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
                        0, one.substring(0, one.indexOf('+')), EntryDigest.sha256(one), facts(one), () -> ""))
                .toList();
    }

    private static EntryFacts facts(String entry) {
        int end = entry.indexOf('.');
        int title = end < 0 ? 0 : Titles.digest(entry.substring(entry.indexOf('+') + 1, end));
        return new EntryFacts(null, () -> false, null, title);
    }
}
