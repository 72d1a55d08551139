package newswire.fetcher;

/**
 * A record in as few bytes as it takes: feeds spend their lives waiting, and a hundred thousand of them have to fit. Without
 * names, each component only where it differs from that of the record of its type before it. Never stored, free to change.
 *
 * @param <T> what it is
 */
final class Compact<T extends Record> {
    private final byte[] bytes;

    private Compact(byte[] bytes) {
        this.bytes = bytes;
    }

    static <T extends Record> Compact<T> of(T value) {
        var out = new CompactOut();
        Shape.RECORDS.get(value.getClass()).write(out, value);
        return new Compact<>(out.bytes());
    }

    T unpack(Class<T> type) {
        return type.cast(Shape.RECORDS.get(type).read(new CompactIn(bytes)));
    }

    int size() {
        return bytes.length;
    }
}
