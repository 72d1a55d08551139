package newswire.normalizer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A change that came too soon after the last one, until it may be published or a newer one takes its place.
 *
 * @param due in milliseconds since 1970
 * @param fetched when it was fetched, in milliseconds since 1970
 * @param lineage headers that its article will have
 * @param raw as it came
 */
record Held(long due, long fetched, Headers lineage, Record<byte[], byte[]> raw) {

    static Held of(Sighting sighting, LedgerEntry known, Headers lineage, Record<byte[], byte[]> raw) {
        var due = known.versionCreated().plus(sighting.spacing());
        return new Held(due.toEpochMilli(), sighting.article().versionCreated().toEpochMilli(), lineage, raw);
    }

    byte[] encode() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeLong(due);
            out.writeLong(fetched);
            write(out, lineage);
            write(out, raw.headers());
            write(out, raw.key() == null ? new byte[0] : raw.key());
            write(out, raw.value());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Headers headers) throws IOException {
        var all = headers.toArray();
        out.writeInt(all.length);
        for (var header : all) {
            write(out, header.key().getBytes(StandardCharsets.UTF_8));
            write(out, header.value() == null ? new byte[0] : header.value());
        }
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static Held decode(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            long due = in.readLong();
            long fetched = in.readLong();
            var lineage = headers(in);
            var headers = headers(in);
            return new Held(due, fetched, lineage, new Record<>(bytes(in), bytes(in), fetched, headers));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static Headers headers(DataInputStream in) throws IOException {
        int size = in.readInt();
        var headers = new RecordHeaders();
        for (int at = 0; at < size; at++) {
            headers.add(new String(bytes(in), StandardCharsets.UTF_8), bytes(in));
        }
        return headers;
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
