package newswire.normalizer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import newswire.contract.Article;
import newswire.contract.kafka.Encoding;
import tools.jackson.databind.JsonNode;

/**
 * What the ledger keeps of what a revision says: not its text, but enough to tell what changed since.
 *
 * @param entry the feed's entry that it was made of, as a digest
 * @param page the web page, as a digest; 0 = none
 * @param head what the feed itself said last beside the text, as a digest; 0 = not known
 * @param full whether it had the whole text
 * @param simHash of its text
 * @param words of its text
 * @param fields digests in the order of {@link MaterialField}
 * @param whole digest of all that the normalizer says; 0 = not known
 * @param rest the first 16 bits of the digests of {@link #PROPERTIES}
 */
record Imprint(
        long entry,
        long page,
        long head,
        boolean full,
        long simHash,
        int words,
        List<Long> fields,
        long whole,
        List<Short> rest) {

    /** What only the ledger knows, or is the same in all articles. */
    static final Set<String> STAMPED = Set.of(
            "uri",
            "profile",
            "standard",
            "version",
            "firstCreated",
            "versionCreated",
            "altIds",
            "revision",
            "provenance");

    /** Properties that only newer rules can publish when they alone differ. New ones go to the end. */
    static final List<String> PROPERTIES = List.of(
            "type",
            "contentCreated",
            "embargoedUntil",
            "expires",
            "representationType",
            "headlines",
            "bodies",
            "descriptions",
            "located",
            "infoSources",
            "subjects",
            "genres",
            "places",
            "associations",
            "renditions",
            "copyrightHolder",
            "copyrightNotice",
            "usageTerms",
            "rightsInfo",
            "digitalSourceType",
            "dateModified",
            "dates",
            "contributors",
            "languageVersions",
            "notices",
            "mentionedDates",
            "corrections",
            "fingerprints");

    /** What a feed says of an article beside its text; a page may say it better, but not first. */
    private static final List<MaterialField> HEAD = List.of(
            MaterialField.TITLE,
            MaterialField.URL,
            MaterialField.BY,
            MaterialField.CONTRIBUTORS,
            MaterialField.DATE_PUBLISHED,
            MaterialField.CORRECTIONS,
            MaterialField.PUB_STATUS);

    Imprint {
        fields = List.copyOf(fields);
        rest = List.copyOf(rest);
    }

    /** The imprint of an article as it is to be published. */
    static Imprint of(Article article, Sighting sighting) {
        var fields = MaterialField.digests(article);
        var json = Encoding.json().valueToTree(article);
        return new Imprint(
                sighting.entry(),
                sighting.page(),
                sighting.isPaged() ? 0 : head(fields),
                article.representationType() == Article.RepresentationType.FULL,
                Long.parseUnsignedLong(article.fingerprints().simHash(), 16),
                sighting.words(),
                fields,
                whole(json),
                rest(json));
    }

    /** The digest of what a feed says of an article beside its text; never 0. */
    static long head(List<Long> fields) {
        return Fingerprints.digest(
                        HEAD.stream().map(field -> field.of(fields)).toList().toString())
                | 1;
    }

    private static long whole(JsonNode json) {
        var all = new StringBuilder();
        for (var name : new TreeSet<>(json.propertyNames())) {
            if (!STAMPED.contains(name)) {
                all.append(name).append(json.get(name));
            }
        }
        return Fingerprints.digest(all.toString()) | 1;
    }

    private static List<Short> rest(JsonNode json) {
        var rest = new ArrayList<Short>();
        for (var name : PROPERTIES) {
            rest.add((short) Fingerprints.digest(json.path(name).toString()));
        }
        return rest;
    }

    /** The properties in which another rendering of the same raw article differs. */
    List<String> differences(Imprint other) {
        var changed = new LinkedHashSet<>(MaterialField.changed(fields, other.fields, List.of()));
        if (whole == 0 || whole == other.whole) {
            return List.copyOf(changed);
        }
        for (int at = 0; at < Math.min(rest.size(), other.rest.size()); at++) {
            if (!rest.get(at).equals(other.rest.get(at))) {
                changed.add(PROPERTIES.get(at));
            }
        }
        return changed.isEmpty() ? List.of("bodies") : List.copyOf(changed);
    }

    /** All fields together. */
    long state() {
        return state(fields);
    }

    /** All fields together. */
    static long state(List<Long> fields) {
        return Fingerprints.digest(fields.toString());
    }

    boolean isPaged() {
        return page != 0;
    }

    /** The same text, withdrawn. */
    Imprint withdrawn(Imprint by) {
        return new Imprint(
                by.entry,
                by.page,
                head,
                full,
                simHash,
                words,
                MaterialField.PUB_STATUS.replaced(fields, by.fields),
                by.whole,
                by.rest);
    }

    /** The same with what the feed says of it now. */
    Imprint headed(long now) {
        return new Imprint(entry, page, now, full, simHash, words, fields, whole, rest);
    }
}
