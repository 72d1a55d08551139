package newswire.normalizer;

import static newswire.normalizer.Vocabulary.ATOM;
import static newswire.normalizer.Vocabulary.DC;
import static newswire.normalizer.Vocabulary.DC_TERMS;
import static newswire.normalizer.Vocabulary.NEWSML;
import static newswire.normalizer.Vocabulary.PRISM;
import static newswire.normalizer.Vocabulary.RSS;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/** The dates of an entry as they are written, with what each is said to be. */
final class DateReader {
    private DateReader() {}

    /** Of an RSS item, the likeliest first. */
    static List<Entry.RawDate> rss(Element item) {
        return Stream.of(
                        date("published", RSS.text(item, "pubDate"), "pubDate"),
                        date("published", ATOM.text(item, "published"), "atom:published"),
                        date("published", DC_TERMS.text(item, "issued"), "dcterms:issued"),
                        date("published", DC.text(item, "date"), "dc:date"),
                        date("modified", ATOM.text(item, "updated"), "atom:updated"),
                        date("modified", DC_TERMS.text(item, "modified"), "dcterms:modified"),
                        date("created", DC_TERMS.text(item, "created"), "dcterms:created"),
                        date("expires", RSS.text(item, "expirationDate"), "expirationDate"),
                        date("expires", DC_TERMS.text(item, "valid"), "dcterms:valid"),
                        date("embargoed", PRISM.text(item, "embargoDate"), "prism:embargoDate"),
                        date("embargoed", NEWSML.text(item, "embargoed"), "newsml:embargoed"),
                        date("available", DC_TERMS.text(item, "available"), "dcterms:available"))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Of an Atom entry. */
    static List<Entry.RawDate> atom(Element entry) {
        return Stream.of(
                        date("published", ATOM.text(entry, "published"), "published"),
                        date("published", ATOM.text(entry, "issued"), "issued"),
                        date("published", DC_TERMS.text(entry, "issued"), "dcterms:issued"),
                        date("published", DC.text(entry, "date"), "dc:date"),
                        date("modified", ATOM.text(entry, "updated"), "updated"),
                        date("modified", ATOM.text(entry, "modified"), "modified"),
                        date("modified", DC_TERMS.text(entry, "modified"), "dcterms:modified"),
                        date("created", ATOM.text(entry, "created"), "created"),
                        date("created", DC_TERMS.text(entry, "created"), "dcterms:created"),
                        date("expires", DC_TERMS.text(entry, "valid"), "dcterms:valid"),
                        date("embargoed", PRISM.text(entry, "embargoDate"), "prism:embargoDate"),
                        date("embargoed", NEWSML.text(entry, "embargoed"), "newsml:embargoed"),
                        date("available", DC_TERMS.text(entry, "available"), "dcterms:available"))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Entry.@Nullable RawDate date(String role, @Nullable String raw, String source) {
        return raw == null ? null : new Entry.RawDate(role, raw, source);
    }
}
