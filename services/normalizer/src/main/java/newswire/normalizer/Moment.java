package newswire.normalizer;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import newswire.contract.Feed;
import org.jspecify.annotations.Nullable;

/** The parts of a date, all still text; the time is empty or a time and a zone. */
record Moment(String year, String month, String day, String time, String precision) {
    Dates.@Nullable Reading read(Feed.Dates rules) {
        if (year.length() != 4 || Integer.parseInt(year) < 1000 || day.length() > 2) {
            return null;
        }
        var flags = new ArrayList<String>();
        var date = date(flags);
        if (date == null) {
            return null;
        }
        if (time.isBlank()) {
            return at(date.atStartOfDay(), precision, "", rules, flags);
        }
        var clock = Dates.TIME.matcher(time);
        if (!clock.lookingAt()) {
            return null;
        }
        var zone = time.substring(clock.end()).strip();
        var half = Dates.WORD.matcher(zone);
        boolean named = half.lookingAt() && Dates.halfDay(DateWords.folded(half.group())) != null;
        var afternoon = named ? Dates.halfDay(DateWords.folded(half.group())) : clock.group(5);
        var moment = clock(date, clock.toMatchResult(), afternoon);
        return moment == null
                ? null
                : at(
                        moment,
                        clock.group(3) == null ? "minute" : "instant",
                        named ? zone.substring(half.end()) : zone,
                        rules,
                        flags);
    }

    private @Nullable LocalDate date(List<String> flags) {
        int at = Integer.parseInt(day);
        int in = Integer.parseInt(month);
        if (in < 1 || in > 12 || at < 1 || at > 31) {
            return null;
        }
        var first = LocalDate.of(Integer.parseInt(year), in, 1);
        if (at > first.lengthOfMonth()) {
            flags.add("lenient");
        }
        return first.plusDays(at - 1L);
    }

    private static @Nullable LocalDateTime clock(LocalDate date, MatchResult clock, @Nullable String half) {
        int hour = Integer.parseInt(clock.group(1));
        int minute = Integer.parseInt(clock.group(2));
        int second = clock.group(3) == null ? 0 : Math.min(59, Integer.parseInt(clock.group(3)));
        var fraction = clock.group(4) == null ? "0" : clock.group(4);
        int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
        if (half != null && hour <= 12) {
            hour = hour % 12 + (half.toLowerCase(Locale.ROOT).startsWith("p") ? 12 : 0);
        }
        if (hour > 24 || minute > 59 || (hour == 24 && minute + second > 0)) {
            return null;
        }
        return hour == 24 ? date.plusDays(1).atStartOfDay() : date.atTime(LocalTime.of(hour, minute, second, nanos));
    }

    private static Dates.@Nullable Reading at(
            LocalDateTime moment, String precision, String zoneText, Feed.Dates rules, List<String> flags) {
        var zone = Zones.of(zoneText, rules);
        if (zone == null) {
            return null;
        }
        if (zone.abbreviated()) {
            flags.add("zone-abbreviation");
        }
        return new Dates.Reading(moment.atZone(zone.id()).toInstant(), precision, zone.kind(), flags);
    }
}
