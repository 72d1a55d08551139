package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HostBudgetTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration SPACING = Duration.ofSeconds(5);

    private final HostBudget budget = new HostBudget(new FetcherProperties.Host(SPACING, 2, 8));

    @Test
    void spacesStarts() {
        budget.start(NOW);
        assertThat(budget.hasRoom()).as("while it connects").isFalse();
        budget.sent(NOW.plusSeconds(3));
        assertThat(budget.hasRoom()).isTrue();
        assertThat(budget.earliest()).isEqualTo(NOW.plusSeconds(3).plus(SPACING).plusMillis(500));
        budget.start(NOW.plusSeconds(9));
        budget.sent(NOW.plusSeconds(9));
        assertThat(budget.hasRoom()).as("two are in flight").isFalse();
        budget.finish(Duration.ofMillis(50), true, false, true);
        assertThat(budget.hasRoom()).isTrue();
        assertThat(budget.earliest()).isEqualTo(NOW.plusSeconds(9).plus(SPACING).plusMillis(500));
    }

    @Test
    void keepsTheLongestCrawlDelayFromTheLastStartOn() {
        budget.start(NOW);
        budget.sent(NOW);
        budget.crawlDelay(Duration.ofSeconds(30));
        assertThat(budget.earliest()).isEqualTo(NOW.plusSeconds(30).plusMillis(500));
        budget.crawlDelay(Duration.ofSeconds(1));
        assertThat(budget.spacing()).isEqualTo(Duration.ofSeconds(30));
        var unspaced = new HostBudget(new FetcherProperties.Host(Duration.ZERO, 2, 8));
        unspaced.crawlDelay(Duration.ofSeconds(3));
        assertThat(unspaced.spacing()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void goesOnAfterRequestThatNeverWentOut() {
        budget.start(NOW);
        budget.finish(Duration.ofSeconds(5), false, false, false);
        assertThat(budget.hasRoom()).isTrue();
        assertThat(budget.earliest()).isEqualTo(NOW.plus(SPACING));
    }

    @Test
    void sparesSlowServers() {
        ask(Duration.ofSeconds(10), true, false);
        assertThat(budget.spacing()).isEqualTo(Duration.ofSeconds(40));
        ask(Duration.ofSeconds(2), true, false);
        assertThat(budget.spacing()).isEqualTo(Duration.ofSeconds(32));
        ask(Duration.ofSeconds(30), false, false);
        assertThat(budget.spacing()).isEqualTo(Duration.ofSeconds(32));
    }

    @Test
    void doublesWhenTooManyAndRecoversSlowly() {
        ask(Duration.ZERO, true, true);
        ask(Duration.ZERO, true, true);
        assertThat(budget.spacing()).isEqualTo(SPACING.multipliedBy(4));
        ask(Duration.ZERO, true, false);
        assertThat(budget.spacing()).isEqualTo(Duration.ofMillis(19_500));
        for (int i = 0; i < 100; i++) {
            ask(Duration.ZERO, true, true);
        }
        assertThat(budget.spacing()).isEqualTo(SPACING.multipliedBy(64));
    }

    @Test
    void keepsTheLongestSilence() {
        budget.silence(NOW.plusSeconds(3600));
        budget.silence(NOW.plusSeconds(60));
        budget.start(NOW);
        assertThat(budget.earliest()).isEqualTo(NOW.plusSeconds(3600));
    }

    private void ask(Duration took, boolean answered, boolean throttled) {
        budget.start(NOW);
        budget.sent(NOW);
        budget.finish(took, answered, throttled, true);
    }
}
