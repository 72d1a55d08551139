package newswire.normalizer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import newswire.contract.FeedId;
import newswire.contract.PublisherScope;
import org.jspecify.annotations.Nullable;

/** Ledger entries ↔ bytes. The first byte is the version; older ones can be read. */
final class LedgerEncoding {
    private static final int VERSION = 2;
    private static final int OLDEST = 1;
    private static final long NONE = Long.MIN_VALUE;
    private static final List<String> ROLES = List.of("guid", "url", "hash");
    private static final int DIGEST = ROLES.size();

    private LedgerEncoding() {}

    /** The stored form. @throws UncheckedIOException if a name is longer than 64 KiB */
    static byte[] encode(LedgerEntry it) {
        var bytes = new ByteArrayOutputStream(400);
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(it.scope().value());
            out.writeInt(it.number());
            out.writeShort(it.generation());
            write(out, it.firstCreated());
            write(out, it.versionCreated());
            write(out, it.datePublished());
            out.writeLong(it.owner().value().getMostSignificantBits());
            out.writeLong(it.owner().value().getLeastSignificantBits());
            out.writeByte((it.imprint().full() ? 1 : 0) + (it.reverted() ? 2 : 0));
            write(out, it.place());
            write(out, it.imprint());
            write(out, it.past());
            out.writeByte(it.renamed());
            writeNames(out, it.aliases());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, @Nullable Instant instant) throws IOException {
        if (instant == null) {
            out.writeLong(NONE);
        } else {
            out.writeLong(instant.getEpochSecond());
            out.writeInt(instant.getNano());
        }
    }

    private static void write(DataOutputStream out, LedgerEntry.Place place) throws IOException {
        out.writeLong(place.fetch());
        out.writeInt(place.entryIndex());
        out.writeInt(place.day());
    }

    private static void write(DataOutputStream out, Imprint imprint) throws IOException {
        out.writeLong(imprint.entry());
        out.writeLong(imprint.page());
        out.writeLong(imprint.head());
        out.writeLong(imprint.simHash());
        out.writeInt(imprint.words());
        write(out, imprint.fields());
        out.writeLong(imprint.whole());
        out.writeByte(imprint.rest().size());
        for (short digest : imprint.rest()) {
            out.writeShort(digest);
        }
    }

    private static void write(DataOutputStream out, List<Long> digests) throws IOException {
        out.writeByte(digests.size());
        for (long digest : digests) {
            out.writeLong(digest);
        }
    }

    private static void writeNames(DataOutputStream out, List<Identity.Alias> aliases) throws IOException {
        out.writeByte(aliases.size());
        for (var alias : aliases) {
            boolean digest = alias.role().equals("hash") && alias.value().matches("[0-9a-f]{64}");
            out.writeByte(digest ? DIGEST : ROLES.indexOf(alias.role()));
            if (digest) {
                out.write(HexFormat.of().parseHex(alias.value()));
            } else {
                out.writeUTF(alias.value());
            }
        }
    }

    /**
     * Reads the stored form.
     *
     * @throws IllegalStateException if a later version of this program wrote it
     */
    static LedgerEntry decode(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version < OLDEST || version > VERSION) {
                throw new IllegalStateException("ledger entry of version " + version + ", known is " + VERSION);
            }
            return read(in, version == OLDEST);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static LedgerEntry read(DataInputStream in, boolean oldest) throws IOException {
        var scope = new PublisherScope(in.readUTF());
        int number = in.readInt();
        int generation = in.readShort();
        var firstCreated = required(instant(in));
        var versionCreated = required(instant(in));
        var datePublished = instant(in);
        var owner = new FeedId(new UUID(in.readLong(), in.readLong()));
        int bits = in.readByte();
        boolean full = (bits & 1) != 0;
        long entry = oldest ? in.readLong() : 0;
        long fetch = in.readLong();
        int entryIndex = in.readInt();
        int day = oldest ? 0 : in.readInt();
        var imprint = oldest ? oldest(in, entry, full) : imprint(in, full);
        var past = digests(in);
        day = oldest ? in.readInt() : day;
        return new LedgerEntry(
                scope,
                number,
                generation,
                firstCreated,
                versionCreated,
                datePublished,
                owner,
                imprint,
                past,
                (bits & 2) != 0,
                oldest ? 0 : in.readByte(),
                new LedgerEntry.Place(fetch, entryIndex, day),
                oldest ? oldestNames(in) : names(in));
    }

    private static Imprint imprint(DataInputStream in, boolean full) throws IOException {
        return new Imprint(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                full,
                in.readLong(),
                in.readInt(),
                digests(in),
                in.readLong(),
                rest(in));
    }

    private static Imprint oldest(DataInputStream in, long entry, boolean full) throws IOException {
        return new Imprint(entry, 0, 0, full, in.readLong(), in.readInt(), digests(in), 0, List.of());
    }

    private static Instant required(@Nullable Instant instant) throws IOException {
        if (instant == null) {
            throw new IOException("ledger entry without its dates");
        }
        return instant;
    }

    private static @Nullable Instant instant(DataInputStream in) throws IOException {
        long seconds = in.readLong();
        return seconds == NONE ? null : Instant.ofEpochSecond(seconds, in.readInt());
    }

    private static List<Long> digests(DataInputStream in) throws IOException {
        int size = in.readUnsignedByte();
        var digests = new ArrayList<Long>(size);
        for (int at = 0; at < size; at++) {
            digests.add(in.readLong());
        }
        return digests;
    }

    private static List<Short> rest(DataInputStream in) throws IOException {
        int size = in.readUnsignedByte();
        var digests = new ArrayList<Short>(size);
        for (int at = 0; at < size; at++) {
            digests.add(in.readShort());
        }
        return digests;
    }

    private static List<Identity.Alias> names(DataInputStream in) throws IOException {
        int size = in.readUnsignedByte();
        var aliases = new ArrayList<Identity.Alias>(size);
        for (int at = 0; at < size; at++) {
            int role = in.readByte();
            aliases.add(
                    role == DIGEST
                            ? new Identity.Alias("hash", HexFormat.of().formatHex(in.readNBytes(32)))
                            : new Identity.Alias(ROLES.get(role), in.readUTF()));
        }
        return aliases;
    }

    private static List<Identity.Alias> oldestNames(DataInputStream in) throws IOException {
        int size = in.readUnsignedShort();
        var aliases = new ArrayList<Identity.Alias>(size);
        for (int at = 0; at < size; at++) {
            aliases.add(new Identity.Alias(in.readUTF(), in.readUTF()));
        }
        return aliases;
    }
}
