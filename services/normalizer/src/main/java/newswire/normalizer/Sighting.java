package newswire.normalizer;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import newswire.contract.Article;
import newswire.contract.ArticleId;
import newswire.contract.Feed;
import newswire.contract.FeedId;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;

/**
 * A normalized raw article on its way to the ledger.
 *
 * @param article as if it were seen for the first time
 * @param entry the feed's entry, as a digest
 * @param page the web page that came with it, as a digest; 0 = none
 * @param fetch the document, as a digest
 * @param replayed whether it was read before and is only read again under newer rules
 */
record Sighting(
        Article article,
        Identity identity,
        Feed.Updates updates,
        long entry,
        long page,
        long fetch,
        int entryIndex,
        boolean replayed) {
    /** Bits in which the fingerprints of two texts that have nothing in common differ, and of two forms of one. */
    private static final int UNLIKE = 20;

    private static final int ALIKE = 10;

    /** Words that a fingerprint needs. */
    private static final int LONG = 40;

    /** Letters that title and text together need before they can stand for an article. */
    private static final int SUBSTANCE = 30;

    private static final int LETTERS_A_WORD = 5;

    static Sighting of(Normalizer.Normalized normalized, RawArticle raw, boolean replayed) {
        return new Sighting(
                normalized.article(),
                normalized.identity(),
                raw.feed().updates(),
                Fingerprints.digest(raw.entryDigest()),
                page(raw.page()),
                Fingerprints.digest(raw.fetch().fetchId() + raw.fetch().documentSha256()),
                raw.fetch().entryIndex(),
                replayed);
    }

    private static long page(RawArticle.@Nullable Page page) {
        if (page == null) {
            return 0;
        }
        boolean gone = page.status() != null && page.status() == 410;
        return page.html() == null && !gone ? 0 : Fingerprints.digest(page.status() + "\n" + page.html()) | 1;
    }

    /** The same under another policy of names. */
    Sighting under(Feed.GuidPolicy policy) {
        return new Sighting(article, identity.under(policy), updates, entry, page, fetch, entryIndex, replayed);
    }

    /** The same if its feed leaves the shortest time between two revisions to us. */
    Sighting spaced(Duration spacing) {
        return updates.minSeconds() == null ? withLeast((int) spacing.toSeconds()) : this;
    }

    /** The same when it has waited long enough. */
    Sighting released() {
        return withLeast(0);
    }

    private Sighting withLeast(int seconds) {
        var spaced = new Feed.Updates(updates.emit(), updates.ignore(), seconds);
        return new Sighting(article, identity, spaced, entry, page, fetch, entryIndex, replayed);
    }

    /** The shortest time between two revisions. */
    Duration spacing() {
        var seconds = updates.minSeconds();
        return seconds == null ? Duration.ZERO : Duration.ofSeconds(seconds);
    }

    FeedId feed() {
        return article.provenance().feedId();
    }

    boolean isPaged() {
        return page != 0;
    }

    boolean isWithdrawal() {
        return article.pubStatus() == Article.PubStatus.CANCELED;
    }

    /** Whether the last revision of an article was made of this very raw article. */
    boolean isSourceOf(LedgerEntry known) {
        return known.imprint().entry() == entry && known.imprint().page() == page;
    }

    /** Whether this very raw article was the last that showed an article. */
    boolean isAt(LedgerEntry known) {
        return known.place().fetch() == fetch && known.place().entryIndex() == entryIndex;
    }

    int generation() {
        return article.revision().generation();
    }

    LedgerEntry.Place place(int day) {
        return new LedgerEntry.Place(fetch, entryIndex, day);
    }

    /** Whether an article was last seen in the same document at another place: then it is another article. */
    private boolean isBeside(LedgerEntry known) {
        return known.place().fetch() == fetch && known.place().entryIndex() != entryIndex;
    }

    /** Whether the text has nothing to do with that of an article; only long texts can tell. */
    private boolean isUnlike(LedgerEntry known) {
        return isLong(known) && distance(known) > UNLIKE;
    }

    private boolean isLong(LedgerEntry known) {
        return words() >= LONG && known.imprint().words() >= LONG;
    }

    private int distance(LedgerEntry known) {
        long own = Long.parseUnsignedLong(article.fingerprints().simHash(), 16);
        return Long.bitCount(own ^ known.imprint().simHash());
    }

    int words() {
        var bodies = article.bodies();
        var count = bodies.isEmpty() ? null : bodies.getFirst().wordCount();
        return count == null ? 0 : count;
    }

    /** Whether both have addresses and none in common. */
    private boolean isElsewhere(LedgerEntry known) {
        var own = urls(identity.aliases());
        var others = urls(known.aliases());
        return !own.isEmpty() && !others.isEmpty() && own.stream().noneMatch(others::contains);
    }

    private static List<Identity.Alias> urls(List<Identity.Alias> aliases) {
        return aliases.stream().filter(alias -> alias.role().equals("url")).toList();
    }

    private boolean differs(MaterialField field, LedgerEntry known) {
        return !field.of(MaterialField.digests(article))
                .equals(field.of(known.imprint().fields()));
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
            if (isReused(guid.entry)) {
                return apart("guid-reused");
            }
            boolean conflict = other != null && !other.id.equals(guid.id);
            return new Resolution(guid.id, guid.entry, false, conflict ? "alias-conflict" : null);
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
    private boolean isReused(LedgerEntry known) {
        boolean elsewhere = identity.has("url") ? isElsewhere(known) : differs(MaterialField.TITLE, known);
        return elsewhere && (isBeside(known) || isUnlike(known) || isRewritten(known));
    }

    /** An edited story keeps something: its title, its text, or the day it is from. */
    private boolean isRewritten(LedgerEntry known) {
        var before = known.datePublished();
        var now = article.datePublished();
        return before != null
                && now != null
                && !before.equals(now)
                && differs(MaterialField.TITLE, known)
                && differs(MaterialField.BODIES, known)
                && !isLong(known);
    }

    /** The same of an address. An entry that a document holds twice is one article. */
    private boolean isAmbiguous(LedgerEntry known) {
        boolean retitled = differs(MaterialField.TITLE, known);
        boolean beside = isBeside(known) && (identity.has("guid") || retitled);
        return beside || (retitled && isUnlike(known));
    }

    /**
     * Whether an article that none of the names leads to is this one all the same, as when a publisher moves to other
     * software: what it says and when it was published are the same.
     */
    boolean isMoved(LedgerEntry known) {
        var published = article.datePublished();
        boolean datable = published != null || !identity.has("url");
        boolean sameDate = datable && Objects.equals(published, known.datePublished());
        boolean sameTitle = !differs(MaterialField.TITLE, known);
        return sameDate && sameTitle && !isBeside(known) && isAlike(known);
    }

    private boolean isAlike(LedgerEntry known) {
        if (isLong(known)) {
            return distance(known) <= ALIKE;
        }
        boolean enough = article.title().length() + LETTERS_A_WORD * words() >= SUBSTANCE;
        return enough && !differs(MaterialField.BODIES, known);
    }

    /** What a sighting that turned out to be of an article says of the names of its feed. */
    FeedTrust.Sign sign(Resolution resolution) {
        var known = resolution.known();
        if (known == null) {
            boolean doubtful = "guid-reused".equals(resolution.flag())
                    || ("url-ambiguous".equals(resolution.flag()) && !identity.has("guid"));
            return doubtful ? FeedTrust.Sign.BAD : FeedTrust.Sign.GOOD;
        }
        return isRenamed(known) && known.renamed() > 0 ? FeedTrust.Sign.BAD : FeedTrust.Sign.NONE;
    }

    /** Whether the feed of an article gives it another guid than ever before. */
    boolean isRenamed(LedgerEntry known) {
        boolean own = known.owner().equals(article.provenance().feedId());
        var guid = identity.aliases().getFirst();
        return own
                && guid.role().equals("guid")
                && !known.aliases().contains(guid)
                && known.aliases().stream().anyMatch(alias -> alias.role().equals("guid"));
    }
}
