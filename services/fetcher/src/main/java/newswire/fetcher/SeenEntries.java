package newswire.fetcher;

import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

/**
 * What was sent of a feed: 64 bits an entry, half of them for what it calls itself and half for what it says, so that a new
 * entry, a changed one and a known one are three things. Forgetting is safe, since the normalizer suppresses what it knows.
 *
 * @param window of the last document, in its order
 * @param older of entries that have left the document, newest first
 * @param titles of the last document's entries
 */
record SeenEntries(List<Long> window, List<Long> older, Titles titles) {
    private static final int MOST = 2_000;
    private static final int FEWEST_OLDER = 64;
    static final SeenEntries NOTHING = new SeenEntries(List.of(), List.of(), Titles.NONE);

    SeenEntries {
        window = List.copyOf(window);
        older = List.copyOf(older);
    }

    /** What an entry is to us. */
    enum Kind {
        NEW,
        CHANGED,
        /** Known, but under another id, as all the others. */
        RENAMED,
        KNOWN
    }

    /** An entry of a document, and what it is to us. */
    record Sighting(FeedDocument.Entry entry, long digest, Kind kind) {}

    static SeenEntries of(FeedState.@Nullable Seen seen) {
        return seen == null
                ? NOTHING
                : new SeenEntries(unpacked(seen.window()), unpacked(seen.older()), Titles.unpacked(seen.titles()));
    }

    FeedState.Seen toState() {
        return new FeedState.Seen(packed(window), packed(older), titles.packed());
    }

    /** Compares a document's entries with the memory. An entry that the document repeats word for word counts once. */
    List<Sighting> compare(List<FeedDocument.Entry> entries) {
        var digests = new HashSet<>(window);
        digests.addAll(older);
        var keys = new HashSet<Integer>();
        digests.forEach(digest -> keys.add(key(digest)));
        var inDocument = new HashSet<Long>();
        var sightings = new ArrayList<Sighting>(entries.size());
        for (var entry : entries) {
            long digest = digest(entry);
            if (inDocument.add(digest)) {
                var kind = digests.contains(digest) ? Kind.KNOWN : keys.contains(key(digest)) ? Kind.CHANGED : Kind.NEW;
                sightings.add(new Sighting(entry, digest, kind));
            }
        }
        return renamed(sightings);
    }

    /** Where a feed has got new ids for what it had, that is nothing new. */
    private List<Sighting> renamed(List<Sighting> sightings) {
        var strangers = sightings.stream()
                .filter(sighting -> sighting.kind() == Kind.NEW)
                .map(Sighting::entry)
                .toList();
        if (!titles.saidAgainBy(strangers, sightings.size())) {
            return sightings;
        }
        var known = titles.all();
        return sightings.stream()
                .map(one -> one.kind() == Kind.NEW
                                && known.contains(one.entry().facts().title())
                        ? new Sighting(one.entry(), one.digest(), Kind.RENAMED)
                        : one)
                .toList();
    }

    /** Whether a document shares no entry with the last one, though both have some: then entries were probably missed. */
    boolean overrunBy(List<Sighting> sightings) {
        var keys = new HashSet<Integer>();
        window.forEach(digest -> keys.add(key(digest)));
        return !window.isEmpty()
                && !sightings.isEmpty()
                && sightings.stream()
                        .noneMatch(
                                sighting -> sighting.kind() == Kind.RENAMED || keys.contains(key(sighting.digest())));
    }

    /**
     * The memory after a document was sent.
     *
     * @param complete whether the document was whole; what is missing from a broken one has not left the feed
     */
    SeenEntries after(List<Sighting> sightings, boolean complete) {
        if (sightings.isEmpty()) {
            return this;
        }
        var now = new LinkedHashSet<Long>();
        sightings.forEach(sighting -> now.add(sighting.digest()));
        var replaced = new HashSet<Integer>();
        now.forEach(digest -> replaced.add(key(digest)));
        var gone = Stream.concat(window.stream(), older.stream())
                .filter(digest -> !replaced.contains(key(digest)))
                .distinct();
        var said = titles(sightings);
        if (!complete) {
            var all = Stream.concat(now.stream(), gone).limit(2 * MOST).toList();
            return new SeenEntries(all, List.of(), said.and(titles));
        }
        int most = Math.min(MOST, Math.max(FEWEST_OLDER, 2 * Math.max(now.size(), window.size())));
        return new SeenEntries(List.copyOf(now), gone.limit(most).toList(), said);
    }

    private static Titles titles(List<Sighting> sightings) {
        return Titles.of(sightings.stream().map(Sighting::entry).toList());
    }

    /** The memory after a push: it says nothing of the entries that it does not have. */
    SeenEntries plus(List<Sighting> sightings) {
        var now = new LinkedHashSet<Long>();
        sightings.forEach(sighting -> now.add(sighting.digest()));
        var replaced = new HashSet<Integer>();
        now.forEach(digest -> replaced.add(key(digest)));
        window.stream().filter(digest -> !replaced.contains(key(digest))).forEach(now::add);
        var kept = now.stream().limit(MOST).toList();
        var gone = Stream.concat(now.stream().skip(MOST), older.stream())
                .filter(digest -> !replaced.contains(key(digest)))
                .distinct()
                .limit(2 * MOST);
        return new SeenEntries(kept, gone.toList(), titles(sightings).and(titles));
    }

    /** The half of a digest that tells what an entry calls itself. */
    static int key(Sighting sighting) {
        return key(sighting.digest());
    }

    /** Whether a document goes back to entries that have left the feed, so that nothing is missing between the two. */
    boolean reachedBy(List<Sighting> sightings) {
        var keys = new HashSet<Integer>();
        older.forEach(digest -> keys.add(key(digest)));
        window.forEach(digest -> keys.remove(key(digest)));
        return sightings.stream().anyMatch(sighting -> keys.contains(key(sighting.digest())));
    }

    /** The memory as if the feed showed these entries, too. */
    SeenEntries withShown(List<Sighting> sightings) {
        var all = Stream.concat(window.stream(), sightings.stream().map(Sighting::digest));
        return new SeenEntries(all.toList(), older, titles);
    }

    /** The memory after entries of these digests were sent that are in the feed no more. */
    SeenEntries withOlder(List<Long> sent) {
        var all = Stream.concat(sent.stream(), older.stream());
        return new SeenEntries(window, all.distinct().limit(MOST).toList(), titles);
    }

    private static long digest(FeedDocument.Entry entry) {
        int what = Integer.parseUnsignedInt(entry.digest().substring(0, 8), 16);
        int who = entry.key().isEmpty()
                ? Integer.parseUnsignedInt(entry.digest().substring(8, 16), 16)
                : Hashing.sha256()
                        .hashString(entry.key(), StandardCharsets.UTF_8)
                        .asInt();
        return ((long) who << 32) | (what & 0xFFFF_FFFFL);
    }

    private static int key(long digest) {
        return (int) (digest >>> 32);
    }

    private static String packed(List<Long> digests) {
        var bytes = ByteBuffer.allocate(digests.size() * Long.BYTES);
        digests.forEach(bytes::putLong);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static List<Long> unpacked(String text) {
        var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
        var digests = new ArrayList<Long>(bytes.remaining() / Long.BYTES);
        while (bytes.remaining() >= Long.BYTES) {
            digests.add(bytes.getLong());
        }
        return digests;
    }

    /** The kinds of entries that have to be sent. */
    static final Set<Kind> TO_SEND = Set.of(Kind.NEW, Kind.CHANGED, Kind.RENAMED);
}
