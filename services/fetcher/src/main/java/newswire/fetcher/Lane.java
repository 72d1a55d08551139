package newswire.fetcher;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The feeds of one publisher scope that are due, in the order in which they became so, and the scope's budget. */
final class Lane implements Comparable<Lane> {
    private final long number;
    private final HostBudget budget;
    private final Deque<Slot.Due> waiting = new ArrayDeque<>(1);
    private Instant ready = Instant.MAX;

    Lane(long number, HostBudget budget) {
        this.number = number;
        this.budget = budget;
    }

    HostBudget budget() {
        return budget;
    }

    /** When a poll of the lane may start, as of the last look; it is in a queue by this time. */
    Instant ready() {
        return ready;
    }

    void look() {
        while (!waiting.isEmpty() && !waiting.getFirst().valid()) {
            waiting.removeFirst();
        }
        if (waiting.isEmpty() || !budget.hasRoom()) {
            ready = Instant.MAX;
            return;
        }
        var due = waiting.getFirst().at();
        ready = due.isAfter(budget.earliest()) ? due : budget.earliest(); // who has waited longest goes first
    }

    void add(Slot.Due due) {
        waiting.addLast(due);
    }

    @Nullable
    Slot take() {
        var due = waiting.pollFirst();
        return due == null || !due.valid() ? null : due.slot();
    }

    @Override
    public int compareTo(Lane other) {
        int byTime = ready.compareTo(other.ready);
        return byTime != 0 ? byTime : Long.compare(number, other.number);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Lane lane && lane.number == number;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }
}
