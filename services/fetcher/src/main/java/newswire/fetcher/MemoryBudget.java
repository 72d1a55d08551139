package newswire.fetcher;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much memory the documents take that are being read, over all polls at once. Half of it is for all; beyond that, one
 * document at a time may grow up to the whole, so that those which wait for one another never wait in vain.
 */
final class MemoryBudget {
    private static final long PER_BYTE = 4; // the bytes, their text twice while it is mended, the texts of a tree
    private static final long PER_ELEMENT = 200; // of a tree: measured at 100 to 200 bytes, little of which is its name
    private static final byte[] CDATA = {'<', '!', '[', 'C', 'D', 'A', 'T', 'A', '['};
    private static final byte[] CDATA_END = {']', ']', '>'};

    private final long most;
    private long taken;
    private @Nullable Room first;

    MemoryBudget(long most) {
        this.most = most;
    }

    /** Room for a document, and for what is read to understand it; it takes nothing at first. */
    Room room() {
        return new Room();
    }

    synchronized long taken() {
        return taken;
    }

    private boolean fits(Room room, long more) {
        if (taken + more <= most / 2) {
            return true;
        }
        first = first == null ? room : first;
        return first.equals(room) && taken + more <= most;
    }

    private synchronized Grant take(Room room, long more, Duration patience) {
        if (room.held + more > most) {
            return Grant.NEVER;
        }
        try {
            if (!waited(room, more, System.nanoTime() + patience.toNanos())) {
                return Grant.LATER;
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return Grant.LATER;
        }
        taken += more;
        room.held += more;
        return Grant.GRANTED;
    }

    private synchronized boolean waited(Room room, long more, long end) throws InterruptedException {
        while (!fits(room, more)) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    private synchronized void leave(Room room) {
        taken -= room.held;
        room.held = 0;
        first = room.equals(first) ? null : first;
        notifyAll();
    }

    /** What elements, objects and lists a document has to be expected to be made of. */
    private static long elements(byte[] document) {
        long count = 0;
        for (int at = 0; at < document.length; at++) {
            switch (document[at]) {
                case '{', '[', ',' -> count++;
                case '<' -> {
                    int end = afterCdata(document, at);
                    boolean begins = end == at && (at + 1 == document.length || document[at + 1] != '/');
                    count += begins ? 1 : 0;
                    at = end;
                }
                default -> {}
            }
        }
        return count;
    }

    /** Where a section of mere text ends that begins here, or here. */
    private static int afterCdata(byte[] document, int start) {
        if (!has(document, start, CDATA)) {
            return start;
        }
        for (int at = start + CDATA.length; at < document.length; at++) {
            if (document[at] == ']' && has(document, at, CDATA_END)) {
                return at;
            }
        }
        return start;
    }

    private static boolean has(byte[] document, int start, byte[] what) {
        for (int i = 0; i < what.length; i++) {
            if (start + i >= document.length || document[start + i] != what[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is room. */
    enum Grant {
        GRANTED,
        /** Not as long as others have it. */
        LATER,
        /** Not with all the memory that there is. */
        NEVER
    }

    /** What one document, or several that belong together, may take until it is closed. One thread at a time. */
    final class Room implements AutoCloseable {
        private long held;

        private Room() {}

        /** Makes room for more bytes of a document, or waits for it. */
        Grant forBytes(int more, Duration patience) {
            return take(this, more * PER_BYTE, patience);
        }

        /** Makes room for what a decoder keeps of what came last, or waits for it. */
        Grant forWindow(long bytes, Duration patience) {
            return take(this, bytes, patience);
        }

        /** Makes room for the tree that a whole document becomes, or waits for it. */
        Grant forTree(byte[] document, Duration patience) {
            return take(this, elements(document) * PER_ELEMENT, patience);
        }

        @Override
        public void close() {
            leave(this);
        }
    }
}
