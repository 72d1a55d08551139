package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The stories of pages of many makes, against {@code pages/}, where they are marked. */
class PagesTests {
    private static Stream<LabelledPage> pages() {
        return LabelledPage.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void findsTheStoryAndNothingElse(LabelledPage page) {
        assertThat(PageBenchmark.own(page)).isEqualTo(page.paragraphs());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void findsItAgainInWhatItFound(LabelledPage page) {
        var story =
                "<html><body><article><p>" + String.join("</p><p>", page.paragraphs()) + "</p></article></body></html>";
        var again = new LabelledPage(page.name(), story, page.paragraphs(), page.story());
        assertThat(page.recall(LabelledPage.words(PageBenchmark.own(again)))).isEqualTo(1);
    }

    @Test
    void setIsLarge() {
        assertThat(LabelledPage.all()).hasSizeGreaterThanOrEqualTo(25);
        assertThat(LabelledPage.all())
                .allSatisfy(page -> assertThat(page.paragraphs()).isNotEqualTo(List.of()));
    }
}
