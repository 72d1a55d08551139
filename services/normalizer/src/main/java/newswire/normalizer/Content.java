package newswire.normalizer;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
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
    private static final Pattern GOES_ON = Pattern.compile(
            "(?siu).*(?:\\[(?:…|\\.\\.\\.|&hellip;|&#8230;)\\]|(?:continue reading|read more|weiterlesen|lire la suite|leer más|keep reading)[^.]{0,80})\\s*(?:</?[a-z][^>]*>\\s*)*");

    /** Takes the best candidate. */
    static Content of(Entry entry, RawArticle raw, URI base) {
        if (entry.contents().isEmpty()) {
            return new Content(null, base, Story.EMPTY, false, false, "none");
        }
        var text = entry.contents().getFirst();
        var relativeTo = text.base() == null ? base : text.base();
        boolean large = text.value().length() > LARGEST;
        var value = large ? text.value().substring(0, LARGEST) : text.value();
        var html = Html.read(value, text.html(), relativeTo);
        var story =
                Paragraphs.sort(html.blocks(), new Notices(raw.feed().content().noticeRules()));
        boolean goesOn = GOES_ON.matcher(value.substring(Math.max(0, value.length() - 600)))
                .matches();
        boolean summary = isSummary(text);
        return new Content(
                html,
                relativeTo,
                story,
                !summary && !goesOn && !story.paragraphs().isEmpty(),
                goesOn || large,
                text.source().endsWith("description") || text.source().endsWith("summary")
                        ? "feed-summary"
                        : "feed-content");
    }

    private static boolean isSummary(Entry.Text text) {
        boolean named = List.of("description", "dc:description", "itunes:summary", "media:description", "summary")
                .contains(text.source());
        return named && text.value().length() <= SUMMARY && !(text.html() && Html.hasBlocks(text.value()));
    }
}
