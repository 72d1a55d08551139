package newswire.fetcher;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The feeds of one publisher scope that are due, in the order in which they became so, what else is to be asked of it, and
 * the scope's budget. Polls go first, but of four starts one is for the rest.
 */
final class Lane implements Comparable<Lane> {
    private static final int POLLS_BEFORE_TURN = 3;

    private final long number;
    private final HostBudget budget;
    private final Deque<Slot.Due> waiting = new ArrayDeque<>(1);
    private @Nullable Deque<Turn> turns; // few lanes ever have any
    private int pollsSinceTurn;
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
        while (turns != null && !turns.isEmpty() && !turns.getFirst().waiting()) {
            turns.removeFirst();
        }
        if ((waiting.isEmpty() && noTurns()) || !budget.hasRoom()) {
            ready = Instant.MAX;
            return;
        }
        var due = noTurns() ? waiting.getFirst().at() : Instant.MIN;
        ready = due.isAfter(budget.earliest()) ? due : budget.earliest(); // who has waited longest goes first
    }

    void add(Slot.Due due) {
        waiting.addLast(due);
    }

    void add(Turn turn) {
        if (turns == null) {
            turns = new ArrayDeque<>(2);
        }
        turns.addLast(turn);
    }

    private boolean noTurns() {
        return turns == null || turns.isEmpty();
    }

    @Nullable
    Start take() {
        boolean turn = !noTurns() && (waiting.isEmpty() || pollsSinceTurn >= POLLS_BEFORE_TURN);
        pollsSinceTurn = turn ? 0 : pollsSinceTurn + 1;
        return turn ? takeTurn() : takeSlot();
    }

    private @Nullable Turn takeTurn() {
        var turn = turns == null ? null : turns.pollFirst();
        return turn != null && turn.grant() ? turn : null;
    }

    private @Nullable Slot takeSlot() {
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
