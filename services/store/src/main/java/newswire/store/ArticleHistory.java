package newswire.store;

import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import newswire.contract.Article;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How an article came to be so, and where each of its states comes from. */
@Component
class ArticleHistory {
    private final RevisionTable table;
    private final TopicLookup topics;

    ArticleHistory(RevisionTable table, TopicLookup topics) {
        this.table = table;
        this.topics = topics;
    }

    /**
     * Every state of an article, the newest first.
     *
     * @throws Refusal if there is none
     */
    List<Article> all(UUID id) {
        var all = table.all(id).stream()
                .map(revision -> RevisionTable.article(revision.json()))
                .toList();
        if (all.isEmpty()) {
            throw Refusal.notFound("article", id);
        }
        return all;
    }

    /**
     * One of the states of an article.
     *
     * @param version such as 2 or 2.0
     * @throws Refusal if it is not among them
     */
    static Article find(UUID id, List<Article> all, String version) {
        return all.get(index(id, all, version("version", version)));
    }

    /**
     * What differs between two states.
     *
     * @param from absent = the one before
     * @param to absent = the last
     * @throws Refusal if there is no such state
     */
    ArticleDiff diff(UUID id, @Nullable String from, @Nullable String to) {
        var all = all(id);
        int newer = to == null ? 0 : index(id, all, version("to", to));
        int older = from == null ? Math.min(newer + 1, all.size() - 1) : index(id, all, version("from", from));
        return ArticleDiff.of(all.get(older), all.get(newer));
    }

    private static int index(UUID id, List<Article> all, RevisionTable.Version wanted) {
        Predicate<Article> is = article -> article.revision().number() == wanted.revision()
                && (wanted.generation() == null
                        || wanted.generation() == article.revision().generation());
        for (int i = 0; i < all.size(); i++) {
            if (is.test(all.get(i))) {
                return i;
            }
        }
        throw Refusal.notFound("revision " + wanted.revision() + " of article", id);
    }

    /**
     * The way of a revision, backwards.
     *
     * @param poll absent if its raw article is no longer kept
     */
    record Origins(
            UUID articleId,
            String version,
            Place event,
            @Nullable Place raw,
            Article.Provenance provenance,
            String normalizer,
            Source feed,
            @Nullable Poll poll) {}

    /** A record. */
    record Place(String topic, int partition, long offset) {}

    /** The feed that showed it. */
    record Source(UUID feedId, String url) {}

    /**
     * The exchange that brought it.
     *
     * @param repairs what had to be mended in the document
     */
    record Poll(RawArticle.Fetch fetch, List<String> repairs) {}

    /**
     * Where a state of an article comes from.
     *
     * @param version absent = the last
     * @throws Refusal if there is no such state
     */
    Origins lineage(UUID id, @Nullable String version) {
        var origin = table.origin(id, version == null ? null : version("version", version))
                .orElseThrow(() -> Refusal.notFound("article", id));
        var article = origin.article();
        var lineage = origin.lineage();
        var raw = raw(lineage);
        return new Origins(
                id,
                article.version(),
                new Place(lineage.topic(), lineage.partition(), lineage.offset()),
                raw,
                article.provenance(),
                article.provenance().normalizer(),
                new Source(
                        article.provenance().feedId().value(),
                        article.provenance().feedUrl().toString()),
                raw == null ? null : poll(raw));
    }

    private static @Nullable Place raw(Lineage lineage) {
        return lineage.rawTopic() == null || lineage.rawPartition() == null || lineage.rawOffset() == null
                ? null
                : new Place(lineage.rawTopic(), lineage.rawPartition(), lineage.rawOffset());
    }

    private @Nullable Poll poll(Place raw) {
        return topics.find(raw.topic(), raw.partition(), raw.offset(), RawArticle.class)
                .map(found -> new Poll(found.fetch(), found.repairs()))
                .orElse(null);
    }

    /** Reads a version that a client names. */
    static RevisionTable.Version version(String field, String text) {
        try {
            return RevisionTable.Version.of(text);
        } catch (IllegalArgumentException ex) {
            throw Refusal.badField(field, "is not a version such as 2 or 2.0");
        }
    }
}
