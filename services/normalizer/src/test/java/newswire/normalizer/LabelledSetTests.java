package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import newswire.contract.Article;
import newswire.contract.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is story, caption or notice in entries of fifteen languages; {@code labelled/README.txt} says how they are written. */
class LabelledSetTests {
    private static final List<String> LANGUAGES =
            List.of("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "tr", "sv", "ko", "ja", "zh");

    @ParameterizedTest(name = "{0}")
    @MethodSource("entries")
    void losesNoSentenceOfTheStory(Labelled entry) {
        assertThat(paragraphs(article(entry))).containsSubsequence(entry.paragraphs());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entries")
    void findsWhatStandsAroundIt(Labelled entry) {
        var article = article(entry);
        assertThat(paragraphs(article)).isEqualTo(entry.paragraphs());
        assertThat(article.notices())
                .extracting(notice -> notice.role() + " " + oneLine(notice.value()))
                .isEqualTo(entry.notices());
        assertThat(pictures(article)).isEqualTo(entry.pictures());
    }

    @Test
    void setIsLarge() {
        assertThat(entries()).hasSizeGreaterThanOrEqualTo(150);
    }

    private static Stream<Labelled> entries() {
        return LANGUAGES.stream().flatMap(Labelled::of);
    }

    private static Article article(Labelled entry) {
        var item = """
                <title>%s</title><link>https://a.example/news/1</link><guid>https://a.example/news/1</guid>
                <content:encoded><![CDATA[%s]]></content:encoded>
                """.formatted(entry.name.replaceAll("[<&]", ""), entry.html());
        return Raw.normalized(Raw.of(Format.RSS_2_0, Raw.rss(item))).article();
    }

    private static List<String> paragraphs(Article article) {
        return article.bodies().isEmpty()
                ? List.of()
                : Stream.of(article.bodies().getFirst().value().split("\n\n", -1))
                        .map(LabelledSetTests::oneLine)
                        .toList();
    }

    private static List<String> pictures(Article article) {
        return article.associations().stream()
                .filter(it -> !it.descriptions().isEmpty() || it.by() != null)
                .map(LabelledSetTests::picture)
                .toList();
    }

    private static String picture(Article.Association it) {
        var caption =
                it.descriptions().isEmpty() ? "" : it.descriptions().getFirst().value();
        return oneLine(caption + " | " + Objects.requireNonNullElse(it.by(), ""));
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\s\\u00A0]+", " ").strip();
    }

    /**
     * An entry and what is to be read from it.
     *
     * @param notices role and text
     * @param pictures caption and credit, parted by a bar
     */
    record Labelled(String name, String html, List<String> paragraphs, List<String> notices, List<String> pictures) {

        static Stream<Labelled> of(String language) {
            return Stream.of(TestText.of("labelled/" + language + ".txt").split("(?m)^== ", -1))
                    .skip(1)
                    .map(text -> of(language, text.strip().lines().toList()));
        }

        private static Labelled of(String language, List<String> lines) {
            var entry = new Labelled(
                    language + " " + lines.getFirst(),
                    lines.stream().skip(1).map(Labelled::html).reduce("", (one, two) -> one + two + "\n"),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>());
            lines.stream().skip(1).forEachOrdered(entry::label);
            return entry;
        }

        private void label(String line) {
            var label = line.substring(0, line.indexOf(' '));
            switch (label) {
                case "p" -> paragraphs.addAll(List.of(text(line).split(" ¶ ", -1)));
                case "c" -> pictures.add(text(line));
                case "-" -> {}
                default -> notices.add(label.substring("n:".length()) + " " + text(line));
            }
        }

        private static String html(String line) {
            int arrow = line.indexOf(" => ");
            return line.substring(line.indexOf(' ') + 1, arrow < 0 ? line.length() : arrow);
        }

        private static String text(String line) {
            int arrow = line.indexOf(" => ");
            return arrow < 0 ? oneLine(html(line).replaceAll("<[^>]*>", "")) : line.substring(arrow + " => ".length());
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
