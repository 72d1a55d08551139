package newswire.fetcher;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What polls found that the hub has not brought yet. It lives as long as the process: who forgets it overlooks a miss.
 *
 * @param since from when on the hub should have brought everything
 * @param found who-halves of the entries' digests, with when a poll found them
 */
record Watch(Instant since, Map<Integer, Instant> found) {
    private static final int MOST = 100;
    static final Watch NOTHING = new Watch(Instant.EPOCH, Map.of());

    Watch {
        found = Map.copyOf(found);
    }

    /** A subscription that begins is not blamed for what came before. */
    static Watch from(Instant since) {
        return new Watch(since, Map.of());
    }

    Watch plus(Collection<Integer> entries, Instant at) {
        var all = new HashMap<>(found);
        entries.stream().limit(MOST).forEach(entry -> all.putIfAbsent(entry, at));
        return new Watch(since, all);
    }

    Watch without(Collection<Integer> entries) {
        var rest = new HashMap<>(found);
        rest.keySet().removeAll(entries);
        return rest.size() == found.size() ? this : new Watch(since, rest);
    }

    /** Entries that were found by then. */
    int overdue(Instant then) {
        return (int) found.values().stream().filter(at -> !at.isAfter(then)).count();
    }

    Watch withoutOverdue(Instant then) {
        var rest = new HashMap<>(found);
        rest.values().removeIf(at -> !at.isAfter(then));
        return new Watch(since, rest);
    }

    @Nullable
    Instant oldest() {
        return found.values().stream().min(Instant::compareTo).orElse(null);
    }
}
