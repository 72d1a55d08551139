package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewestTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # dates of the entries                                                    | kept of three
        2026-03-01; 2026-03-02; 2026-03-03; 2026-03-04                            | 1 2 3
        2026-03-04; 2026-03-03; 2026-03-02; 2026-03-01                            | 0 1 2
        2026-03-04; 2026-03-01; 2026-03-03; 2026-03-02                            | 0 2 3
        Mon, 02 Mar 2026 10:00:00 GMT; Sun, 01 Mar 2026 10:00:00 GMT; 3 Mar 26; 2026-03-04T00:00:00Z | 0 2 3
        -; -; 2026-03-01; 2026-03-02                                              | 0 2 3
        -; -; -; 2026-03-02                                                       | 0 1 2
        -; -; -; -                                                                | 0 1 2
        2026-03-01; 2026-03-01                                                    | 0 1
        """)
    void keepsTheNewest(String dates, String kept) {
        var list = new ArrayList<String>();
        for (var date : dates.split("; ", -1)) {
            list.add(date.equals("-") ? "" : date);
        }
        assertThat(Arrays.stream(Newest.of(list, 3)).mapToObj(String::valueOf).collect(Collectors.joining(" ")))
                .isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # earlier                         , later
        2026-03-01                        , 2026-03-01T10:00:00Z
        2026-03-01T10:00:00Z              , 2026-03-01T10:00:01.5+09:00
        'Sun, 01 Mar 2026 09:59:59 GMT'   , 2026-03-01T10:00:00Z
        '31 Dec 2025 23:59 +0000'         , '1 Jan 2026 00:00 +0000'
        28 Feb 26                         , 'Sunday, 01-Mar-26 10:00:00 UTC'
        """)
    void readsDates(String earlier, String later) {
        assertThat(Newest.key(earlier)).isPositive().isLessThan(Newest.key(later));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "0000", "Thu, 99 Xyz 2026", "12345678901234567890"})
    void readsNoneWhereThereIsNone(String date) {
        assertThat(Newest.key(date)).isNegative();
    }

    @Test
    void archiveThatBeginsWithItsOldestEntryLosesThat() {
        var items = IntStream.range(0, 10)
                .mapToObj(
                        n -> "<item><guid>" + n + "</guid><pubDate>" + (n + 1) + " Mar 2026 10:00 GMT</pubDate></item>")
                .collect(Collectors.joining());
        var json = IntStream.range(0, 10)
                .mapToObj(n -> "{\"id\": \"" + n + "\", \"date_published\": \"2026-03-1" + n + "T00:00:00Z\"}")
                .collect(Collectors.joining(","));
        for (var text : List.of(
                "<rss version=\"2.0\"><channel>" + items + "</channel></rss>",
                "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [" + json + "]}")) {
            assertThat(FeedDocument.read(text.getBytes(StandardCharsets.UTF_8), null, 3))
                    .isInstanceOfSatisfying(FeedDocument.Parsed.class, feed -> {
                        assertThat(feed.complete()).isFalse();
                        assertThat(feed.repairs()).contains("items-capped");
                        assertThat(feed.entries())
                                .extracting(FeedDocument.Entry::key)
                                .containsExactly("7", "8", "9");
                        assertThat(feed.entries().getFirst().document().get()).contains("7");
                    });
        }
    }
}
