package newswire.fetcher;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the fetcher wants to know of an entry beyond its identity.
 *
 * @param link to the article's own page, as given
 * @param text finds out whether there is the article's text and not just a summary of it; few are asked; one thread at a time
 * @param published as given
 * @param title digest of {@link Titles} of its title or, lacking that, its text; 0 if it has neither
 */
record EntryFacts(
        @Nullable String link,
        BooleanSupplier text,
        @Nullable String published,
        int title) {
    static final EntryFacts NONE = new EntryFacts(null, () -> false, null, 0);

    private static final int LONGEST_SUMMARY = 600;
    private static final Pattern BLOCK = Pattern.compile("(?i)<(?:p|div|br|h[1-6]|ul|ol|blockquote|figure|table)\\b");
    private static final String END = "\\s*(?:<[^>]{0,200}>\\s*)*$";
    private static final Pattern BROKEN_OFF = Pattern.compile("\\[(?:…|\\.\\.\\.|&#8230;|&hellip;)\\]" + END
            + "|(?:^|[>.…\\]])\\s*(?:continue reading|read more|weiterlesen|lire la suite)[^<]{0,80}" + END);
    private static final Pattern ELLIPSIS = Pattern.compile("(?:…|\\.\\.\\.|&#8230;|&hellip;)" + END);
    private static final int LONGEST_TEASER = 2_000;
    private static final int TAIL = 1_000;

    boolean full() {
        return text.getAsBoolean();
    }

    /**
     * Whether a text is the whole article.
     *
     * @param asContent whether the feed says that it is the content; else it is a description, which may be anything
     */
    static boolean isFull(@Nullable String text, boolean asContent) {
        if (text == null || text.isBlank()) {
            return false;
        }
        var all = text.strip();
        var end = all.substring(Math.max(0, all.length() - TAIL)).toLowerCase(Locale.ROOT);
        if (BROKEN_OFF.matcher(end).find()
                || (all.length() < LONGEST_TEASER && ELLIPSIS.matcher(end).find())) {
            return false;
        }
        return asContent
                || text.length() > LONGEST_SUMMARY
                || BLOCK.matcher(text).find();
    }

    /** When it was published; only by dates that leave no doubt, as they decide what is sent. */
    @Nullable
    Instant publishedAt() {
        var text = published;
        return text == null
                ? null
                : Stream.<DateReader>of(
                                date -> OffsetDateTime.parse(date).toInstant(),
                                date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                                        .toInstant())
                        .map(reader -> read(reader, text))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private interface DateReader {
        Instant read(String text);
    }

    private static @Nullable Instant read(DateReader reader, String text) {
        try {
            return reader.read(text);
        } catch (DateTimeException ex) {
            return null;
        }
    }
}
