package newswire.standalone;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import newswire.contract.Article;
import newswire.contract.ArticleId;
import newswire.contract.RawArticle;
import newswire.contract.kafka.Encoding;
import newswire.normalizer.NormalizerApplication;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which articles come out different under this version's rules. An article is compared by the raw article that its last
 * revision was made of; of others nothing is published, whatever they would say.
 */
final class ReplayReport {
    private static final int EXAMPLES = 5;

    /** Of the ledger, not of the rules. */
    private static final List<String> STAMPED =
            List.of("uri", "version", "firstCreated", "versionCreated", "altIds", "revision", "provenance");

    private final Instant from;
    private final Instant to;
    private final Set<String> raws = new HashSet<>();
    private final Map<ArticleId, Published> articles = new HashMap<>();
    private final Map<String, ArticleId> byRaw = new HashMap<>();
    private final Map<ArticleId, Comparison> comparisons = new HashMap<>();
    private final Map<String, Integer> rejected = new TreeMap<>();
    private int generation;

    /** What was published, by digests of its properties. */
    private record Published(String rawId, int generation, Map<String, Integer> properties) {}

    private record Comparison(String title, boolean newer, Set<String> changed) {}

    ReplayReport(Instant from, Instant to) {
        this.from = from;
        this.to = to;
    }

    /** A raw article of the time. */
    void expect(RawArticle raw) {
        raws.add(raw.rawId());
    }

    /** A revision; a later one of the same article takes its place. */
    void published(Article article) {
        var rawId = article.provenance().rawId();
        if (raws.contains(rawId)) {
            var before = articles.put(
                    article.id(), new Published(rawId, article.revision().generation(), digests(article)));
            if (before != null) {
                byRaw.remove(before.rawId, article.id());
            }
            byRaw.put(rawId, article.id());
        } else {
            var superseded = articles.remove(article.id());
            if (superseded != null) {
                byRaw.remove(superseded.rawId, article.id());
            }
        }
    }

    /** The raw article read again. */
    void compare(RawArticle raw) {
        switch (NormalizerApplication.normalize(raw)) {
            case NormalizerApplication.Normalized(var article) -> compare(raw, article);
            case NormalizerApplication.Rejected(var code, var _) -> rejected.merge(code, 1, Integer::sum);
        }
    }

    private void compare(RawArticle raw, Article article) {
        generation = article.revision().generation();
        var id = byRaw.get(raw.rawId());
        var published = id == null ? null : articles.get(id);
        if (id == null || published == null) {
            return;
        }
        var changed = differences(published.properties, digests(article));
        var comparison = new Comparison(article.title(), published.generation < generation, changed);
        // An entry with its page and without has one rawId: the nearer one is what was published.
        comparisons.merge(id, comparison, (one, other) -> one.changed.size() <= other.changed.size() ? one : other);
    }

    private static Set<String> differences(Map<String, Integer> before, Map<String, Integer> after) {
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeIf(name -> java.util.Objects.equals(before.get(name), after.get(name)));
        return names;
    }

    private static Map<String, Integer> digests(Article article) {
        ObjectNode json = Encoding.json().valueToTree(article);
        json.remove(STAMPED);
        for (JsonNode association : json.path("associations")) {
            ((ObjectNode) association).remove("uri"); // follows from the article's
        }
        var digests = new TreeMap<String, Integer>();
        for (var property : json.properties()) {
            digests.put(property.getKey(), property.getValue().toString().hashCode());
        }
        return digests;
    }

    /** Whether there is nothing to read again. */
    boolean isEmpty() {
        return raws.isEmpty();
    }

    /** How many articles will get a revision. */
    long willChange() {
        return comparisons.values().stream()
                .filter(one -> one.newer && !one.changed.isEmpty())
                .count();
    }

    /** How many articles come out different in each property. */
    Map<String, Integer> byField() {
        var fields = new TreeMap<String, Integer>();
        for (var comparison : comparisons.values()) {
            for (var name : comparison.changed) {
                fields.merge(name, 1, Integer::sum);
            }
        }
        return fields;
    }

    /** For the person at the terminal. */
    String text() {
        var lines = new ArrayList<String>();
        lines.add(
                "%d raw articles from %s to %s, normalizer generation %d".formatted(raws.size(), from, to, generation));
        lines.add("%d articles have their last revision from them; %d come out different"
                .formatted(comparisons.size(), different().size()));
        byField().forEach((name, count) -> lines.add("  %-20s %d".formatted(name, count)));
        different().stream()
                .sorted(Comparator.comparing(ArticleId::toString))
                .limit(EXAMPLES)
                .forEach(id -> lines.add("  e.g. " + id + " " + example(id)));
        rejected.forEach((code, count) -> lines.add("%d are rejected: %s".formatted(count, code)));
        lines.add(
                willChange() < different().size()
                        ? "%d will be published. The others are of this generation already, and stay as they are."
                                .formatted(willChange())
                        : "%d will be published as reprocess.".formatted(willChange()));
        return String.join("\n", lines) + "\n";
    }

    private List<ArticleId> different() {
        return comparisons.entrySet().stream()
                .filter(entry -> !entry.getValue().changed.isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    private String example(ArticleId id) {
        var one = java.util.Objects.requireNonNull(comparisons.get(id));
        return "%s: %s".formatted(one.title, String.join(", ", one.changed));
    }
}
