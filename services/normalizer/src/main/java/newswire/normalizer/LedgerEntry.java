package newswire.normalizer;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
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
 * @param imprint of the last revision
 * @param past states of earlier revisions, newest first
 * @param reverted whether it has once gone back to an earlier state
 * @param renamed how often its own feed has given it another guid, up to 127
 * @param place where it was last seen
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
        Imprint imprint,
        List<Long> past,
        boolean reverted,
        int renamed,
        Place place,
        List<Identity.Alias> aliases) {
    private static final int ALIASES = 40;

    LedgerEntry {
        past = List.copyOf(past);
        aliases = List.copyOf(aliases);
    }

    /**
     * Where an article was seen.
     *
     * @param fetch the document, as a digest
     * @param entryIndex where in that document
     * @param day since 1970
     */
    record Place(long fetch, int entryIndex, int day) {}

    /** The same, seen again, perhaps by more names. */
    LedgerEntry seen(Place now, List<Identity.Alias> more, int timesRenamed) {
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
                reverted,
                timesRenamed,
                now,
                joined(aliases, more));
    }

    /** All of them, each once, up to a limit: an article with more names has none that can be relied on. */
    static List<Identity.Alias> joined(List<Identity.Alias> known, List<Identity.Alias> more) {
        if (known.containsAll(more)) {
            return known;
        }
        var names = new LinkedHashSet<>(known);
        names.addAll(more);
        return names.stream().limit(ALIASES).toList();
    }

    /** The same with what its feed says of it now. */
    LedgerEntry headed(long head) {
        return new LedgerEntry(
                scope,
                number,
                generation,
                firstCreated,
                versionCreated,
                datePublished,
                owner,
                imprint.headed(head),
                past,
                reverted,
                renamed,
                place,
                aliases);
    }

    /** The same after newer rules made the same of it. */
    LedgerEntry confirmed(int by, Imprint same) {
        return new LedgerEntry(
                scope,
                number,
                by,
                firstCreated,
                versionCreated,
                datePublished,
                owner,
                same,
                past,
                reverted,
                renamed,
                place,
                aliases);
    }
}
