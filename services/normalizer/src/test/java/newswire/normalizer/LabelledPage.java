package newswire.normalizer;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jsoup.Jsoup;

/**
 * A page written for this project, in which the elements that are the story bear {@code data-story}. Readers get it without
 * that mark.
 *
 * @param story the words of its story, in order
 */
record LabelledPage(String name, String html, List<String> paragraphs, List<String> story) {
    static final URI URL = URI.create("https://pages.example/2024/story-1");

    /** All that are in {@code pages/}. */
    static List<LabelledPage> all() {
        try (var files = Files.list(folder())) {
            return files.sorted().map(LabelledPage::of).toList();
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(LabelledPage.class.getResource("pages"))
                    .toURI());
        } catch (URISyntaxException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static LabelledPage of(Path file) {
        try {
            var marked = Files.readString(file);
            var page = Jsoup.parse(marked);
            page.outputSettings().prettyPrint(false);
            var blocks = page.select("[data-story]").stream()
                    .flatMap(element -> Html.read(element.outerHtml(), true, URL).blocks().stream())
                    .map(Block::text)
                    .toList();
            var name = String.valueOf(file.getFileName()).replace(".html", "");
            return new LabelledPage(name, marked.replace(" data-story", ""), blocks, words(blocks));
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    /** Words; of scripts without spaces characters. */
    static List<String> words(List<String> paragraphs) {
        return Stream.of(String.join(" ", paragraphs)
                        .split("[\\s\\u00A0]+|(?<=[\\u3040-\\u9FFF])|(?=[\\u3040-\\u9FFF])", -1))
                .filter(word -> !word.isBlank())
                .toList();
    }

    /** The share of found words that are story. */
    double precision(List<String> found) {
        return found.isEmpty() ? 0 : (double) common(found) / found.size();
    }

    /** The share of the story's words that were found. */
    double recall(List<String> found) {
        return (double) common(found) / story.size();
    }

    private int common(List<String> found) {
        var left = new HashMap<String, Integer>();
        story.forEach(word -> left.merge(word, 1, Integer::sum));
        var common = new ArrayList<String>();
        for (var word : found) {
            if (left.getOrDefault(word, 0) > 0) {
                left.merge(word, -1, Integer::sum);
                common.add(word);
            }
        }
        return common.size();
    }

    @Override
    public String toString() {
        return name;
    }
}
