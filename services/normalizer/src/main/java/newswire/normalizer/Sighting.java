package newswire.normalizer;

import java.util.List;
import newswire.contract.Article;
import newswire.contract.ArticleId;
import newswire.contract.Feed;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;

/**
 * A normalized raw article on its way to the ledger.
 *
 * @param article as if it were seen for the first time
 * @param fetch the document, as a digest
 */
record Sighting(Article article, Identity identity, Feed.Updates updates, long fetch, int entryIndex) {

    static Sighting of(Normalizer.Normalized normalized, RawArticle raw) {
        return new Sighting(
                normalized.article(),
                normalized.identity(),
                raw.feed().updates(),
                Fingerprints.digest(raw.fetch().fetchId() + raw.fetch().documentSha256()),
                raw.fetch().entryIndex());
    }

    /** Whether an article was last seen in the same document at another place: then it is another article. */
    boolean isBeside(LedgerEntry entry) {
        return entry.fetch() == fetch && entry.entryIndex() != entryIndex;
    }

    /** Whether the text has nothing to do with that of an article; only long texts can tell. */
    boolean isUnlike(LedgerEntry entry) {
        long own = Long.parseUnsignedLong(article.fingerprints().simHash(), 16);
        return words() >= 40 && entry.words() >= 40 && Long.bitCount(own ^ entry.simHash()) > 20;
    }

    int words() {
        var bodies = article.bodies();
        var count = bodies.isEmpty() ? null : bodies.getFirst().wordCount();
        return count == null ? 0 : count;
    }

    /** Whether both have addresses and none in common. */
    boolean isElsewhere(LedgerEntry entry) {
        var own = urls(identity.aliases());
        var known = urls(entry.aliases());
        return !own.isEmpty() && !known.isEmpty() && own.stream().noneMatch(known::contains);
    }

    private static List<Identity.Alias> urls(List<Identity.Alias> aliases) {
        return aliases.stream().filter(alias -> alias.role().equals("url")).toList();
    }

    /** The article that a name leads to. */
    record Hit(ArticleId id, LedgerEntry entry) {}

    /** What the names of a sighting lead to; null where to nothing. */
    record Hits(
            @Nullable Hit split,
            @Nullable Hit guid,
            @Nullable Hit other) {}

    /**
     * Which article a sighting shows.
     *
     * @param known absent if it is new
     * @param split whether it shares a name with another article and is told apart by guid and address together
     * @param flag for the provenance
     */
    record Resolution(
            ArticleId id,
            @Nullable LedgerEntry known,
            boolean split,
            @Nullable String flag) {}

    /** Resolves what the names lead to: guid before address, unless the guid is plainly used for another article. */
    Resolution resolve(Hits hits) {
        if (hits.split != null) {
            return new Resolution(hits.split.id, hits.split.entry, true, null);
        }
        var guid = hits.guid;
        var other = hits.other;
        if (guid != null) {
            var entry = guid.entry;
            if (isReused(entry)) {
                return apart("guid-reused");
            }
            boolean conflict = other != null && !other.id.equals(guid.id);
            return new Resolution(guid.id, entry, false, conflict ? "alias-conflict" : null);
        }
        if (other != null) {
            return isAmbiguous(other.entry)
                    ? apart("url-ambiguous")
                    : new Resolution(other.id, other.entry, false, null);
        }
        return new Resolution(identity.mint(), null, false, null);
    }

    private Resolution apart(String flag) {
        return new Resolution(identity.mint(identity.split(article.title())), null, true, flag);
    }

    /** A guid stands for another article too if another entry beside it has it, or one with nothing in common. */
    private boolean isReused(LedgerEntry entry) {
        boolean elsewhere = identity.has("url") ? isElsewhere(entry) : isRetitled(entry);
        return elsewhere && (isBeside(entry) || isUnlike(entry));
    }

    /** The same of an address. An entry that a document holds twice is one article. */
    private boolean isAmbiguous(LedgerEntry entry) {
        boolean beside = isBeside(entry) && (identity.has("guid") || isRetitled(entry));
        return beside || (isRetitled(entry) && isUnlike(entry));
    }

    private boolean isRetitled(LedgerEntry entry) {
        var own = MaterialField.TITLE.of(MaterialField.digests(article));
        return !own.equals(MaterialField.TITLE.of(entry.fields()));
    }
}
