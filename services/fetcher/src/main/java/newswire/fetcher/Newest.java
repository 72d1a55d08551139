package newswire.fetcher;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which entries to keep of a document that has too many. Most feeds have their newest entry on top, but archives often have
 * it at the end; so the dates decide, if most entries have one. Zones are left out: within a feed they hardly differ.
 */
final class Newest {
    private static final Pattern ISO =
            Pattern.compile("^(\\d{4})-(\\d\\d)-(\\d\\d)(?:[Tt ](\\d\\d):(\\d\\d)(?::(\\d\\d))?)?");
    private static final Pattern MAIL = Pattern.compile(
            "^(?:[A-Za-z]{3,9},?\\s+)?(\\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\\d{4}|\\d\\d)(?:\\s+(\\d\\d):(\\d\\d)(?::(\\d\\d))?)?");
    private static final Map<String, Integer> MONTHS = Map.ofEntries(
            Map.entry("jan", 1),
            Map.entry("feb", 2),
            Map.entry("mar", 3),
            Map.entry("apr", 4),
            Map.entry("may", 5),
            Map.entry("jun", 6),
            Map.entry("jul", 7),
            Map.entry("aug", 8),
            Map.entry("sep", 9),
            Map.entry("oct", 10),
            Map.entry("nov", 11),
            Map.entry("dec", 12));

    private Newest() {}

    /**
     * The places of those to keep, in document order.
     *
     * @param dates of all entries, as given; empty if there is none
     */
    static int[] of(List<String> dates, int most) {
        if (dates.size() <= most) {
            return IntStream.range(0, dates.size()).toArray();
        }
        var keys = dates.stream().map(Newest::key).toList();
        long dated = keys.stream().filter(key -> key >= 0).count();
        if (dated * 2 < dates.size()) {
            return IntStream.range(0, most).toArray();
        }
        return IntStream.range(0, dates.size())
                .boxed()
                .sorted(Comparator.<Integer, Long>comparing(keys::get).reversed())
                .limit(most)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    /** A number that grows with the date; negative if it cannot be read. */
    static long key(String date) {
        var text = date.strip();
        var iso = ISO.matcher(text);
        if (iso.find()) {
            return key(
                    iso.group(1),
                    Integer.parseInt(iso.group(2)),
                    iso.group(3),
                    iso.group(4),
                    iso.group(5),
                    iso.group(6));
        }
        var mail = MAIL.matcher(text);
        if (mail.find()) {
            var month = MONTHS.get(mail.group(2).toLowerCase(Locale.ROOT));
            var year = mail.group(3).length() == 2 ? "20" + mail.group(3) : mail.group(3);
            return month == null ? -1 : key(year, month, mail.group(1), mail.group(4), mail.group(5), mail.group(6));
        }
        return -1;
    }

    private static long key(
            String year,
            int month,
            String day,
            @Nullable String hour,
            @Nullable String minute,
            @Nullable String second) {
        long days = (Long.parseLong(year) * 12 + month) * 31 + Long.parseLong(day);
        return ((days * 24 + number(hour)) * 60 + number(minute)) * 60 + number(second);
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
