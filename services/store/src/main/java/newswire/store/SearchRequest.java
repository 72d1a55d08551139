package newswire.store;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the URL of a search says; what is absent does not restrict.
 *
 * @param q words, "phrases", or, -not, begin*, title:word, subject:name, publisher:"name"
 * @param sort published, seen or relevance; absent = published
 * @param facets whether to count publishers, languages, subjects and days of what was found
 * @param highlight whether to show passages around the words
 * @param limit clamped to 1 … 200; absent = 20
 * @param cursor {@code next} of the page before
 */
record SearchRequest(
        @Nullable @Size(max = 200) String q,
        @Nullable UUID feed,
        @Nullable @Size(max = 300) String publisher,
        @Nullable @Size(max = 300) String subject,
        @Nullable @Size(max = 35) String language,
        @Nullable Instant from,
        @Nullable Instant to,

        @Nullable @Pattern(regexp = "published|seen|relevance")
        String sort,

        @Nullable Boolean facets,
        @Nullable Boolean highlight,
        @Nullable @Size(max = 1000) String cursor,
        @Nullable Integer limit) {
    private static final int MOST = 200;
    private static final int USUAL = 20;

    ArticleSearch.Query query() {
        return new ArticleSearch.Query(
                searchText(),
                feed,
                text("publisher", publisher),
                text("subject", subject),
                text("language", language),
                from,
                to,
                order(),
                position(),
                Math.clamp(limit == null ? USUAL : limit, 1, MOST));
    }

    /** What is searched for, taken apart; absent = anything. */
    @Nullable
    SearchText searchText() {
        var typed = text("q", q);
        return typed == null ? null : SearchText.of(typed);
    }

    private ArticleSearch.Sort order() {
        return sort == null ? ArticleSearch.Sort.PUBLISHED : ArticleSearch.Sort.valueOf(sort.toUpperCase(Locale.ROOT));
    }

    /** PostgreSQL has no U+0000 in a text. */
    private static @Nullable String text(String field, @Nullable String value) {
        if (value != null && value.indexOf('\0') >= 0) {
            throw Refusal.badField(field, "must not contain U+0000");
        }
        return value == null || value.isBlank() ? null : value.strip();
    }

    private ArticleSearch.@Nullable Position position() {
        if (cursor == null || cursor.isBlank()) {
            return null;
        }
        try {
            return ArticleSearch.Position.of(cursor);
        } catch (IllegalArgumentException ex) {
            throw Refusal.badField("cursor", "is not one that this API gave out; start again without it");
        }
    }
}
