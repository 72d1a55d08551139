package newswire.normalizer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import newswire.contract.Article;
import newswire.contract.ArticleId;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger does with a sighting. Pure: stored state and sighting in, new state and perhaps an article out.
 *
 * @param outcome published, unchanged or observed
 * @param entry the new state, absent if it stays
 * @param article to publish
 */
record Decision(
        Outcome outcome,
        @Nullable LedgerEntry entry,
        @Nullable Article article) {
    private static final Duration FLAP = Duration.ofHours(24);
    private static final int PAST = 8;
    private static final int ALIASES = 40;

    /** Decides. */
    static Decision of(Sighting sighting, Sighting.Resolution resolution, int today) {
        var known = resolution.known();
        boolean withdrawn = sighting.article().pubStatus() == Article.PubStatus.CANCELED;
        if (known == null) {
            return withdrawn ? new Decision(Outcome.OBSERVED, null, null) : first(sighting, resolution, today);
        }
        var article = stamped(sighting, resolution.id(), known, resolution.flag());
        var seen = seen(known, sighting, resolution, today);
        boolean foreign = !known.owner().equals(article.provenance().feedId());
        boolean richer = !known.full() && article.representationType() == Article.RepresentationType.FULL;
        boolean stale = article.versionCreated().isBefore(known.versionCreated());
        if (stale || (foreign && !richer && !withdrawn)) {
            return new Decision(foreign ? Outcome.OBSERVED : Outcome.UNCHANGED, differing(known, seen), null);
        }
        var fields = withdrawn ? withdrawn(known, article) : MaterialField.digests(article);
        var changed =
                MaterialField.changed(known.fields(), fields, sighting.updates().ignore());
        boolean silent = Boolean.FALSE.equals(sighting.updates().emit());
        boolean reverting = known.past().contains(state(fields)) && known.generation() >= generation(article);
        if (changed.isEmpty() || silent || (reverting && isFlap(known, article.versionCreated()))) {
            return new Decision(Outcome.UNCHANGED, differing(known, seen), null);
        }
        return revised(seen, sighting, article, fields, changed, reverting);
    }

    /** A text that comes back within a day, or for a second time, is one that a publisher's servers disagree on. */
    private static boolean isFlap(LedgerEntry known, Instant now) {
        return known.reverted() || Duration.between(known.versionCreated(), now).compareTo(FLAP) < 0;
    }

    private static Decision first(Sighting sighting, Sighting.Resolution resolution, int today) {
        var article = Articles.identified(sighting.article(), resolution.id(), resolution.flag());
        var entry = new LedgerEntry(
                sighting.identity().scope(),
                1,
                generation(article),
                article.firstCreated(),
                article.versionCreated(),
                article.datePublished(),
                article.provenance().feedId(),
                article.representationType() == Article.RepresentationType.FULL,
                entryDigest(article),
                sighting.fetch(),
                sighting.entryIndex(),
                simHash(article),
                sighting.words(),
                MaterialField.digests(article),
                List.of(),
                false,
                today,
                names(List.of(), sighting, resolution));
        return new Decision(Outcome.PUBLISHED, entry, with(article, entry.aliases()));
    }

    private static Decision revised(
            LedgerEntry seen,
            Sighting sighting,
            Article article,
            List<Long> fields,
            List<String> changed,
            boolean reverting) {
        boolean withdrawn = article.pubStatus() == Article.PubStatus.CANCELED;
        var past = new ArrayList<>(seen.past());
        past.addFirst(state(seen.fields()));
        var revision = new Article.Revision(
                seen.number() + 1,
                Math.max(seen.generation(), generation(article)),
                kind(seen, article, changed),
                changed);
        var entry = new LedgerEntry(
                seen.scope(),
                revision.number(),
                revision.generation(),
                seen.firstCreated(),
                article.versionCreated(),
                article.datePublished(),
                article.provenance().feedId(),
                withdrawn ? seen.full() : article.representationType() == Article.RepresentationType.FULL,
                entryDigest(article),
                seen.fetch(),
                seen.entryIndex(),
                withdrawn ? seen.simHash() : simHash(article),
                withdrawn ? seen.words() : sighting.words(),
                fields,
                past.subList(0, Math.min(PAST, past.size())),
                seen.reverted() || reverting,
                seen.lastSeen(),
                seen.aliases());
        return new Decision(Outcome.PUBLISHED, entry, with(Articles.revised(article, revision), entry.aliases()));
    }

    private static Article.Revision.Kind kind(LedgerEntry known, Article article, List<String> changed) {
        if (article.pubStatus() == Article.PubStatus.CANCELED) {
            return Article.Revision.Kind.WITHDRAWAL;
        }
        boolean sameEntry = known.entryDigest() == entryDigest(article);
        if (sameEntry && known.generation() < generation(article)) {
            return Article.Revision.Kind.REPROCESS;
        }
        boolean corrected = changed.contains(MaterialField.CORRECTIONS.property())
                && !article.corrections().isEmpty();
        return corrected ? Article.Revision.Kind.CORRECTION : Article.Revision.Kind.UPDATE;
    }

    /** A withdrawal says nothing of the text, so nothing of it counts as changed. */
    private static List<Long> withdrawn(LedgerEntry known, Article article) {
        return MaterialField.PUB_STATUS.replaced(known.fields(), MaterialField.digests(article));
    }

    private static long simHash(Article article) {
        return Long.parseUnsignedLong(article.fingerprints().simHash(), 16);
    }

    private static int generation(Article article) {
        return article.revision().generation();
    }

    private static long state(List<Long> fields) {
        return Fingerprints.digest(fields.toString());
    }

    private static long entryDigest(Article article) {
        return Fingerprints.digest(article.provenance().entryDigest());
    }

    private static LedgerEntry seen(LedgerEntry known, Sighting sighting, Sighting.Resolution resolution, int today) {
        return new LedgerEntry(
                known.scope(),
                known.number(),
                known.generation(),
                known.firstCreated(),
                known.versionCreated(),
                known.datePublished(),
                known.owner(),
                known.full(),
                known.entryDigest(),
                sighting.fetch(),
                sighting.entryIndex(),
                known.simHash(),
                known.words(),
                known.fields(),
                known.past(),
                known.reverted(),
                today,
                names(known.aliases(), sighting, resolution));
    }

    private static @Nullable LedgerEntry differing(LedgerEntry known, LedgerEntry seen) {
        return known.equals(seen) ? null : seen;
    }

    private static List<Identity.Alias> names(
            List<Identity.Alias> known, Sighting sighting, Sighting.Resolution resolution) {
        var names = new LinkedHashSet<>(known);
        names.addAll(sighting.identity().aliases());
        if (resolution.split()) {
            names.add(sighting.identity().split(sighting.article().title()));
        }
        return names.stream().limit(ALIASES).toList();
    }

    private static Article stamped(Sighting sighting, ArticleId id, LedgerEntry known, @Nullable String flag) {
        var article = Articles.identified(sighting.article(), id, flag);
        var first = known.datePublished();
        var own = article.datePublished();
        var published = own == null || (first != null && own.isAfter(first)) ? first : own;
        return Articles.dated(article, known.firstCreated(), published);
    }

    private static Article with(Article article, List<Identity.Alias> aliases) {
        return Articles.named(
                article, aliases.stream().map(Identity.Alias::altId).toList());
    }
}
