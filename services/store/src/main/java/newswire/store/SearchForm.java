package newswire.store;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;

/**
 * What the URL of the search page says; what is absent or empty does not restrict.
 *
 * @param q as in {@link SearchRequest}
 * @param from first day (UTC)
 * @param to last day (UTC)
 * @param sort published, seen or relevance
 * @param cursor {@code next} of the page before
 */
record SearchForm(
        @Nullable @Size(max = 200) String q,
        @Nullable @Size(max = 300) String publisher,
        @Nullable @Size(max = 35) String language,
        @Nullable @Size(max = 300) String subject,
        @Nullable UUID feed,

        @Nullable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
        LocalDate from,

        @Nullable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
        LocalDate to,

        @Nullable @Pattern(regexp = "(published|seen|relevance)?")
        String sort,

        @Nullable @Size(max = 1000) String cursor) {
    static final int PAGE = 20;

    SearchRequest request() {
        return new SearchRequest(
                q,
                feed,
                publisher,
                subject,
                language,
                from == null ? null : start(from),
                to == null ? null : start(to.plusDays(1)),
                sort == null || sort.isEmpty() ? null : sort,
                true,
                true,
                cursor,
                PAGE);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The first page of the same search with other values; null takes one away. */
    String with(Map<String, ?> changes) {
        var values = values();
        values.putAll(changes);
        return url("/", values);
    }

    String without(String... names) {
        var values = values();
        for (var name : names) {
            values.remove(name);
        }
        return url("/", values);
    }

    /** The page that follows. */
    String next(String after) {
        var values = values();
        values.put("cursor", after);
        return url("/", values);
    }

    /** The same search in another form. */
    String feed(String form) {
        var request = request();
        var values = values();
        values.put("from", request.from());
        values.put("to", request.to());
        return url("/api/articles." + form, values);
    }

    private Map<String, @Nullable Object> values() {
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("q", q);
        values.put("publisher", publisher);
        values.put("language", language);
        values.put("subject", subject);
        values.put("feed", feed);
        values.put("from", from);
        values.put("to", to);
        values.put("sort", sort);
        return values;
    }

    /** A path with a query of what has a value. */
    static String url(String path, Map<String, ? extends @Nullable Object> values) {
        var query = values.entrySet().stream()
                .filter(entry ->
                        entry.getValue() != null && !entry.getValue().toString().isBlank())
                .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    private static String encode(@Nullable Object value) {
        return URLEncoder.encode(String.valueOf(value).strip(), StandardCharsets.UTF_8);
    }
}
