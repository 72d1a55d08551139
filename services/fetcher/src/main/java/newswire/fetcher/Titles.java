package newswire.fetcher;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the entries of a feed's document were called, 16 bits each: by these they are known again where all ids of a feed
 * change at once. One of them alone proves nothing.
 *
 * @param digests of {@link #digest}, in the document's order, each once
 */
record Titles(List<Integer> digests) {
    private static final int MOST = 64;
    private static final int FEWEST = 3;
    static final Titles NONE = new Titles(List.of());

    Titles {
        digests = digests.stream().distinct().limit(MOST).toList();
    }

    /** Of what readers know an entry by. Returns 0 if there is none. */
    static int digest(@Nullable String title) {
        var text = title == null ? "" : EntryDigest.collapsed(title);
        return text.isEmpty() ? 0 : Math.max(1, (text.hashCode() * 0x9E37_79B9) >>> Short.SIZE);
    }

    static Titles of(List<FeedDocument.Entry> entries) {
        return new Titles(entries.stream()
                .map(entry -> entry.facts().title())
                .filter(title -> title != 0)
                .toList());
    }

    /** These, and those of before after them. */
    Titles and(Titles before) {
        var all = new ArrayList<>(digests);
        all.addAll(before.digests);
        return new Titles(all);
    }

    /**
     * Whether entries under ids that nobody knows are the old ones: most of a document's are such, and say again most of
     * what was said before.
     */
    boolean saidAgainBy(List<FeedDocument.Entry> strangers, int entries) {
        var again = new HashSet<>(of(strangers).digests);
        again.retainAll(digests);
        return strangers.size() * 2 > entries && again.size() >= FEWEST && again.size() * 2 > digests.size();
    }

    Set<Integer> all() {
        return Set.copyOf(digests);
    }

    /** Big-endian, base64. */
    @Nullable
    String packed() {
        var bytes = ByteBuffer.allocate(digests.size() * Short.BYTES);
        digests.forEach(digest -> bytes.putShort(digest.shortValue()));
        return digests.isEmpty() ? null : Base64.getEncoder().encodeToString(bytes.array());
    }

    static Titles unpacked(@Nullable String text) {
        var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text == null ? "" : text));
        return new Titles(IntStream.range(0, bytes.remaining() / Short.BYTES)
                .mapToObj(_ -> Short.toUnsignedInt(bytes.getShort()))
                .toList());
    }
}
