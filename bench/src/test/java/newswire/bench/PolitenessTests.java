package newswire.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The measure itself: visits are start-end pairs in seconds. */
class PolitenessTests {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    @ParameterizedTest
    @CsvSource(textBlock = """
            # visits         , in flight , spacing
            0-1              , 1         ,
            0-1 5-6 10-11    , 1         , PT5S
            0-7 5-12 10-17   , 2         , PT5S
            0-9 1-9 2-9 9-10 , 3         , PT1S
            5-6 0-1          , 1         , PT5S
            """)
    void countsWhatTheServerSaw(String visits, int inFlight, Duration spacing) {
        var polite = Politeness.of(visits(visits));
        assertThat(polite.mostInFlight()).isEqualTo(inFlight);
        assertThat(polite.shortestSpacing()).isEqualTo(spacing);
    }

    private static List<Ledger.Visit> visits(String text) {
        return Stream.of(text.split(" "))
                .map(pair -> pair.split("-"))
                .map(pair -> new Ledger.Visit(
                        START.plusSeconds(Long.parseLong(pair[0])),
                        START.plusSeconds(Long.parseLong(pair[1])),
                        "127.0.0.1:1",
                        "/feeds/1",
                        "agent",
                        "peer",
                        "200",
                        false))
                .toList();
    }
}
