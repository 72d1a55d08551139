package newswire.normalizer;

import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Walks over a store a slice at a time, so that the stream never waits long for it. */
final class Sweep {
    private final KeyValueStore<Bytes, byte[]> store;
    private final int slice;
    private @Nullable Bytes sweptTo;

    Sweep(KeyValueStore<Bytes, byte[]> store, int slice) {
        this.store = store;
        this.slice = slice;
    }

    /** Shows the next entries; after the last it begins again. */
    void next(BiConsumer<Bytes, byte[]> visit) {
        int seen = 0;
        @Nullable Bytes last = null;
        try (var range = store.range(sweptTo, null)) {
            while (range.hasNext() && seen < slice) {
                var next = range.next();
                last = next.key;
                seen++;
                visit.accept(next.key, next.value);
            }
        }
        sweptTo = seen < slice ? null : last;
    }
}
