package newswire.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The last changes in memory, for any number of readers, of which none can hold the others or the memory up. */
final class ChangeLog {
    private static final int BATCH = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final NavigableMap<Long, Entry> entries = new TreeMap<>();
    private final long most;
    private long bytes;
    private long next;
    private boolean open;
    private ChangeCursor begin = ChangeCursor.BEGINNING;

    /** @param most bytes that are held */
    ChangeLog(long most) {
        this.most = most;
    }

    /** A change in its place. */
    static final class Entry {
        private final ChangeTable.Change change;
        private final byte[] text;
        private final ChangeCursor after;

        Entry(ChangeTable.Change change, ChangeCursor after) {
            this.change = change;
            this.text = change.json().getBytes(StandardCharsets.UTF_8);
            this.after = after;
        }

        ChangeTable.Change change() {
            return change;
        }

        /** Its JSON in UTF-8, one for all readers. */
        byte[] text() {
            return text;
        }

        /** Where a reader of this log is when it has this one. */
        ChangeCursor after() {
            return after;
        }
    }

    /**
     * What a reader gets.
     *
     * @param entries none if nothing came in time
     * @param next number to go on with
     * @param overtaken whether the reader was so slow that what it wants next is gone
     */
    record Batch(List<Entry> entries, long next, boolean overtaken) {}

    /** Forgets all and starts at a place. Readers that are at it count as overtaken. */
    void restart(ChangeCursor place) {
        lock.lock();
        try {
            entries.clear();
            bytes = 0;
            next++;
            open = true;
            begin = place;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all until it is started again. */
    void stop() {
        lock.lock();
        try {
            entries.clear();
            bytes = 0;
            open = false;
        } finally {
            lock.unlock();
        }
    }

    void append(ChangeTable.Page page, ChangeCursor before) {
        lock.lock();
        try {
            var at = before;
            for (var change : page.changes()) {
                at = at.to(change.partition(), change.offset() + 1);
                var entry = new Entry(change, at);
                entries.put(next++, entry);
                bytes += entry.text().length;
            }
            while (bytes > most && entries.size() > 1) {
                var gone = entries.pollFirstEntry().getValue();
                bytes -= gone.text().length;
                begin = begin.or(gone.after());
            }
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The number to read from for a reader that is at a place, or -1 if not all that it misses is here. */
    long position(ChangeCursor cursor) {
        lock.lock();
        try {
            return open && cursor.covers(begin) ? next - entries.size() : -1;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for entries from a number on, some at a time. */
    Batch from(long number, Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (number >= next && nanos > 0) {
                nanos = grown.awaitNanos(nanos);
            }
            if (number < next - entries.size()) {
                return new Batch(List.of(), number, true);
            }
            var batch = entries.tailMap(number).values().stream().limit(BATCH).toList();
            return new Batch(batch, number + batch.size(), false);
        } finally {
            lock.unlock();
        }
    }
}
