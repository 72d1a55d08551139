package newswire.normalizer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import newswire.contract.Article;
import newswire.contract.ArticleId;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger does with a sighting. Pure: stored state and sighting in, new state and perhaps an article out.
 *
 * @param outcome published, unchanged, observed or deferred
 * @param entry the new state, absent if it stays
 * @param article to publish
 */
record Decision(
        Outcome outcome,
        @Nullable LedgerEntry entry,
        @Nullable Article article) {
    private static final Duration FLAP = Duration.ofHours(24);
    private static final int PAST = 8;
    private static final int RENAMED = 127;

    /** Decides. */
    static Decision of(Sighting sighting, Sighting.Resolution resolution, int today) {
        var known = resolution.known();
        if (known == null) {
            return sighting.isWithdrawal()
                    ? new Decision(Outcome.OBSERVED, null, null)
                    : first(sighting, resolution, today);
        }
        if (sighting.replayed()) {
            return reread(sighting, resolution.id(), known);
        }
        var names = sighting.isSourceOf(known) ? known.aliases() : names(sighting, resolution);
        var seen = known.seen(sighting.place(today), names, renamed(known, sighting));
        var article = stamped(sighting.article(), resolution, known);
        if (isOthers(known, sighting)) {
            return new Decision(Outcome.OBSERVED, differing(known, seen), null);
        }
        if (article.versionCreated().isBefore(known.versionCreated())) {
            return new Decision(Outcome.UNCHANGED, differing(known, seen), null);
        }
        if (isReread(known, sighting)) {
            return reread(sighting, resolution.id(), seen);
        }
        return isPoorer(known, sighting)
                ? headed(known, seen, sighting, article)
                : compared(known, seen, sighting, article);
    }

    /** Another feed of the publisher only adds names, unless it has more to tell. */
    private static boolean isOthers(LedgerEntry known, Sighting sighting) {
        boolean foreign = !known.owner().equals(sighting.article().provenance().feedId());
        boolean richer =
                !known.imprint().full() && sighting.article().representationType() == Article.RepresentationType.FULL;
        return foreign && !richer && !sighting.isWithdrawal();
    }

    private static boolean isReread(LedgerEntry known, Sighting sighting) {
        return sighting.isSourceOf(known) && known.generation() < sighting.generation();
    }

    /** The raw article behind the last revision, read again: newer rules may make something else of it. */
    private static Decision reread(Sighting sighting, ArticleId id, LedgerEntry known) {
        boolean silent = Boolean.FALSE.equals(sighting.updates().emit());
        if (!isReread(known, sighting) || silent) {
            return new Decision(Outcome.UNCHANGED, null, null);
        }
        var article = known.number() == 1
                ? Articles.dated(
                        Articles.identified(sighting.article(), id, null),
                        known.firstCreated(),
                        sighting.article().datePublished())
                : stamped(sighting.article(), new Sighting.Resolution(id, known, false, null), known);
        var imprint = Imprint.of(article, sighting).headed(known.imprint().head());
        var changed = new ArrayList<>(known.imprint().differences(imprint));
        changed.removeAll(sighting.updates().ignore());
        return changed.isEmpty()
                ? new Decision(Outcome.UNCHANGED, known.confirmed(sighting.generation(), imprint), null)
                : revised(known, article, imprint, Article.Revision.Kind.REPROCESS, changed, false);
    }

    /** A feed that shows an entry again without its page does not take the page back. */
    private static boolean isPoorer(LedgerEntry known, Sighting sighting) {
        return known.imprint().isPaged() && !sighting.isPaged() && !sighting.isWithdrawal();
    }

    /** Only what the feed itself says anew, beside the text, is news; the text of the page is better than the feed's. */
    private static Decision headed(LedgerEntry known, LedgerEntry seen, Sighting sighting, Article article) {
        long head = Imprint.head(MaterialField.digests(article));
        long before = known.imprint().head();
        if (before != 0 && before != head && known.imprint().entry() != sighting.entry()) {
            return compared(known, seen, sighting, article);
        }
        return new Decision(Outcome.UNCHANGED, differing(known, seen.headed(head)), null);
    }

    private static Decision compared(LedgerEntry known, LedgerEntry seen, Sighting sighting, Article article) {
        var before = known.imprint();
        var now = MaterialField.digests(article);
        var fields = sighting.isWithdrawal() ? MaterialField.PUB_STATUS.replaced(before.fields(), now) : now;
        var changed = MaterialField.changed(
                before.fields(), fields, sighting.updates().ignore());
        boolean silent = Boolean.FALSE.equals(sighting.updates().emit());
        boolean reverting = known.past().contains(Imprint.state(fields)) && known.generation() >= sighting.generation();
        if (changed.isEmpty() || silent || (reverting && isFlap(known, article.versionCreated(), changed))) {
            return new Decision(Outcome.UNCHANGED, differing(known, seen), null);
        }
        if (isTooSoon(known, sighting, article)) {
            return new Decision(Outcome.DEFERRED, differing(known, seen), null);
        }
        return revised(seen, article, imprint(before, sighting, article), kind(article, changed), changed, reverting);
    }

    /** A withdrawal says nothing of the text, so what was said of it stays. */
    private static Imprint imprint(Imprint before, Sighting sighting, Article article) {
        var imprint = Imprint.of(article, sighting);
        if (sighting.isWithdrawal()) {
            return before.withdrawn(imprint);
        }
        return sighting.isPaged() ? imprint.headed(head(before)) : imprint;
    }

    private static long head(Imprint before) {
        return before.isPaged() ? before.head() : Imprint.head(before.fields());
    }

    /**
     * A text that comes back within a day, or for a second time, is one that a publisher's servers disagree on. What was
     * withdrawn may come back once at any time.
     */
    private static boolean isFlap(LedgerEntry known, Instant now, List<String> changed) {
        boolean soon = Duration.between(known.versionCreated(), now).compareTo(FLAP) < 0;
        return known.reverted() || (soon && !changed.contains(MaterialField.PUB_STATUS.property()));
    }

    private static boolean isTooSoon(LedgerEntry known, Sighting sighting, Article article) {
        return !sighting.isWithdrawal()
                && article.versionCreated().isBefore(known.versionCreated().plus(sighting.spacing()));
    }

    private static Decision first(Sighting sighting, Sighting.Resolution resolution, int today) {
        var article = Articles.identified(sighting.article(), resolution.id(), resolution.flag());
        var entry = new LedgerEntry(
                sighting.identity().scope(),
                1,
                sighting.generation(),
                article.firstCreated(),
                article.versionCreated(),
                article.datePublished(),
                article.provenance().feedId(),
                Imprint.of(article, sighting),
                List.of(),
                false,
                0,
                sighting.place(today),
                LedgerEntry.joined(List.of(), names(sighting, resolution)));
        return new Decision(Outcome.PUBLISHED, entry, with(article, entry.aliases()));
    }

    private static Decision revised(
            LedgerEntry seen,
            Article article,
            Imprint imprint,
            Article.Revision.Kind kind,
            List<String> changed,
            boolean reverting) {
        var past = new ArrayList<>(seen.past());
        past.addFirst(seen.imprint().state());
        int generation = Math.max(seen.generation(), article.revision().generation());
        var revision = new Article.Revision(seen.number() + 1, generation, kind, changed);
        var entry = new LedgerEntry(
                seen.scope(),
                revision.number(),
                generation,
                seen.firstCreated(),
                article.versionCreated(),
                article.datePublished(),
                article.provenance().feedId(),
                imprint,
                past.subList(0, Math.min(PAST, past.size())),
                seen.reverted() || reverting,
                seen.renamed(),
                seen.place(),
                seen.aliases());
        return new Decision(Outcome.PUBLISHED, entry, with(Articles.revised(article, revision), entry.aliases()));
    }

    private static Article.Revision.Kind kind(Article article, List<String> changed) {
        if (article.pubStatus() == Article.PubStatus.CANCELED) {
            return Article.Revision.Kind.WITHDRAWAL;
        }
        boolean corrected = changed.contains(MaterialField.CORRECTIONS.property())
                && !article.corrections().isEmpty();
        return corrected ? Article.Revision.Kind.CORRECTION : Article.Revision.Kind.UPDATE;
    }

    private static @Nullable LedgerEntry differing(LedgerEntry known, LedgerEntry seen) {
        return known.equals(seen) ? null : seen;
    }

    private static List<Identity.Alias> names(Sighting sighting, Sighting.Resolution resolution) {
        var names = new ArrayList<>(sighting.identity().aliases());
        if (resolution.split()) {
            names.add(sighting.identity().split(sighting.article().title()));
        }
        return names;
    }

    private static int renamed(LedgerEntry known, Sighting sighting) {
        return sighting.isRenamed(known) ? Math.min(RENAMED, known.renamed() + 1) : known.renamed();
    }

    /** What was first said of an article's dates stays. */
    private static Article stamped(Article it, Sighting.Resolution resolution, LedgerEntry known) {
        var article = Articles.identified(it, resolution.id(), resolution.flag());
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
