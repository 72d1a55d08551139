package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookBackoffTests {
    private static final WebhookProperties PROPERTIES = new WebhookProperties(
            1,
            List.of(),
            Set.of(),
            null,
            Duration.ofSeconds(15),
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            Duration.ofDays(3),
            Duration.ofMillis(500));

    @ParameterizedTest
    @CsvSource(textBlock = """
        # failures, asked , chance, wait
        1         ,       , 1     , PT5S
        1         ,       , 0     , PT2.5S
        2         ,       , 1     , PT10S
        3         ,       , 0.5   , PT15S
        10        ,       , 1     , PT42M40S
        11        ,       , 1     , PT1H
        11        ,       , 0     , PT30M
        1000000   ,       , 1     , PT1H
        1         , PT1M  , 1     , PT1M
        11        , PT1M  , 1     , PT1H
        1         , PT-1M , 1     , PT5S
        1         , P30D  , 1     , P1D
        """)
    void doubles(int failures, @Nullable Duration asked, double chance, Duration wait) {
        assertThat(WebhookBackoff.after(failures, PROPERTIES, asked, chance)).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # header                         | wait
        120                              | PT2M
        Sun, 01 Mar 2026 00:00:30 GMT    | PT30S
        tomorrow                         |
        -5                               |
        99999999999                      |
        """, delimiter = '|')
    void readsWhatAReceiverAsksFor(String header, @Nullable Duration wait) {
        assertThat(WebhookClient.wait(header, Instant.parse("2026-03-01T00:00:00Z")))
                .isEqualTo(wait);
    }
}
