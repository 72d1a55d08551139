package newswire.store;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far a reader of changes is: the next offset of each partition of the articles' topic, and of the embargoes that
 * ended. Its text form is {@code 0:17,1:4,r:2}.
 *
 * @param next by partition; what is not named is read from its beginning
 */
record ChangeCursor(SortedMap<Integer, Long> next) {
    /** Stands for the embargoes that ended, as if they were a partition. */
    static final int RELEASES = -1;

    static final ChangeCursor BEGINNING = new ChangeCursor(new TreeMap<>());

    private static final Pattern TEXT = Pattern.compile("(?:(?:r|\\d{1,5}):\\d{1,18}(?:,(?!$)|$)){0,10001}");

    ChangeCursor {
        next = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(next));
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none
     */
    static ChangeCursor of(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("no cursor: '" + text + "'");
        }
        var next = new TreeMap<Integer, Long>();
        for (var part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int colon = part.indexOf(':');
            var partition = part.substring(0, colon);
            next.put(
                    partition.equals("r") ? RELEASES : Integer.parseInt(partition),
                    Long.parseLong(part.substring(colon + 1)));
        }
        return new ChangeCursor(next);
    }

    long at(int partition) {
        return next.getOrDefault(partition, 0L);
    }

    /** Moves one partition, never back. */
    ChangeCursor to(int partition, long offset) {
        if (at(partition) >= offset) {
            return this;
        }
        var moved = new TreeMap<>(next);
        moved.put(partition, offset);
        return new ChangeCursor(moved);
    }

    /** The further of two in each partition. */
    ChangeCursor or(ChangeCursor other) {
        var moved = new TreeMap<>(next);
        other.next.forEach((partition, offset) -> moved.merge(partition, offset, Math::max));
        return new ChangeCursor(moved);
    }

    /** Whether nothing is behind another. */
    boolean covers(ChangeCursor other) {
        for (var one : other.next.entrySet()) {
            if (at(one.getKey()) < one.getValue()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return next.entrySet().stream()
                .map(one -> (one.getKey() == RELEASES ? "r" : one.getKey()) + ":" + one.getValue())
                .collect(Collectors.joining(","));
    }
}
