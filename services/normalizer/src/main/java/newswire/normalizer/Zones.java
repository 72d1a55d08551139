package newswire.normalizer;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import newswire.contract.Feed;
import org.jspecify.annotations.Nullable;

/** What the zone at the end of a date means. */
final class Zones {
    private static final Pattern OFFSET =
            Pattern.compile("(?:GMT|UTC|UT|Z)? ?([+\\u2212-]) ?(\\d{1,2})(?::?(\\d{2}))?(?::?\\d{2})?");
    private static final Pattern COMMENT = Pattern.compile("\\(.*?\\)");
    private static final Set<String> NAMES_OF_UTC = Set.of("Z", "UT", "UTC", "GMT");
    private static final Map<String, String> ABBREVIATIONS = abbreviations();

    /** More than one zone goes by that name: only the feed's definition can tell. */
    private static final Set<String> AMBIGUOUS = Set.of("IST", "CST", "AST", "SST", "GST", "ECT", "AMT", "BDT", "LST");

    private Zones() {}

    /**
     * A zone.
     *
     * @param kind explicit, feed-default, assumed-utc
     * @param abbreviated whether it was read from an abbreviation
     */
    record Zone(ZoneId id, String kind, boolean abbreviated) {}

    /**
     * Reads a zone.
     *
     * @param text what follows the time, empty if nothing does
     * @return null if the text is no zone
     */
    static @Nullable Zone of(String text, Feed.Dates rules) {
        var name = COMMENT.matcher(text).replaceAll("").strip();
        if (name.isEmpty()) {
            return byDefault(rules);
        }
        var upper = name.toUpperCase(Locale.ROOT);
        var override = rules.zoneOverrides().get(upper);
        var offset = OFFSET.matcher(upper);
        if (override != null) {
            return explicit(override, true);
        }
        if (offset.matches()) {
            return offset(offset.group(1), offset.group(2), offset.group(3));
        }
        if (AMBIGUOUS.contains(upper)) {
            var zone = byDefault(rules);
            return zone == null ? null : new Zone(zone.id, zone.kind, true);
        }
        var known = ABBREVIATIONS.get(upper);
        return known == null ? region(name) : explicit(known, !NAMES_OF_UTC.contains(upper));
    }

    private static @Nullable Zone byDefault(Feed.Dates rules) {
        var zone = rules.zone();
        try {
            return zone == null
                    ? new Zone(ZoneOffset.UTC, "assumed-utc", false)
                    : new Zone(ZoneId.of(zone), "feed-default", false);
        } catch (DateTimeException ex) {
            return new Zone(ZoneOffset.UTC, "assumed-utc", false); // an operator's slip must not lose the date
        }
    }

    private static @Nullable Zone offset(String sign, String hours, @Nullable String minutes) {
        int hour = Integer.parseInt(hours);
        int minute = minutes == null ? 0 : Integer.parseInt(minutes);
        if (hour > 18 || minute > 59) {
            return null;
        }
        int factor = sign.equals("+") ? 1 : -1;
        return new Zone(ZoneOffset.ofTotalSeconds(factor * (hour * 3600 + minute * 60)), "explicit", false);
    }

    private static @Nullable Zone explicit(String id, boolean abbreviated) {
        try {
            return new Zone(ZoneId.of(id), "explicit", abbreviated);
        } catch (DateTimeException ex) {
            return null;
        }
    }

    private static @Nullable Zone region(String name) {
        return name.contains("/") ? explicit(name, false) : null;
    }

    private static Map<String, String> abbreviations() {
        var zones = new HashMap<String, String>();
        for (var utc : Set.of("Z", "UT", "UTC", "GMT", "WET")) {
            zones.put(utc, "Z");
        }
        zones.putAll(Map.of("EST", "-05:00", "EDT", "-04:00", "CDT", "-05:00", "MST", "-07:00", "MDT", "-06:00"));
        zones.putAll(Map.of("PST", "-08:00", "PDT", "-07:00", "AKST", "-09:00", "AKDT", "-08:00", "HST", "-10:00"));
        zones.putAll(Map.of("KST", "+09:00", "JST", "+09:00", "CET", "+01:00", "CEST", "+02:00", "BST", "+01:00"));
        zones.putAll(Map.of("MEZ", "+01:00", "MESZ", "+02:00", "EET", "+02:00", "EEST", "+03:00", "MSK", "+03:00"));
        zones.putAll(Map.of("WEST", "+01:00", "AEST", "+10:00", "AEDT", "+11:00", "ACST", "+09:30", "AWST", "+08:00"));
        zones.putAll(Map.of("NZST", "+12:00", "NZDT", "+13:00", "HKT", "+08:00", "SGT", "+08:00", "PKT", "+05:00"));
        zones.putAll(Map.of("SAST", "+02:00", "WIB", "+07:00", "ICT", "+07:00", "NPT", "+05:45", "TRT", "+03:00"));
        zones.putAll(Map.of("ART", "-03:00", "BRT", "-03:00", "CAT", "+02:00", "EAT", "+03:00", "WAT", "+01:00"));
        return Map.copyOf(zones);
    }
}
