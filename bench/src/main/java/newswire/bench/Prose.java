package newswire.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Sentences of news in one language, to be drawn at random.
 *
 * @param language BCP 47
 */
record Prose(String language, List<String> sentences) {
    private static final String FILE = "prose.txt";

    /** More languages, which measurements of other things do without. */
    private static final String MORE = "prose-more.txt";

    Prose {
        sentences = List.copyOf(sentences);
    }

    /** The languages that measured feeds are in. */
    static List<Prose> all() {
        return of(FILE);
    }

    /** The languages that searched articles are in: those of the feeds and more. */
    static List<Prose> more() {
        var more = new ArrayList<>(all());
        more.addAll(of(MORE));
        return more;
    }

    private static List<Prose> of(String file) {
        try (var in = Objects.requireNonNull(Prose.class.getResourceAsStream(file), file)) {
            var all = new ArrayList<Prose>();
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (var paragraph : text.substring(text.indexOf('\n') + 1).split("\n\n", -1)) {
                var lines = paragraph.strip().lines().toList();
                all.add(new Prose(lines.getFirst(), lines.subList(1, lines.size())));
            }
            return all;
        } catch (IOException ex) {
            throw new UncheckedIOException("cannot read " + file, ex);
        }
    }

    /** Some sentences. */
    String text(RandomGenerator random, int count) {
        var text = new ArrayList<String>();
        for (int at = 0; at < count; at++) {
            text.add(sentences.get(random.nextInt(sentences.size())));
        }
        return String.join(" ", text);
    }
}
