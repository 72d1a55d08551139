package newswire.normalizer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import newswire.contract.Article;
import newswire.contract.Feed;
import org.jspecify.annotations.Nullable;

/**
 * The dates of an article, chosen among all that its publisher gave. What cannot be believed is kept but not chosen, and
 * nothing is made up in its place.
 *
 * @param embargoed until when it may not be shown
 * @param flags for the provenance
 */
record PublicationDates(
        List<Article.DateCandidate> candidates,
        @Nullable Instant published,
        @Nullable Instant modified,
        @Nullable Instant created,
        @Nullable Instant expires,
        @Nullable Instant embargoed,
        Set<String> flags) {
    static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");
    private static final int TOLERANCE_SECONDS = 900;
    private static final int MOST = 12;

    PublicationDates {
        candidates = List.copyOf(candidates);
        flags = Set.copyOf(flags);
    }

    /** Reads and weighs the dates of an entry. */
    static PublicationDates of(List<Entry.RawDate> raw, Feed.Dates rules, Instant fetchedAt) {
        int tolerance = rules.futureToleranceSeconds() == null ? TOLERANCE_SECONDS : rules.futureToleranceSeconds();
        var latest = fetchedAt.plus(Duration.ofSeconds(tolerance));
        var candidates = new ArrayList<Article.DateCandidate>();
        raw.stream()
                .filter(date -> !Embargo.isOf(date))
                .limit(MOST)
                .forEachOrdered(date -> candidates.add(candidate(date, rules, latest)));
        for (var role : List.of("published", "modified", "created", "expires")) {
            choose(candidates, role);
        }
        return new PublicationDates(
                candidates,
                chosen(candidates, "published"),
                chosen(candidates, "modified"),
                chosen(candidates, "created"),
                chosen(candidates, "expires"),
                Embargo.end(raw, rules, fetchedAt),
                flags(candidates));
    }

    private static Article.DateCandidate candidate(Entry.RawDate date, Feed.Dates rules, Instant latest) {
        var raw = PlainText.cut(PlainText.line(date.raw()), 100);
        var reading = Dates.read(date.raw(), rules);
        if (reading == null) {
            return new Article.DateCandidate(date.role(), null, raw, date.source(), null, null, List.of(), null);
        }
        var flags = new ArrayList<>(reading.flags());
        var value = reading.value();
        if (value != null && value.isAfter(latest) && !date.role().equals("expires")) {
            flags.add("future");
        }
        if (value != null && value.isBefore(EARLIEST)) {
            flags.add("implausible-past");
        }
        return new Article.DateCandidate(
                date.role(), value, raw, date.source(), reading.precision(), reading.zone(), flags, null);
    }

    private static void choose(List<Article.DateCandidate> candidates, String role) {
        int best = -1;
        for (int at = 0; at < candidates.size(); at++) {
            var candidate = candidates.get(at);
            boolean eligible = candidate.role().equals(role) && isPlausible(candidate);
            if (eligible && (best < 0 || (isExact(candidate) && !isExact(candidates.get(best))))) {
                best = at;
            }
        }
        if (best >= 0) {
            candidates.set(best, chosen(candidates.get(best)));
        }
    }

    private static boolean isPlausible(Article.DateCandidate candidate) {
        return candidate.value() != null
                && !candidate.flags().contains("future")
                && !candidate.flags().contains("implausible-past");
    }

    private static boolean isExact(Article.DateCandidate candidate) {
        return "explicit".equals(candidate.zone())
                && ("instant".equals(candidate.precision()) || "minute".equals(candidate.precision()));
    }

    private static Article.DateCandidate chosen(Article.DateCandidate it) {
        return new Article.DateCandidate(
                it.role(), it.value(), it.raw(), it.source(), it.precision(), it.zone(), it.flags(), true);
    }

    private static @Nullable Instant chosen(List<Article.DateCandidate> candidates, String role) {
        for (var candidate : candidates) {
            if (candidate.role().equals(role) && Boolean.TRUE.equals(candidate.chosen())) {
                return candidate.value();
            }
        }
        return null;
    }

    private static Set<String> flags(List<Article.DateCandidate> candidates) {
        var flags = new LinkedHashSet<String>();
        boolean published = false;
        for (var candidate : candidates) {
            if (candidate.role().equals("published")) {
                published |= Boolean.TRUE.equals(candidate.chosen());
                if (candidate.flags().contains("future")) {
                    flags.add("date-future");
                }
                if (Boolean.TRUE.equals(candidate.chosen()) && "assumed-utc".equals(candidate.zone())) {
                    flags.add("date-zone-assumed");
                }
            }
        }
        if (!published) {
            flags.add("date-missing");
        }
        return flags;
    }
}
