package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import newswire.contract.Feed;
import newswire.contract.PublisherScope;
import org.junit.jupiter.api.Test;

class DueQueueTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final DueQueue queue = new DueQueue(new FetcherProperties.Host(Duration.ofSeconds(5), 2, 8));
    private final Map<String, Slot> slots = new HashMap<>();

    private void due(String name, String url, int second) {
        var feed = Feed.of(URI.create(url), NOW);
        var slot = slots.computeIfAbsent(name, _ -> new Slot(feed, queue.lane(PublisherScope.of(URI.create(url)))));
        queue.add(slot, NOW.plusSeconds(second));
    }

    /** The names of all that may start at a second. */
    private List<String> started(int second) {
        var names = new ArrayList<String>();
        for (var slot = queue.next(NOW.plusSeconds(second)); slot != null; slot = queue.next(NOW.plusSeconds(second))) {
            var started = slot;
            slots.forEach((name, known) -> {
                if (known.equals(started)) {
                    names.add(name);
                    queue.sent(known.lane(), NOW.plusSeconds(second).minusMillis(500));
                }
            });
        }
        return names;
    }

    private Slot slot(String name) {
        return Objects.requireNonNull(slots.get(name));
    }

    private void finish(String name) {
        slot(name).polling(false);
        queue.finish(slot(name).lane(), Duration.ofMillis(10), true, false, true);
    }

    @Test
    void startsWhatIsDueInOrder() {
        due("b", "https://b.example/feed", 2);
        due("a", "https://a.example/feed", 1);
        assertThat(started(0)).isEmpty();
        assertThat(queue.wake()).isEqualTo(NOW.plusSeconds(1));
        assertThat(started(3)).containsExactly("a", "b");
        assertThat(started(9)).isEmpty();
        assertThat(queue.wake()).isEqualTo(Instant.MAX);
    }

    @Test
    void sparesOneScopeWithoutHoldingUpAnother() {
        for (int i = 0; i < 4; i++) {
            due("a" + i, "https://a.example/" + i, i);
        }
        due("b", "https://b.example/feed", 10);
        assertThat(started(10)).containsExactly("a0", "b");
        assertThat(queue.wake()).isEqualTo(NOW.plusSeconds(15));
        assertThat(started(15)).containsExactly("a1");
        assertThat(started(30)).as("two are in flight").isEmpty();
        finish("a0");
        assertThat(started(30)).containsExactly("a2");
        finish("a1");
        finish("a2");
        assertThat(started(34)).isEmpty();
        assertThat(started(35)).containsExactly("a3");
    }

    @Test
    void newAppointmentReplacesTheOld() {
        due("a", "https://a.example/feed", 1);
        due("a", "https://a.example/feed", 5);
        assertThat(started(4)).isEmpty();
        assertThat(started(5)).containsExactly("a");
    }

    @Test
    void waitingBeginsWhenItIsDue() {
        due("a", "https://a.example/1", 90);
        due("a", "https://a.example/1", 1);
        due("b", "https://a.example/2", 2);
        assertThat(started(60)).containsExactly("a");
        assertThat(started(65)).containsExactly("b");
        assertThat(slot("a").waitsSince()).isEqualTo(NOW.plusSeconds(1));
        assertThat(slot("b").waitsSince()).isEqualTo(NOW.plusSeconds(2));
    }

    @Test
    void passesOverWhatWasRemovedWhileItWaited() {
        due("a", "https://a.example/1", 0);
        due("b", "https://a.example/2", 0);
        due("c", "https://a.example/3", 0);
        assertThat(started(0)).containsExactly("a");
        slot("b").remove();
        assertThat(started(5)).containsExactly("c");
    }

    @Test
    void ofFourStartsOneIsForWhatIsNoPoll() {
        for (int i = 0; i < 7; i++) {
            due("a" + i, "https://a.example/" + i, 0);
        }
        var lane = slot("a0").lane();
        var turns = List.of(new Turn(lane), new Turn(lane), new Turn(lane));
        turns.forEach(queue::add);
        turns.getFirst().await(Duration.ZERO);
        var order = new ArrayList<String>();
        for (int second = 0; second <= 60; second += 6) {
            var start = queue.next(NOW.plusSeconds(second));
            order.add(start == null ? "-" : start instanceof Turn ? "turn" : "poll");
            if (start != null) {
                if (start instanceof Slot slot) {
                    slot.polling(false);
                }
                queue.sent(lane, NOW.plusSeconds(second));
                queue.finish(lane, Duration.ZERO, true, false, true);
            }
        }
        assertThat(order)
                .containsExactly("poll", "poll", "poll", "turn", "poll", "poll", "poll", "turn", "poll", "-", "-");
        assertThat(turns.getFirst().await(Duration.ZERO)).as("given up before").isFalse();
        assertThat(turns.getLast().await(Duration.ZERO)).isTrue();
    }

    @Test
    void isSilentAsLongAsAsked() {
        due("a", "https://a.example/1", 0);
        queue.silence(slot("a").lane(), NOW.plusSeconds(86_400));
        assertThat(started(86_399)).isEmpty();
        assertThat(started(86_400)).containsExactly("a");
    }
}
