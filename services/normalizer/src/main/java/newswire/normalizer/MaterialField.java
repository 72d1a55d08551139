package newswire.normalizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import newswire.contract.Article;

/** A property of an article whose change makes a revision, and what of it counts. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
enum MaterialField {
    TITLE(0, "title", article -> Fingerprints.canon(article.title())),
    BODIES(1, "bodies", article -> article.fingerprints().bodyHash() + article.representationType()),
    URL(2, "url", article -> String.valueOf(article.url())),
    BY(3, "by", article -> String.valueOf(article.by())),
    CONTRIBUTORS(
            4,
            "contributors",
            article -> article.contributors().stream()
                    .map(person -> person.role() + "\t" + person.name())
                    .collect(Collectors.joining("\n"))),
    DATE_PUBLISHED(5, "datePublished", article -> String.valueOf(article.datePublished())),
    LANGUAGE(6, "language", Article::language),
    ASSOCIATIONS(7, "associations", MaterialField::associations),
    CORRECTIONS(
            8,
            "corrections",
            article ->
                    article.corrections().stream().map(Article.Correction::text).collect(Collectors.joining("\n"))),
    PUB_STATUS(9, "pubStatus", article -> article.pubStatus().toString()),
    /** Whoever holds an article back has to know at once when its embargo is moved or lifted. */
    EMBARGOED_UNTIL(10, "embargoedUntil", article -> String.valueOf(article.embargoedUntil()));

    /** How many have a digest in every stored form; the others are last, and left out where the article has none. */
    private static final int ALWAYS = 10;

    private static final Long ABSENT = Fingerprints.digest("null");

    /** Where its digest is in the stored form. */
    private final int index;

    private final String property;
    private final Function<Article, String> content;

    MaterialField(int index, String property, Function<Article, String> content) {
        this.index = index;
        this.property = property;
        this.content = content;
    }

    /** Servers give pictures new parameters at every request: only the path counts. */
    private static String associations(Article article) {
        return article.associations().stream()
                .map(it -> it.type()
                        + it.by()
                        + it.descriptions()
                        + it.renditions().stream()
                                .map(Article.Rendition::href)
                                .filter(Objects::nonNull)
                                .map(href -> href.getRawPath())
                                .sorted()
                                .toList())
                .collect(Collectors.joining("\n"));
    }

    /** The digest of each field of an article, in order, without those at the end that it does not have. */
    static List<Long> digests(Article article) {
        var digests = new ArrayList<Long>();
        for (var field : values()) {
            digests.add(Fingerprints.digest(field.content.apply(article)));
        }
        while (digests.size() > ALWAYS && digests.getLast().equals(ABSENT)) {
            digests.removeLast();
        }
        return digests;
    }

    /** The properties whose digests differ. */
    static List<String> changed(List<Long> before, List<Long> after, List<String> ignored) {
        var changed = new ArrayList<String>();
        for (var field : values()) {
            boolean same = field.of(before).equals(field.of(after));
            if (!same && !ignored.contains(field.property)) {
                changed.add(field.property);
            }
        }
        return changed;
    }

    /** Its digest among those of all. */
    Long of(List<Long> digests) {
        return index < digests.size() ? digests.get(index) : ABSENT;
    }

    /** The digests with that of this field from another article. */
    List<Long> replaced(List<Long> digests, List<Long> by) {
        var replaced = new ArrayList<>(digests);
        replaced.set(index, of(by));
        return replaced;
    }

    String property() {
        return property;
    }
}
