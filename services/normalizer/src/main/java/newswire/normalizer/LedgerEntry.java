package newswire.normalizer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import newswire.contract.FeedId;
import newswire.contract.PublisherScope;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger keeps of an article: enough to know it again and to tell whether anything material changed.
 *
 * @param scope within which its names are its own
 * @param number of the last revision
 * @param generation of the last revision
 * @param versionCreated when what the last revision says was fetched
 * @param datePublished the earliest that was published
 * @param owner the feed that the last revision came from; others only add names
 * @param full whether that revision had the whole text
 * @param entryDigest of that revision's entry, its first 64 bits
 * @param fetch which document it was last seen in, as a digest
 * @param entryIndex where in that document
 * @param simHash of its text
 * @param words of its text
 * @param fields digests in the order of {@link MaterialField}
 * @param past digests of all fields together, of earlier revisions, newest first
 * @param reverted whether it has once gone back to an earlier state
 * @param lastSeen in days since 1970
 * @param aliases every name it is known by
 */
record LedgerEntry(
        PublisherScope scope,
        int number,
        int generation,
        Instant firstCreated,
        Instant versionCreated,
        @Nullable Instant datePublished,
        FeedId owner,
        boolean full,
        long entryDigest,
        long fetch,
        int entryIndex,
        long simHash,
        int words,
        List<Long> fields,
        List<Long> past,
        boolean reverted,
        int lastSeen,
        List<Identity.Alias> aliases) {
    private static final int VERSION = 1;
    private static final long NONE = Long.MIN_VALUE;

    LedgerEntry {
        fields = List.copyOf(fields);
        past = List.copyOf(past);
        aliases = List.copyOf(aliases);
    }

    /** The stored form; its first byte is its version. */
    byte[] encode() {
        var bytes = new ByteArrayOutputStream(300);
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(scope.value());
            out.writeInt(number);
            out.writeShort(generation);
            write(out, firstCreated);
            write(out, versionCreated);
            write(out, datePublished);
            out.writeLong(owner.value().getMostSignificantBits());
            out.writeLong(owner.value().getLeastSignificantBits());
            out.writeByte((full ? 1 : 0) + (reverted ? 2 : 0));
            out.writeLong(entryDigest);
            out.writeLong(fetch);
            out.writeInt(entryIndex);
            out.writeLong(simHash);
            out.writeInt(words);
            write(out, fields);
            write(out, past);
            out.writeInt(lastSeen);
            out.writeShort(aliases.size());
            for (var alias : aliases) {
                out.writeUTF(alias.role());
                out.writeUTF(alias.value());
            }
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

    private static void write(DataOutputStream out, List<Long> digests) throws IOException {
        out.writeByte(digests.size());
        for (long digest : digests) {
            out.writeLong(digest);
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
            if (version != VERSION) {
                throw new IllegalStateException("ledger entry of version " + version + ", known is " + VERSION);
            }
            return read(in);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static LedgerEntry read(DataInputStream in) throws IOException {
        var scope = new PublisherScope(in.readUTF());
        int number = in.readInt();
        int generation = in.readShort();
        var firstCreated = required(instant(in));
        var versionCreated = required(instant(in));
        var datePublished = instant(in);
        var owner = new FeedId(new UUID(in.readLong(), in.readLong()));
        int bits = in.readByte();
        return new LedgerEntry(
                scope,
                number,
                generation,
                firstCreated,
                versionCreated,
                datePublished,
                owner,
                (bits & 1) != 0,
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readLong(),
                in.readInt(),
                digests(in),
                digests(in),
                (bits & 2) != 0,
                in.readInt(),
                aliases(in));
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

    private static List<Identity.Alias> aliases(DataInputStream in) throws IOException {
        int size = in.readUnsignedShort();
        var aliases = new ArrayList<Identity.Alias>(size);
        for (int at = 0; at < size; at++) {
            aliases.add(new Identity.Alias(in.readUTF(), in.readUTF()));
        }
        return aliases;
    }
}
