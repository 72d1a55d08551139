package newswire.normalizer;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import newswire.contract.Feed;
import org.jspecify.annotations.Nullable;

/**
 * Reads the dates that feeds are seen to write: RFC 822 and its misspellings, RFC 3339, W3C-DTF, epochs, numeric dates and
 * dates with the names of many languages. A text with a word that says nothing about a date is not a date.
 */
final class Dates {
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4})-(\\d{1,2})(?:-(\\d{1,2}))?(?:[tT, _-] ?(\\d{1,2}:.*|\\d{2}|\\d{4}(?:\\d{2})?(?:[zZ+-].*)?))?");
    private static final Pattern COMPACT =
            Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:[tT ]?(\\d{2})(\\d{2})(\\d{2})? ?([zZ]|[+-]\\d{2}:?\\d{2})?)?");
    private static final Pattern TIME = Pattern.compile(
            "(?<![\\d.])(\\d{1,2})[:h](\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9})\\d*)?)?(?:(?: ?([apAP])\\.? ?[mM]\\b\\.?))?");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}][\\p{L}\\p{M}.'’]*|\\d+");
    private static final Pattern EAST_ASIAN = Pattern.compile("(\\d{4}) ?[년年] ?(\\d{1,2}) ?[월月] ?(\\d{1,2}) ?[일日号]?,?");
    private static final Pattern NUMERIC = Pattern.compile("(\\d{1,4}) ?([./-]) ?(\\d{1,2}) ?\\2 ?(\\d{1,4})\\.?");
    private static final Pattern TAIL = Pattern.compile(
            "(?i)(?<=^|[\\d apm.])((?:GMT|UTC|UT|Z)? ?[+\\u2212-] ?\\d{1,2}(?::?\\d{2}){0,2}|[A-Z]{1,5}|[A-Z][a-z]+/[A-Za-z_/]+)(?: ?\\([^)]*\\)?)?$");

    /** As Unix writes it: time, zone, year. */
    private static final String YEAR_LAST = "^ ([A-Za-z]{1,5}|[+-]\\d{4}) (\\d{4})$";

    private Dates() {}

    /**
     * A date that was read.
     *
     * @param value absent if day and month cannot be told apart
     * @param precision instant, minute, day, month, year
     * @param zone explicit, feed-default, assumed-utc
     * @param flags zone-abbreviation, lenient, ambiguous-day-month
     */
    record Reading(@Nullable Instant value, String precision, String zone, List<String> flags) {
        Reading {
            flags = List.copyOf(flags);
        }
    }

    /**
     * Reads a date.
     *
     * @param raw as the feed wrote it
     * @return null if it is none, or stands for "unknown", like {@code 0000-00-00}
     */
    static @Nullable Reading read(String raw, Feed.Dates rules) {
        if (raw.length() > 100) {
            return null;
        }
        var text = DateSpelling.of(raw);
        try {
            var epoch = epoch(text);
            return epoch == null ? calendar(text, rules) : epoch;
        } catch (DateTimeException ex) {
            return null;
        }
    }

    private static @Nullable Reading epoch(String text) {
        if (!text.matches("\\d{9,10}(\\.\\d{1,9})?|\\d{12,13}")) {
            return null;
        }
        if (text.contains(".")) {
            long millis = new BigDecimal(text).movePointRight(3).longValue();
            return new Reading(Instant.ofEpochMilli(millis), "instant", "explicit", List.of());
        }
        long number = Long.parseLong(text);
        var instant = text.length() > 10 ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
        return new Reading(instant, "instant", "explicit", List.of());
    }

    private static @Nullable Reading calendar(String text, Feed.Dates rules) {
        var compact = COMPACT.matcher(text);
        if (compact.matches()) {
            return compact(compact.toMatchResult(), rules);
        }
        var east = EAST_ASIAN.matcher(text);
        var plain = east.find() ? east.replaceFirst("$1-$2-$3") : text;
        if (plain.matches("\\d{4}")) {
            return new Moment(plain, "1", "1", "", "year").read(rules);
        }
        var iso = ISO.matcher(withoutDay(plain));
        if (iso.matches()) {
            var day = iso.group(3) == null ? "1" : iso.group(3);
            var precision = iso.group(3) == null ? "month" : "day";
            var time = iso.group(4) == null ? "" : colons(iso.group(4));
            return new Moment(iso.group(1), iso.group(2), day, time, precision).read(rules);
        }
        return words(plain, rules);
    }

    private static @Nullable Reading compact(MatchResult parts, Feed.Dates rules) {
        var zone = parts.group(7) == null ? "" : parts.group(7);
        var second = parts.group(6) == null ? "" : ":" + parts.group(6);
        var time = parts.group(4) == null ? "" : parts.group(4) + ":" + parts.group(5) + second + zone;
        return new Moment(parts.group(1), parts.group(2), parts.group(3), time, "day").read(rules);
    }

    private static String colons(String time) {
        if (time.matches("\\d{2}")) {
            return time + ":00";
        }
        return time.replaceFirst("^(\\d{2})(\\d{2})(\\d{2})?", "$1:$2:$3").replaceFirst(":(?=$|[^\\d])", "");
    }

    private static String withoutDay(String text) {
        var first = WORD.matcher(text);
        boolean leads = first.lookingAt() && DateWords.isDay(DateWords.folded(first.group()));
        return leads ? text.substring(first.end()).replaceFirst("^[, ]+", "") : text;
    }

    private static @Nullable Reading words(String text, Feed.Dates rules) {
        var time = TIME.matcher(text);
        var at = time.find() ? time.toMatchResult() : null;
        var before = at == null ? text : text.substring(0, at.start());
        var after = at == null ? "" : text.substring(at.end()).replaceFirst(YEAR_LAST, " $2 $1");
        var clock = at == null ? "" : at.group();
        var tail = zone(after);
        var rest = before + " " + after.substring(0, after.length() - tail.length());
        var plain = withoutDay(rest.strip());
        var numeric = NUMERIC.matcher(plain);
        if (numeric.lookingAt()) {
            boolean onlyNoise = isNoise(plain.substring(numeric.end()));
            return onlyNoise ? numeric(numeric.toMatchResult(), meridiem(rest, clock) + tail, rules) : null;
        }
        return named(rest, meridiem(rest, clock) + tail, rules);
    }

    private static String zone(String after) {
        var tail = TAIL.matcher(after);
        if (!tail.find()) {
            return "";
        }
        var word = DateWords.folded(tail.group(1));
        return DateWords.month(word) != null
                        || DateWords.isNoise(word)
                        || (word.matches("[-+]\\d+") && after.contains("-" + word))
                ? ""
                : after.substring(tail.start());
    }

    private static boolean isNoise(String text) {
        return WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(DateWords::folded)
                .allMatch(Dates::isPassedOver);
    }

    private static boolean isPassedOver(String word) {
        return DateWords.isNoise(word) || DateWords.isDay(word) || halfDay(word) != null;
    }

    /** Korean, Japanese, Chinese, Arabic and other names for the two halves of the day stand anywhere. */
    private static String meridiem(String rest, String clock) {
        if (clock.isEmpty()) {
            return "";
        }
        var half = WORD.matcher(rest)
                .results()
                .map(word -> halfDay(DateWords.folded(word.group())))
                .filter(java.util.Objects::nonNull)
                .findFirst();
        return half.map(name -> clock + " " + name).orElse(clock) + " ";
    }

    private static @Nullable String halfDay(String word) {
        return switch (word) {
            case "오전", "午前", "上午", "πμ", "ص", "öö" -> "am";
            case "오후", "午後", "下午", "μμ", "م", "ös" -> "pm";
            default -> null;
        };
    }

    private static @Nullable Reading numeric(MatchResult parts, String time, Feed.Dates rules) {
        if (parts.group(1).length() == 4) {
            return new Moment(parts.group(1), parts.group(3), parts.group(4), time, "day").read(rules);
        }
        int first = Integer.parseInt(parts.group(1));
        int second = Integer.parseInt(parts.group(3));
        boolean told =
                first > 12 || second > 12 || first == second || parts.group(2).equals(".");
        if (!told && rules.dayFirst() == null) {
            return new Reading(null, "day", "assumed-utc", List.of("ambiguous-day-month"));
        }
        boolean dayFirst =
                first > 12 || parts.group(2).equals(".") || (second <= 12 && Boolean.TRUE.equals(rules.dayFirst()));
        var year = century(parts.group(4));
        return dayFirst
                ? new Moment(year, parts.group(3), parts.group(1), time, "day").read(rules)
                : new Moment(year, parts.group(1), parts.group(3), time, "day").read(rules);
    }

    private static String century(String year) {
        return year.length() != 2 ? year : (Integer.parseInt(year) < 70 ? "20" : "19") + year;
    }

    private static @Nullable Reading named(String text, String time, Feed.Dates rules) {
        var months = new ArrayList<Month>();
        var numbers = new ArrayList<String>();
        for (var found : WORD.matcher(text).results().toList()) {
            var word = DateWords.folded(found.group());
            var month = DateWords.month(word);
            if (Character.isDigit(word.charAt(0))) {
                numbers.add(word);
            } else if (month != null) {
                months.add(month);
            } else if (!isPassedOver(word)) {
                return null;
            }
        }
        if (months.isEmpty() || months.size() > 2 || numbers.isEmpty() || numbers.size() > 2) {
            return null;
        }
        return named(months.getLast(), numbers, time, rules);
    }

    private static @Nullable Reading named(Month month, List<String> numbers, String time, Feed.Dates rules) {
        var number = String.valueOf(month.getValue());
        if (numbers.size() == 1) {
            return numbers.getFirst().length() == 4
                    ? new Moment(numbers.getFirst(), number, "1", time, "month").read(rules)
                    : null;
        }
        boolean yearFirst = numbers.getFirst().length() == 4;
        var year = century(yearFirst ? numbers.getFirst() : numbers.getLast());
        return new Moment(year, number, yearFirst ? numbers.getLast() : numbers.getFirst(), time, "day").read(rules);
    }

    /** The parts of a date, all still text; the time is empty or a time and a zone. */
    private record Moment(String year, String month, String day, String time, String precision) {

        @Nullable
        Reading read(Feed.Dates rules) {
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
            var clock = TIME.matcher(time);
            if (!clock.lookingAt()) {
                return null;
            }
            var zone = time.substring(clock.end()).strip();
            var half = WORD.matcher(zone);
            boolean named = half.lookingAt() && halfDay(DateWords.folded(half.group())) != null;
            var afternoon = named ? halfDay(DateWords.folded(half.group())) : clock.group(5);
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
            return hour == 24
                    ? date.plusDays(1).atStartOfDay()
                    : date.atTime(LocalTime.of(hour, minute, second, nanos));
        }

        private static @Nullable Reading at(
                LocalDateTime moment, String precision, String zoneText, Feed.Dates rules, List<String> flags) {
            var zone = Zones.of(zoneText, rules);
            if (zone == null) {
                return null;
            }
            if (zone.abbreviated()) {
                flags.add("zone-abbreviation");
            }
            return new Reading(moment.atZone(zone.id()).toInstant(), precision, zone.kind(), flags);
        }
    }
}
