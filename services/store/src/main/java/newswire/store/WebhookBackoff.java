package newswire.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When a receiver that failed is tried again. */
final class WebhookBackoff {
    private static final Duration LONGEST_ASKED = Duration.ofDays(1);
    private static final int MOST_DOUBLINGS = 30;

    private WebhookBackoff() {}

    /**
     * The wait.
     *
     * @param failures in a row, 1 or more
     * @param asked what the receiver asked for; a day at most is granted
     * @param chance 0 … 1, so that those who failed together do not come back together
     */
    static Duration after(int failures, WebhookProperties properties, @Nullable Duration asked, double chance) {
        long doubled = properties.firstRetry().toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long longest = properties.longestRetry().toMillis();
        long millis = doubled <= 0 || doubled > longest ? longest : doubled;
        var own = Duration.ofMillis((long) (millis * (0.5 + chance / 2)));
        var granted = asked == null || asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED;
        return granted == null || granted.compareTo(own) < 0 ? own : granted;
    }
}
