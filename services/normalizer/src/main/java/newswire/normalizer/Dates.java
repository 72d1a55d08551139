package newswire.normalizer;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import newswire.contract.Feed;
import org.jspecify.annotations.Nullable;

/**
 * Reads the dates that feeds are seen to write: RFC 822 and its misspellings, RFC 3339, W3C-DTF, epochs, numeric dates and
 * dates with the names of many languages. A text with a word that says nothing about a date is not a date.
 */
final class Dates {
    /** RFC 822 and RFC 3339 to the letter, as most feeds write: read without regard to any other spelling. */
    private static final Pattern RFC_822 = Pattern.compile("(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\\d{1,2}) "
            + "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\\d{4}) (\\d{2}:\\d{2}:\\d{2} (?:[+-]\\d{4}|GMT))");

    private static final Pattern RFC_3339 =
            Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})T(\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?(?:Z|[+-]\\d{2}:\\d{2}))");
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private static final Pattern ISO = Pattern.compile(
            "(\\d{4})-(\\d{1,2})(?:-(\\d{1,2}))?(?:[tT, _-] ?(\\d{1,2}:.*|\\d{2}|\\d{4}(?:\\d{2})?(?:[zZ+-].*)?))?");
    private static final Pattern COMPACT =
            Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:[tT ]?(\\d{2})(\\d{2})(\\d{2})? ?([zZ]|[+-]\\d{2}:?\\d{2})?)?");
    static final Pattern TIME =
            Pattern.compile("(?<![\\d.])(\\d{1,2})[:h](\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9})\\d*)?)?(?:(?: ?([apAP])\\.?"
                    + " ?[mM]\\b\\.?))?");
    static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}][\\p{L}\\p{M}.'’]*|\\d+");
    private static final Pattern EAST_ASIAN = Pattern.compile("(\\d{4}) ?[년年] ?(\\d{1,2}) ?[월月] ?(\\d{1,2}) ?[일日号]?,?");
    private static final Pattern NUMERIC = Pattern.compile("(\\d{1,4}) ?([./-]) ?(\\d{1,2}) ?\\2 ?(\\d{1,4})\\.?");
    private static final Pattern TAIL = Pattern.compile("(?i)(?<=^|[\\d apm.])((?:GMT|UTC|UT|Z)? ?[+\\u2212-]"
            + " ?\\d{1,2}(?::?\\d{2}){0,2}|[A-Z]{1,5}|[A-Z][a-z]+/[A-Za-z_/]+)(?: ?\\([^)]*\\)?)?$");

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
        if (raw.length() > 100 || raw.chars().allMatch(one -> one < 0x80 && !Character.isDigit(one))) {
            return null;
        }
        try {
            var usual = usual(raw, rules);
            return usual == null ? unusual(DateSpelling.of(raw), rules) : usual;
        } catch (DateTimeException ex) {
            return null;
        }
    }

    private static @Nullable Reading usual(String raw, Feed.Dates rules) {
        var mail = RFC_822.matcher(raw);
        if (mail.matches()) {
            int month = MONTHS.indexOf(mail.group(2)) / 3 + 1;
            return new Moment(mail.group(3), String.valueOf(month), mail.group(1), mail.group(4), "day").read(rules);
        }
        var iso = RFC_3339.matcher(raw);
        return iso.matches()
                ? new Moment(iso.group(1), iso.group(2), iso.group(3), iso.group(4), "day").read(rules)
                : null;
    }

    private static @Nullable Reading unusual(String text, Feed.Dates rules) {
        var epoch = epoch(text);
        return epoch == null ? calendar(text, rules) : epoch;
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

    static @Nullable String halfDay(String word) {
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
}
