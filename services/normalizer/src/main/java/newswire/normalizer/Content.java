package newswire.normalizer;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import newswire.contract.Feed;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;

/**
 * The text of an entry: which of its candidates is the body, and what is in it.
 *
 * @param html read from the body, absent if there is none
 * @param base of its relative references
 * @param full whether it is the whole text
 * @param cut whether it says itself that it goes on elsewhere, or was too large
 * @param source for the provenance
 */
record Content(@Nullable Html html, URI base, Story story, boolean full, boolean cut, String source) {
    private static final int LARGEST = 512 * 1024;
    private static final int SUMMARY = 600;
    private static final double HALF = 0.5;
    private static final double NEARLY_ALL = 0.9;
    private static final double LONGER = 1.1;
    private static final Pattern GOES_ON = Pattern.compile(
            "(?siu).*(?:\\[(?:…|\\.\\.\\.|&hellip;|&#8230;)\\]|(?:continue reading|read more|weiterlesen|lire la suite|leer más|keep reading)[^.]{0,80})\\s*(?:</?[a-z][^>]*>\\s*)*");

    /** How whatever that pattern finds begins. */
    private static final List<String> GOING_ON = List.of(
            "[…",
            "[...",
            "[&",
            "continue reading",
            "read more",
            "weiterlesen",
            "lire la suite",
            "leer más",
            "keep reading");

    /** Takes the best candidate of the feed, or the page's if that is better. */
    static Content of(Entry entry, RawArticle raw, URI base) {
        var feed = entry.contents().stream().filter(text -> !isPage(text)).findFirst();
        var page = entry.contents().stream().filter(Content::isPage).findFirst();
        var rules = raw.feed().content().noticeRules();
        var none = new Content(null, base, Story.EMPTY, false, false, "none");
        var own = feed.map(text -> read(text, new Notices(rules), base)).orElse(none);
        boolean asked = raw.feed().content().source() != Feed.Content.Source.FEED || feed.isEmpty();
        if (page.isEmpty() || !asked) {
            return own;
        }
        var other = read(page.get(), forPage(entry, rules), base)
                .ofPage(entry.work().paid(), raw);
        return other.isBetterThan(own, raw.feed().content().source()) ? other : own;
    }

    private static Notices forPage(Entry entry, List<Feed.NoticeRule> rules) {
        var titles = entry.titles().stream().map(Headlines::plain).toList();
        var authors = entry.people().stream()
                .map(Entry.Person::name)
                .filter(name -> name != null && name.indexOf(' ') > 0)
                .map(Objects::requireNonNull)
                .toList();
        return new Notices(rules, titles, authors);
    }

    private static boolean isPage(Entry.Text text) {
        return text.source().equals(PageReader.SOURCE);
    }

    private static Content read(Entry.Text text, Notices rules, URI base) {
        var relativeTo = text.base() == null ? base : text.base();
        boolean large = text.value().length() > LARGEST;
        var value = large ? text.value().substring(0, LARGEST) : text.value();
        var html = Html.read(value, text.html(), relativeTo);
        var story = Paragraphs.sort(html.blocks(), rules);
        boolean goesOn = goesOn(value.substring(Math.max(0, value.length() - 600)));
        return new Content(
                html,
                relativeTo,
                story,
                !isSummary(text) && !goesOn && !story.paragraphs().isEmpty(),
                goesOn || large,
                source(text));
    }

    /** Whether a text says at its end that it goes on elsewhere: the pattern is costly, so it has to say something like it at all. */
    private static boolean goesOn(String end) {
        for (int at = 0; at < end.length(); at++) {
            char one = end.charAt(at);
            boolean begins = "[cCrRwWlLkK\u212A".indexOf(one) >= 0;
            if (begins && saysSo(end, at)) {
                return GOES_ON.matcher(end).matches();
            }
        }
        return false;
    }

    private static boolean saysSo(String text, int at) {
        for (var beginning : GOING_ON) {
            if (text.regionMatches(true, at, beginning, 0, beginning.length())) {
                return true;
            }
        }
        return false;
    }

    private static String source(Entry.Text text) {
        if (isPage(text)) {
            return "page";
        }
        boolean summary = text.source().endsWith("description") || text.source().endsWith("summary");
        return summary ? "feed-summary" : "feed-content";
    }

    private Content ofPage(boolean paid, RawArticle raw) {
        boolean partly = paid || (raw.page() != null && raw.page().truncated());
        return new Content(html, base, story, full && !partly, cut || partly, source);
    }

    /** No sentence is given up: a page takes the place of a whole text only if it has nearly all of it. */
    private boolean isBetterThan(Content own, Feed.Content.@Nullable Source wanted) {
        int length = story.text().length();
        int known = own.story.text().length();
        if (length == 0 || known == 0) {
            return length > 0;
        }
        double covered = Fingerprints.covered(own.story.text(), story.text());
        if (!own.full) {
            return length >= known && (covered >= HALF || length >= SUMMARY);
        }
        double longer = wanted == Feed.Content.Source.PAGE ? 1 : LONGER;
        return covered >= NEARLY_ALL && length >= longer * known;
    }

    private static boolean isSummary(Entry.Text text) {
        boolean named = List.of("description", "dc:description", "itunes:summary", "media:description", "summary")
                .contains(text.source());
        return named && text.value().length() <= SUMMARY && !(text.html() && Html.hasBlocks(text.value()));
    }
}
