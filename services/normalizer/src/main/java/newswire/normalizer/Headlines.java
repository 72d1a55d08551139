package newswire.normalizer;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import newswire.contract.Article;
import org.jspecify.annotations.Nullable;

/** The titles of an entry; where there is none, the first sentence stands in and says so. */
final class Headlines {
    private static final int LONGEST = 1000;
    private static final int DERIVED = 120;

    private final List<Article.Headline> all = new ArrayList<>();

    Headlines(Entry entry, Content content, @Nullable CanonicalUrl url) {
        for (var text : entry.titles()) {
            var plain = text.html() ? Html.plain(text.value()) : PlainText.line(text.value());
            var title = PlainText.cut(plain, LONGEST);
            if (!title.isEmpty()
                    && all.stream().noneMatch(known -> known.value().equals(title))) {
                all.add(new Article.Headline(all.isEmpty() ? "main" : "alternative", "text/plain", title));
            }
        }
        if (all.isEmpty()) {
            all.add(new Article.Headline("derived", "text/plain", derived(entry, content, url)));
        }
    }

    private static String derived(Entry entry, Content content, @Nullable CanonicalUrl url) {
        var paragraphs = content.story().paragraphs();
        if (!paragraphs.isEmpty()) {
            return sentence(PlainText.line(paragraphs.getFirst()));
        }
        var known = url == null ? entry.guid() : url.url().toString();
        return known == null ? "untitled" : PlainText.cut(PlainText.line(known), DERIVED);
    }

    private static String sentence(String paragraph) {
        var sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(paragraph);
        int end = sentences.next();
        var first = PlainText.strip(paragraph.substring(0, end == BreakIterator.DONE ? paragraph.length() : end));
        if (first.codePointCount(0, first.length()) <= DERIVED) {
            return first;
        }
        var cut = PlainText.cut(first, DERIVED - 1);
        int space = cut.lastIndexOf(' ');
        return (space > DERIVED / 2 ? cut.substring(0, space) : cut) + "…";
    }

    boolean isDerived() {
        return all.getFirst().role().equals("derived");
    }

    String title() {
        return all.getFirst().value();
    }

    List<Article.Headline> all() {
        return List.copyOf(all);
    }
}
