package newswire.normalizer;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import newswire.contract.Article;
import newswire.contract.ArticleId;
import org.jspecify.annotations.Nullable;

/** Articles with what only the ledger knows. */
final class Articles {
    private Articles() {}

    /** The same article under an id, which its parts follow. */
    static Article identified(Article it, ArticleId id, @Nullable String flag) {
        var flags = new ArrayList<>(it.provenance().flags());
        if (flag != null) {
            flags.add(flag);
        }
        if (it.uri().equals(id.uri()) && flag == null) {
            return it;
        }
        var associations =
                it.associations().stream().map(part -> under(part, id)).toList();
        return copy(
                it,
                id.uri(),
                it.firstCreated(),
                it.datePublished(),
                associations,
                it.altIds(),
                it.revision(),
                flagged(it.provenance(), flags));
    }

    private static Article.Association under(Article.Association part, ArticleId id) {
        return new Article.Association(
                part.name(),
                part.rel(),
                id.part(part.name()),
                part.type(),
                part.title(),
                part.by(),
                part.language(),
                part.descriptions(),
                part.copyrightHolder(),
                part.copyrightNotice(),
                part.renditions());
    }

    private static Article.Provenance flagged(Article.Provenance it, List<String> flags) {
        return new Article.Provenance(
                it.feedId(),
                it.feedUrl(),
                it.format(),
                it.rawId(),
                it.entryDigest(),
                it.fetchedAt(),
                it.contentSource(),
                it.normalizer(),
                flags);
    }

    /** The same article with the dates that its first revision had. */
    static Article dated(Article it, Instant firstCreated, @Nullable Instant published) {
        return copy(
                it, it.uri(), firstCreated, published, it.associations(), it.altIds(), it.revision(), it.provenance());
    }

    /** The same article as a revision. */
    static Article revised(Article it, Article.Revision revision) {
        return copy(
                it,
                it.uri(),
                it.firstCreated(),
                it.datePublished(),
                it.associations(),
                it.altIds(),
                revision,
                it.provenance());
    }

    /** The same article with all its names. */
    static Article named(Article it, List<Article.AltId> names) {
        return copy(
                it,
                it.uri(),
                it.firstCreated(),
                it.datePublished(),
                it.associations(),
                names,
                it.revision(),
                it.provenance());
    }

    private static Article copy(
            Article it,
            URI uri,
            Instant firstCreated,
            @Nullable Instant published,
            List<Article.Association> associations,
            List<Article.AltId> altIds,
            Article.Revision revision,
            Article.Provenance provenance) {
        return new Article(
                uri,
                it.type(),
                it.profile(),
                it.standard(),
                revision.version(),
                firstCreated,
                it.versionCreated(),
                it.contentCreated(),
                it.embargoedUntil(),
                it.expires(),
                it.pubStatus(),
                it.representationType(),
                it.language(),
                it.title(),
                it.headlines(),
                it.bodies(),
                it.descriptions(),
                it.by(),
                it.located(),
                it.infoSources(),
                it.subjects(),
                it.genres(),
                it.places(),
                associations,
                it.renditions(),
                altIds,
                it.copyrightHolder(),
                it.copyrightNotice(),
                it.usageTerms(),
                it.rightsInfo(),
                it.digitalSourceType(),
                it.url(),
                published,
                it.dateModified(),
                it.dates(),
                it.contributors(),
                it.languageVersions(),
                it.notices(),
                it.mentionedDates(),
                it.corrections(),
                revision,
                it.fingerprints(),
                provenance);
    }
}
