package newswire.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one server was treated, by its own books.
 *
 * @param mostInFlight requests at the same time
 * @param shortestSpacing between the starts of two requests, absent if there were fewer than two
 */
record Politeness(int requests, int mostInFlight, @Nullable Duration shortestSpacing) {

    static Politeness of(List<Ledger.Visit> visits) {
        var starts = visits.stream().map(Ledger.Visit::started).sorted().toList();
        Duration shortest = null;
        for (int n = 1; n < starts.size(); n++) {
            var spacing = Duration.between(starts.get(n - 1), starts.get(n));
            shortest = shortest == null || spacing.compareTo(shortest) < 0 ? spacing : shortest;
        }
        return new Politeness(visits.size(), mostInFlight(visits), shortest);
    }

    private static int mostInFlight(List<Ledger.Visit> visits) {
        var edges = new ArrayList<Edge>();
        for (var visit : visits) {
            edges.add(new Edge(visit.started(), 1));
            edges.add(new Edge(visit.ended(), -1));
        }
        // At the same instant the end comes first: the client may have seen it before the server noted it.
        edges.sort(Comparator.comparing(Edge::at).thenComparingInt(Edge::change));
        int now = 0;
        int most = 0;
        for (var edge : edges) {
            now += edge.change;
            most = Math.max(most, now);
        }
        return most;
    }

    private record Edge(Instant at, int change) {}
}
