package newswire.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What a farm was asked and what it showed: the truth that others are measured against. In memory, and in a file if wanted. */
final class Ledger implements AutoCloseable {
    private final Queue<Visit> visits = new ConcurrentLinkedQueue<>();
    private final Set<Shown> shown = ConcurrentHashMap.newKeySet();
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final boolean detailed;
    private final @Nullable BufferedWriter file;

    private Ledger(boolean detailed, @Nullable BufferedWriter file) {
        this.detailed = detailed;
        this.file = file;
    }

    static Ledger inMemory() {
        return new Ledger(true, null);
    }

    /** Knows only how often there was which answer. */
    static Ledger counting() {
        return new Ledger(false, null);
    }

    /** Also writes tab-separated lines, {@code visit} and {@code shown}, each complete as soon as it happened. */
    static Ledger in(Path file) {
        try {
            return new Ledger(true, Files.newBufferedWriter(file));
        } catch (IOException ex) {
            throw new UncheckedIOException("cannot write " + file, ex);
        }
    }

    /** Notes a request that was answered to its end, or broken off. */
    void visited(Visit visit) {
        counts.computeIfAbsent(visit.answer(), _ -> new LongAdder()).increment();
        if (!detailed) {
            return;
        }
        visits.add(visit);
        write("visit\t" + visit.started() + "\t" + visit.ended() + "\t" + visit.server() + "\t" + visit.path() + "\t"
                + visit.agent() + "\t" + visit.peer() + "\t" + visit.answer() + "\t"
                + (visit.conditional() ? "conditional" : "unconditional"));
    }

    /** Notes that a client has these entries completely. */
    void showed(Instant at, List<FarmEntry> entries) {
        for (var entry : detailed ? entries : List.<FarmEntry>of()) {
            if (shown.add(new Shown(entry.feed(), entry.number(), entry.revision()))) {
                write("shown\t" + at + "\t" + entry.guid() + "\t" + entry.revision() + "\t" + entry.proof());
            }
        }
    }

    /** How often there was an answer. */
    long count(String answer) {
        var count = counts.get(answer);
        return count == null ? 0 : count.sum();
    }

    /**
     * Waits until there have been so many of an answer.
     *
     * @throws IllegalStateException if they do not come in time
     */
    void await(String answer, long count, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (count(answer) < count) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(count(answer) + " answers " + answer + " and not " + count);
            }
            Thread.sleep(200);
        }
    }

    List<Visit> visits() {
        return new ArrayList<>(visits);
    }

    Set<Shown> shown() {
        return Set.copyOf(shown);
    }

    @Override
    public void close() {
        if (file != null) {
            try (file) {
                file.flush();
            } catch (IOException ex) {
                throw new UncheckedIOException("the ledger is incomplete", ex);
            }
        }
    }

    private void write(String line) {
        if (file == null) {
            return;
        }
        synchronized (file) {
            try {
                file.write(line);
                file.newLine();
                file.flush();
            } catch (IOException ex) {
                throw new UncheckedIOException("the ledger is incomplete", ex);
            }
        }
    }

    /**
     * One request.
     *
     * @param server address and port that were connected to: the publisher scope
     * @param agent the client's User-Agent
     * @param peer the client's end of the connection
     * @param answer status, or the name of a mischief
     */
    record Visit(
            Instant started,
            Instant ended,
            String server,
            String path,
            String agent,
            String peer,
            String answer,
            boolean conditional) {}

    /** An entry that some client received. */
    record Shown(int feed, long entry, int revision) {}
}
