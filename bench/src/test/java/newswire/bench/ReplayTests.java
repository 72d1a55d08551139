package newswire.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counting what fixed intervals miss, where it can be counted by hand. */
class ReplayTests {
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant END = START.plus(Duration.ofDays(1));

    /** One entry every ten minutes for a day, the first after ten minutes. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # window , poll every , fetches , missed
            10       , PT10M      , 144     , 0
            1        , PT10M      , 144     , 0
            6        , PT1H       , 24      , 0
            3        , PT1H       , 24      , 69
            10       , PT12H      , 2       , 62
            """)
    void countsFetchesAndMisses(int window, Duration every, int fetches, int missed) {
        var replay = Replay.of(
                everyTenMinutes(window), START, END, poll -> poll.now().plus(every));
        assertThat(replay.fetches()).isEqualTo(fetches);
        assertThat(replay.missed()).isEqualTo(missed);
    }

    @Test
    void showsEachPollWhatIsThere() {
        var known = new java.util.ArrayList<Integer>();
        Replay.of(everyTenMinutes(4), START, END, poll -> {
            known.add(poll.known());
            return poll.now().plus(Duration.ofMinutes(20));
        });
        assertThat(known.subList(0, 5)).containsExactly(0, 0, 2, 2, 2);
    }

    @Test
    void shortestStayIsTheTimeUntilTheWindowIsFull() {
        assertThat(everyTenMinutes(6).shortestStay()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void syntheticArrivalsAreTheSameEveryTime() {
        assertThat(Arrivals.synthetic(3, START, 30)).isEqualTo(Arrivals.synthetic(3, START, 30));
    }

    private static Arrivals everyTenMinutes(int window) {
        return new Arrivals(
                "every ten minutes",
                IntStream.rangeClosed(1, 144)
                        .mapToObj(n -> START.plus(Duration.ofMinutes(10L * n)))
                        .toList(),
                window);
    }
}
