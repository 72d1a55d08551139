package newswire.normalizer;

import static newswire.normalizer.Vocabulary.ATOM;
import static newswire.normalizer.Vocabulary.DC;
import static newswire.normalizer.Vocabulary.DC_TERMS;
import static newswire.normalizer.Vocabulary.RDF;
import static newswire.normalizer.Vocabulary.RSS;
import static newswire.normalizer.Vocabulary.attribute;

import java.util.ArrayList;
import java.util.List;
import org.jdom2.Element;

/** Categories, subjects and keywords of an entry in all their spellings. */
final class CategoryReader {
    private CategoryReader() {}

    /** Of an RSS item. */
    static List<Entry.Category> rss(Element item) {
        var categories = new ArrayList<Entry.Category>();
        for (var category : RSS.all(item, "category")) {
            categories.add(new Entry.Category(category.getValue(), null, attribute(category, "domain")));
        }
        for (var subject : DC_TERMS.all(item, "subject")) {
            categories.add(new Entry.Category(subject.getValue(), null, null));
        }
        for (var subject : DC.all(item, "subject")) {
            var about = RDF.first(subject, "Description");
            categories.add(new Entry.Category(about == null ? subject.getValue() : about.getValue(), null, null));
        }
        for (var category : ATOM.all(item, "category")) {
            categories.addAll(category(category));
        }
        categories.addAll(MediaReader.keywords(item));
        return categories;
    }

    /** Of an Atom entry. */
    static List<Entry.Category> atom(Element entry) {
        var categories = new ArrayList<Entry.Category>();
        for (var category : ATOM.all(entry, "category")) {
            categories.addAll(category(category));
        }
        for (var subject : DC.all(entry, "subject")) {
            categories.add(new Entry.Category(subject.getValue(), null, null));
        }
        categories.addAll(MediaReader.keywords(entry));
        return categories;
    }

    /** An Atom category, wherever it stands. */
    private static List<Entry.Category> category(Element category) {
        var term = attribute(category, "term");
        var label = attribute(category, "label");
        var name = RssReader.first(label, term, RssReader.blankless(category.getValue()));
        return name == null
                ? List.of()
                : List.of(new Entry.Category(name, label == null ? null : term, attribute(category, "scheme")));
    }
}
