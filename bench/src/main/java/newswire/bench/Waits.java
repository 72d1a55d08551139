package newswire.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How long feeds waited from one visit to the next, and since the last, by their servers' books.
 *
 * @param feeds that were visited at all
 * @param sorted the shortest first
 */
record Waits(int feeds, List<Duration> sorted) {
    Waits {
        sorted = List.copyOf(sorted);
    }

    /** Of all visits between two times; those of a robots.txt are none. */
    static Waits of(List<Ledger.Visit> visits, Instant begin, Instant end) {
        var byFeed = visits.stream()
                .filter(visit -> !visit.path().equals("/robots.txt")
                        && !visit.started().isBefore(begin)
                        && !visit.started().isAfter(end))
                .collect(Collectors.groupingBy(
                        visit -> visit.server() + visit.path(),
                        Collectors.mapping(Ledger.Visit::started, Collectors.toList())));
        var waits = new ArrayList<Duration>();
        for (var times : byFeed.values()) {
            times.add(end);
            times.sort(null);
            for (int n = 1; n < times.size(); n++) {
                waits.add(Duration.between(times.get(n - 1), times.get(n)));
            }
        }
        waits.sort(null);
        return new Waits(byFeed.size(), waits);
    }

    /** What so large a share of the waits does not exceed. */
    Duration quantile(double share) {
        return sorted.isEmpty() ? Duration.ZERO : sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }

    Duration longest() {
        return quantile(1);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d waits of %d feeds: median %.1f s, 99 %% within %.1f s, longest %.1f s",
                sorted.size(),
                feeds,
                quantile(0.5).toMillis() / 1e3,
                quantile(0.99).toMillis() / 1e3,
                longest().toMillis() / 1e3);
    }
}
