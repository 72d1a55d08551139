package newswire.normalizer;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import newswire.contract.Article;
import org.jspecify.annotations.Nullable;

/** The titles of an entry; where there is none, the first sentence stands in and says so. */
final class Headlines {
    private static final int LONGEST = 1000;
    private static final int DERIVED = 120;

    private static final Pattern ELLIPSIS = Pattern.compile("\\s*\\[?(?:…|\\.\\.\\.)\\]?$");
    private static final String SEPARATORS = "(?:[|•·»«:–—-]|::|\\|\\|)";
    private static final Pattern SEPARATOR = Pattern.compile("\\s+" + SEPARATORS + "\\s+");
    private static final String SEPARATOR_AT_END = "\\s+" + SEPARATORS + "$";
    private static final String SEPARATOR_AT_BEGIN = "^\\s+" + SEPARATORS + "\\s+";

    private final List<Article.Headline> all = new ArrayList<>();

    Headlines(Entry entry, Content content, @Nullable CanonicalUrl url) {
        for (var text : entry.titles()) {
            var title = PlainText.cut(plain(text), LONGEST);
            if (!title.isEmpty()
                    && all.stream().noneMatch(known -> known.value().equals(title))) {
                all.add(new Article.Headline(all.isEmpty() ? "main" : "alternative", "text/plain", title));
            }
        }
        if (all.isEmpty()) {
            all.add(new Article.Headline("derived", "text/plain", derived(entry, content, url)));
        }
    }

    /** A title as plain text. */
    static String plain(Entry.Text text) {
        return text.html() ? Html.plain(text.value()) : PlainText.line(text.value());
    }

    /** Whether a title breaks off, and another begins with it. */
    static boolean isCut(String title, String whole) {
        var start = ELLIPSIS.matcher(title).replaceFirst("");
        return start.length() < title.length() && whole.length() > start.length() && whole.startsWith(start);
    }

    /** The title of a page without the name of its site at either end. */
    static @Nullable String withoutSite(@Nullable String title, @Nullable String site) {
        if (title == null || site == null) {
            return title;
        }
        var parts = List.of(SEPARATOR.split(title, -1));
        boolean last = parts.size() > 1 && parts.getLast().equalsIgnoreCase(site);
        boolean first = parts.size() > 1 && parts.getFirst().equalsIgnoreCase(site);
        if (last) {
            return PlainText.strip(title.substring(0, title.length() - site.length()))
                    .replaceFirst(SEPARATOR_AT_END, "");
        }
        return first ? title.substring(site.length()).replaceFirst(SEPARATOR_AT_BEGIN, "") : title;
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
