package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitTests {
    private static final long SECOND = 1_000_000_000L;

    private final RateLimit limit = new RateLimit(60);

    @Test
    void givesAMinutesWorthAtOnceAndThenOneASecond() {
        for (int i = 0; i < 60; i++) {
            assertThat(limit.take("a", 5)).isZero();
        }
        assertThat(limit.take("a", 5)).isEqualTo(1);
        assertThat(limit.take("a", 5 + SECOND)).isZero();
        assertThat(limit.take("a", 5 + SECOND)).isEqualTo(1);
        assertThat(limit.take("a", 5 + 3 * SECOND)).isZero();
    }

    @Test
    void oneCallersHasteIsNotAnothers() {
        for (int i = 0; i < 61; i++) {
            limit.take("a", 0);
        }
        assertThat(limit.take("b", 0)).isZero();
    }

    @Test
    void aLongPauseSavesNoMoreThanAMinutesWorth() {
        limit.take("a", 0);
        for (int i = 0; i < 60; i++) {
            assertThat(limit.take("a", 3600 * SECOND)).isZero();
        }
        assertThat(limit.take("a", 3600 * SECOND)).isPositive();
    }
}
