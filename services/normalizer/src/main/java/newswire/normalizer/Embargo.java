package newswire.normalizer;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import newswire.contract.Feed;
import org.jspecify.annotations.Nullable;

/** Until when an article may not be shown. Only what a publisher says for that end counts, never a date of publication. */
final class Embargo {
    private static final Set<String> ROLES = Set.of("embargoed", "available");

    /** Of a month or a year alone nobody can tell when it would end. */
    private static final Set<String> TOLD = Set.of("instant", "minute", "day");

    private Embargo() {}

    /** Whether a date is for an embargo, and no candidate for any other. */
    static boolean isOf(Entry.RawDate date) {
        return ROLES.contains(date.role());
    }

    /**
     * The end of an entry's embargo, past or to come; of several the latest.
     *
     * @return null if there is none, or none that can be read
     */
    static @Nullable Instant end(List<Entry.RawDate> dates, Feed.Dates rules, Instant fetchedAt) {
        Instant end = null;
        for (var date : dates) {
            var told = isOf(date) ? told(date, rules, fetchedAt) : null;
            end = told != null && (end == null || told.isAfter(end)) ? told : end;
        }
        return end;
    }

    private static @Nullable Instant told(Entry.RawDate date, Feed.Dates rules, Instant fetchedAt) {
        var reading = Dates.read(date.raw(), rules);
        var value = reading == null || !TOLD.contains(reading.precision()) ? null : reading.value();
        if (value == null || value.isBefore(PublicationDates.EARLIEST)) {
            return null;
        }
        boolean embargo = date.role().equals("embargoed") || value.isAfter(fetchedAt);
        return embargo ? value : null; // what became available in the past was perhaps never under embargo
    }
}
