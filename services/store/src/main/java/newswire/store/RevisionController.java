package newswire.store;

import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import newswire.contract.Article;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The history of an article, and where it comes from. */
@RestController
@RequestMapping("/api/articles/{id}")
class RevisionController {
    private final RevisionTable table;
    private final TopicLookup topics;

    RevisionController(RevisionTable table, TopicLookup topics) {
        this.table = table;
        this.topics = topics;
    }

    /** Revisions, newest first. */
    record Revisions(List<RawJson> items) {}

    /** Every state of an article. */
    @GetMapping("/revisions")
    Revisions all(@PathVariable UUID id) {
        var revisions = table.all(id);
        if (revisions.isEmpty()) {
            throw Refusal.notFound("article", id);
        }
        return new Revisions(revisions);
    }

    /** One state of an article: {@code 2}, or {@code 2.0} with the generation of the rules. */
    @GetMapping("/revisions/{version}")
    RawJson find(@PathVariable UUID id, @PathVariable String version) {
        return table.find(id, version("version", version))
                .orElseThrow(() -> Refusal.notFound("revision " + version + " of article", id));
    }

    /**
     * What differs between two states.
     *
     * @param from absent = the one before
     * @param to absent = the last
     */
    @GetMapping("/diff")
    ArticleDiff diff(@PathVariable UUID id, @RequestParam @Nullable String from, @RequestParam @Nullable String to) {
        var all = table.all(id).stream()
                .map(revision -> RevisionTable.article(revision.json()))
                .toList();
        int newer = to == null ? 0 : index(id, all, version("to", to));
        int older = from == null ? Math.min(newer + 1, all.size() - 1) : index(id, all, version("from", from));
        if (all.isEmpty()) {
            throw Refusal.notFound("article", id);
        }
        return ArticleDiff.of(all.get(older), all.get(newer));
    }

    /** The same as an HTML fragment. */
    @GetMapping(path = "/diff", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    String diffPage(@PathVariable UUID id, @RequestParam @Nullable String from, @RequestParam @Nullable String to) {
        return diff(id, from, to).html();
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
     */
    @GetMapping("/lineage")
    Origins lineage(@PathVariable UUID id, @RequestParam @Nullable String version) {
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

    private static RevisionTable.Version version(String field, String text) {
        try {
            return RevisionTable.Version.of(text);
        } catch (IllegalArgumentException ex) {
            throw Refusal.badField(field, "is not a version such as 2 or 2.0");
        }
    }
}
