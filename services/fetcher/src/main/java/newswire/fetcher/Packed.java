package newswire.fetcher;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import newswire.contract.NewsRecord;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;

/**
 * A record with much text as few bytes, while it waits.
 *
 * @param <T> what it is
 */
final class Packed<T extends NewsRecord> {
    private final byte[] bytes;
    private final int size;

    private Packed(byte[] bytes, int size) {
        this.bytes = bytes;
        this.size = size;
    }

    static <T extends NewsRecord> Packed<T> of(T value) {
        var plain = Encoding.encode(value);
        try (var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setInput(plain);
            deflater.finish();
            var out = new ByteArrayOutputStream(plain.length / 3);
            var buffer = new byte[2 * 1024];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return new Packed<>(out.toByteArray(), plain.length);
        }
    }

    T unpack(Class<T> type) {
        var plain = new byte[size];
        try (var inflater = new Inflater(true)) {
            inflater.setInput(bytes);
            for (int at = 0; at < size; ) {
                at += inflater.inflate(plain, at, size - at);
            }
        } catch (DataFormatException ex) {
            throw new IllegalStateException("packed by this very class", ex);
        }
        if (Encoding.decode(plain, type) instanceof Decoded.Value<T>(var value)) {
            return value;
        }
        throw new IllegalStateException("encoded by this very class: " + type.getSimpleName());
    }
}
