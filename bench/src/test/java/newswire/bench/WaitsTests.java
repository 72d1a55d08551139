package newswire.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The measure itself: visits are a feed's name, or R for a robots.txt, and a second. */
class WaitsTests {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    @ParameterizedTest
    @CsvSource(textBlock = """
            # visits            , begin , end , feeds , waits        , median
            a0 a5 a9            , 0     , 10  , 1     , 1 4 5        , 4
            a0 b1 a5 b2         , 0     , 7   , 2     , 1 2 5 5      , 5
            b9 a0 b1            , 0     , 10  , 2     , 1 8 10       , 8
            a0 a1 a2 a9         , 1     , 5   , 1     , 1 3          , 3
            a3                  , 0     , 3   , 1     , 0            , 0
            R0 a1 a3 R4         , 0     , 5   , 1     , 2 2          , 2
            ''                  , 0     , 9   , 0     , ''           , 0
            """)
    void areFromVisitToVisitAndToTheEnd(String visits, int begin, int end, int feeds, String waits, int median) {
        var measured = Waits.of(visits(visits), START.plusSeconds(begin), START.plusSeconds(end));
        assertThat(measured.feeds()).isEqualTo(feeds);
        assertThat(measured.sorted()).isEqualTo(seconds(waits));
        assertThat(measured.quantile(0.5)).isEqualTo(Duration.ofSeconds(median));
        assertThat(measured.longest())
                .isEqualTo(waits.isEmpty() ? Duration.ZERO : seconds(waits).getLast());
    }

    private static List<Duration> seconds(String text) {
        return Arrays.stream(text.split(" "))
                .filter(one -> !one.isEmpty())
                .map(one -> Duration.ofSeconds(Long.parseLong(one)))
                .toList();
    }

    private static List<Ledger.Visit> visits(String text) {
        return Arrays.stream(text.split(" "))
                .filter(one -> !one.isEmpty())
                .map(one -> visit(one.substring(0, 1), START.plusSeconds(Long.parseLong(one.substring(1)))))
                .toList();
    }

    private static Ledger.Visit visit(String feed, Instant at) {
        var path = feed.equals("R") ? "/robots.txt" : "/feeds/" + feed;
        return new Ledger.Visit(at, at, "127.0.0.1:1", path, "agent", "peer", "200", false);
    }
}
