package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangeLogTests {
    private static final Duration AT_ONCE = Duration.ZERO;

    private final ChangeLog log = new ChangeLog(1000);

    private void append(int from, int to) {
        var changes = IntStream.range(from, to)
                .mapToObj(offset -> new ChangeTable.Change(
                        0, offset, TestArticle.id(1).value(), "published", null, "x".repeat(100)))
                .toList();
        log.append(new ChangeTable.Page(changes, ChangeCursor.of("0:" + to), false), ChangeCursor.of("0:" + from));
    }

    private List<Long> offsets(ChangeLog.Batch batch) {
        return batch.entries().stream().map(entry -> entry.change().offset()).toList();
    }

    @Test
    void givesWhatCameSince() throws Exception {
        log.restart(ChangeCursor.of("0:3"));
        long number = log.position(ChangeCursor.of("0:3"));
        append(3, 6);
        var batch = log.from(number, AT_ONCE);
        assertThat(offsets(batch)).containsExactly(3L, 4L, 5L);
        assertThat(log.from(batch.next(), AT_ONCE).entries()).isEmpty();
        append(6, 7);
        assertThat(offsets(log.from(batch.next(), AT_ONCE))).containsExactly(6L);
    }

    @Test
    void holdsNoMoreThanItMayAndTellsWhoWasTooSlow() throws Exception {
        log.restart(ChangeCursor.of("0:0"));
        long number = log.position(ChangeCursor.of("0:0"));
        append(0, 50);
        assertThat(log.from(number, AT_ONCE).overtaken()).isTrue();
        assertThat(log.position(ChangeCursor.of("0:39"))).isNegative();
        var batch = log.from(log.position(ChangeCursor.of("0:40")), AT_ONCE);
        assertThat(offsets(batch))
                .containsExactlyElementsOf(
                        IntStream.range(40, 50).mapToObj(Long::valueOf).toList());
    }

    @Test
    void isOfNoUseUntilItIsStarted() {
        assertThat(log.position(ChangeCursor.of("0:9"))).isNegative();
        log.restart(ChangeCursor.of("0:9"));
        assertThat(log.position(ChangeCursor.of("0:9"))).isNotNegative();
        log.stop();
        assertThat(log.position(ChangeCursor.of("0:9"))).isNegative();
    }

    @Test
    void aRestartOvertakesWhoWaits() throws Exception {
        log.restart(ChangeCursor.of("0:0"));
        long number = log.position(ChangeCursor.of("0:0"));
        log.restart(ChangeCursor.of("0:0"));
        assertThat(log.from(number, AT_ONCE).overtaken()).isTrue();
    }
}
