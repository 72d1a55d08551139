package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import newswire.contract.FeedState;
import newswire.contract.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SilenceTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static FeedState.Rhythm after(Stream<Duration> gaps) {
        var at = NOW;
        var rhythm = Silence.arrived(null, at);
        for (var gap : gaps.toList()) {
            at = at.plus(gap);
            rhythm = Silence.arrived(rhythm, at);
        }
        return rhythm;
    }

    /** What is remembered after a poll that found nothing, or failed. */
    private static FeedState.@Nullable Rhythm poll(FeedState.Rhythm rhythm, Duration silence, boolean failed) {
        var exchange = NextStateTests.exchange(null);
        var unchanged = new PollOutcome.Unchanged(exchange, null);
        var state = NextStateTests.next(null, unchanged, NOW);
        var before = NextStateTests.with(state, rhythm);
        var outcome = failed ? new PollOutcome.Failed(exchange, Problem.of("http_500", 500, "x")) : unchanged;
        return Silence.of(before, outcome, rhythm.lastNewAt().plus(silence));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # gap, arrivals, silence, quiet
            PT1H,  30,       PT11H,   false
            PT1H,  30,       PT13H,   true
            PT8H,  30,       PT23H,   false
            PT8H,  30,       PT25H,   true
            P7D,   30,       P20D,    false
            P7D,   30,       P22D,    true
            PT1H,  3,        P30D,    false
            """)
    void isStrangeBeyondThreeTimesWhatIsUsual(Duration gap, int arrivals, Duration silence, boolean quiet) {
        var rhythm = after(Stream.generate(() -> gap).limit(arrivals));
        var polled = Objects.requireNonNull(poll(rhythm, silence, false));
        assertThat(polled.quietSince() != null).isEqualTo(quiet);
        assertThat(polled.expectedSeconds()).isEqualTo(gap.toSeconds());
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            # age of what is new, quiet
            PT1H,                 false
            PT11H,                false
            PT13H,                true
            -P9D,                 false
            -,                    false
            """)
    void datesThatHaveStoppedAreStrange(@Nullable Duration age, boolean quiet) {
        var rhythm = after(Stream.generate(() -> Duration.ofHours(1)).limit(30));
        var now = rhythm.lastNewAt().plus(Duration.ofHours(1));
        var published = age == null ? "lately" : now.minus(age).toString();
        var before =
                NextStateTests.with(NextStateTests.next(null, NextStateTests.changed(EntryFacts.NONE), NOW), rhythm);
        var outcome = NextStateTests.changed(new EntryFacts(null, () -> true, published, 0));
        var polled = Objects.requireNonNull(Silence.of(before, outcome, now));
        assertThat(polled.lastNewAt()).isEqualTo(now);
        assertThat(polled.quietSince() != null).isEqualTo(quiet);
    }

    @Test
    void failureIsNoSilence() {
        var rhythm = after(Stream.generate(() -> Duration.ofHours(1)).limit(30));
        assertThat(poll(rhythm, Duration.ofDays(9), true)).isEqualTo(rhythm);
    }

    @Test
    void newEntryEndsSilence() {
        var rhythm = after(Stream.generate(() -> Duration.ofHours(1)).limit(30));
        var quiet = Objects.requireNonNull(poll(rhythm, Duration.ofDays(2), false));
        assertThat(quiet.quietSince()).isEqualTo(rhythm.lastNewAt().plus(Duration.ofHours(12)));
        assertThat(Silence.arrived(quiet, NOW.plus(Duration.ofDays(9))).quietSince())
                .isNull();
    }

    @Test
    void estimatesWhatOneOfTwentyExceeds() {
        var random = new Random(1);
        var gaps = Stream.generate(() -> Duration.ofSeconds((long) (-3600 * Math.log(1 - random.nextDouble()))))
                .limit(3000)
                .toList();
        var exact = gaps.stream().sorted().skip(2850).findFirst().orElseThrow();
        long estimate = Objects.requireNonNull(after(gaps.stream()).longSeconds());
        assertThat((double) estimate / exact.toSeconds()).isBetween(0.6, 1.6);
    }
}
