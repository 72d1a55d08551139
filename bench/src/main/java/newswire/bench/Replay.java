package newswire.bench;

import java.time.Instant;
import java.util.List;

/**
 * What a schedule would have made of arrivals.
 *
 * @param missed entries that came and went between two polls
 * @param lateSeconds mean time between an entry's arrival and the poll that found it
 */
record Replay(int fetches, int missed, long lateSeconds) {

    /** Polls from {@code start} to {@code end}; what was there at the start is not counted. */
    static Replay of(Arrivals arrivals, Instant start, Instant end, Schedule schedule) {
        var times = arrivals.times();
        int known = until(times, start);
        int fetches = 0;
        int missed = 0;
        int found = 0;
        double late = 0;
        for (var now = start; now.isBefore(end); fetches++) {
            int here = until(times, now);
            int first = Math.max(0, here - arrivals.window());
            missed += Math.max(0, first - known);
            for (int n = Math.max(first, known); n < here; n++, found++) {
                late += now.getEpochSecond() - times.get(n).getEpochSecond();
            }
            var shown = times.subList(first, here).reversed();
            int old = fetches == 0 ? 0 : Math.max(0, known - first);
            now = schedule.next(new Poll(now, List.copyOf(shown), old));
            known = here;
        }
        return new Replay(fetches, missed, found == 0 ? 0 : Math.round(late / found));
    }

    private static int until(List<Instant> times, Instant now) {
        int low = 0;
        int high = times.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times.get(middle).isAfter(now)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /**
     * One poll.
     *
     * @param entries when those in the document came, newest first
     * @param known how many of them were there at the last poll
     */
    record Poll(Instant now, List<Instant> entries, int known) {}

    /** Says when to poll again; remembers what it needs. */
    interface Schedule {
        Instant next(Poll poll);
    }
}
