package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryFactsTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # text                                            | called content | whole
                                                              | true           | false
            ' '                                               | true           | false
            A line.                                           | true           | true
            A line.                                           | false          | false
            <p>A line.</p>                                    | false          | true
            <b>A line.</b>                                    | false          | false
            <p>It began […]</p>                               | true           | false
            <p>It began [...]</p>                             | true           | false
            It began [&#8230;]                                | true           | false
            It began…                                         | true           | false
            <p>It began. <a href="x">Continue reading →</a></p> | true         | false
            <p>Read more of it than I did.</p>                | true           | false
            <p>I read more than […] he did.</p>               | true           | true
            """)
    void tellsTextFromSummary(@Nullable String text, boolean content, boolean full) {
        assertThat(EntryFacts.isFull(text, content)).isEqualTo(full);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            599, false
            601, true
            """)
    void takesLongDescriptionForTheText(int length, boolean full) {
        assertThat(EntryFacts.isFull("x".repeat(length), false)).isEqualTo(full);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            1000, false
            3000, true
            """)
    void longTextMayEndAsItLikes(int length, boolean full) {
        assertThat(EntryFacts.isFull("x".repeat(length) + "…", true)).isEqualTo(full);
    }
}
