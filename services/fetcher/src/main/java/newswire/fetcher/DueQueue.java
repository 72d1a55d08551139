package newswire.fetcher;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;
import newswire.contract.PublisherScope;
import org.jspecify.annotations.Nullable;

/**
 * Which feed may be polled now: the one that is due, in a scope whose budget allows it. A scope that must wait holds up no
 * other. Takes the time from outside; not safe for use by several threads.
 */
final class DueQueue {
    private final FetcherProperties.Host settings;
    private final PriorityQueue<Slot.Due> due = new PriorityQueue<>(Comparator.comparing(Slot.Due::at));
    private final Map<PublisherScope, Lane> lanes = new HashMap<>();
    private final TreeSet<Lane> ready = new TreeSet<>();

    DueQueue(FetcherProperties.Host settings) {
        this.settings = settings;
    }

    Lane lane(PublisherScope scope) {
        return lanes.computeIfAbsent(scope, _ -> new Lane(lanes.size(), new HostBudget(settings)));
    }

    /** Makes an appointment, in place of any other of the feed. */
    void add(Slot slot, Instant at) {
        due.add(slot.due(at));
    }

    /** Puts in a request that is no poll; it may start as soon as the budget allows. */
    void add(Turn turn) {
        turn.lane().add(turn);
        refresh(turn.lane());
    }

    /** Takes the next feed that may be polled, or request that may be made, and starts it; nothing if none may. */
    @Nullable
    Start next(Instant now) {
        while (!due.isEmpty() && !due.peek().at().isAfter(now)) {
            var appointment = due.poll();
            if (appointment != null && appointment.valid()) {
                var lane = appointment.slot().lane();
                lane.add(appointment);
                refresh(lane);
            }
        }
        while (!ready.isEmpty() && !ready.first().ready().isAfter(now)) {
            var lane = ready.first();
            var start = lane.take();
            if (start != null) {
                lane.budget().start(now);
            }
            if (start instanceof Slot slot) {
                slot.polling(true);
            }
            refresh(lane);
            if (start != null) {
                return start;
            }
        }
        return null;
    }

    /** When to ask again, unless something happens before. */
    Instant wake() {
        var first = due.peek();
        var byDue = first == null ? Instant.MAX : first.at();
        var byLane = ready.isEmpty() ? Instant.MAX : ready.first().ready();
        return byDue.isBefore(byLane) ? byDue : byLane;
    }

    void silence(Lane lane, Instant until) {
        lane.budget().silence(until);
        refresh(lane);
    }

    void crawlDelay(Lane lane, Duration delay) {
        lane.budget().crawlDelay(delay);
        refresh(lane);
    }

    void sent(Lane lane, Instant now) {
        lane.budget().sent(now);
        refresh(lane);
    }

    void finish(Lane lane, Duration took, boolean answered, boolean throttled, boolean sent) {
        lane.budget().finish(took, answered, throttled, sent);
        refresh(lane);
    }

    private void refresh(Lane lane) {
        ready.remove(lane);
        lane.look();
        if (lane.ready().isBefore(Instant.MAX)) {
            ready.add(lane);
        }
    }
}
