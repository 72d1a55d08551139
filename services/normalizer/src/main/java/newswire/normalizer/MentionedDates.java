package newswire.normalizer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import newswire.contract.Article;
import org.jspecify.annotations.Nullable;

/** Days that a running text names. Their year is that of the latest such day that is not after the publication. */
final class MentionedDates {
    /** All begin at a digit, and are tried nowhere else: the words of a text cost nothing. */
    private static final Pattern MONTH_DAY = Pattern.compile("(?<=(?<![\\p{L}\\d])(?<month>\\p{L}{3,12}\\.?)"
            + " )(?<day>\\d{1,2})(?:st|nd|rd|th)?(?![\\d:.]\\d|\\d|\\p{L}|%)(?:,"
            + " (?<year>(?:19|20)\\d{2})(?!\\d))?");

    private static final Pattern DAY_MONTH =
            Pattern.compile("(?<![\\p{L}\\d.,:])(?<day>\\d{1,2})(?:\\.|st|nd|rd|th|er)? (?:of |de"
                    + " )?(?<month>\\p{L}{3,12})(?!\\p{L})(?:(?: de|,)? (?<year>(?:19|20)\\d{2})(?!\\d))?");
    private static final Pattern EAST_ASIAN = Pattern.compile(
            "(?:(?<year>(?:19|20)\\d{2})[년年] ?)?(?<![\\d])(?<month>\\d{1,2})[월月] ?(?<day>\\d{1,2})[일日号]");
    private static final int MOST = 50;

    private MentionedDates() {}

    static List<Article.MentionedDate> in(String text, String language, @Nullable Instant published) {
        var found = new ArrayList<Article.MentionedDate>();
        boolean eastAsian = text.indexOf('월') >= 0 || text.indexOf('月') >= 0;
        for (var pattern : eastAsian ? List.of(MONTH_DAY, DAY_MONTH, EAST_ASIAN) : List.of(MONTH_DAY, DAY_MONTH)) {
            for (var match : matches(pattern, text)) {
                var month = month(match, language);
                var date = month == null ? null : date(text, match, month, published);
                if (date != null && found.stream().noneMatch(other -> overlap(other, date))) {
                    found.add(date);
                }
            }
        }
        found.sort((one, other) -> Integer.compare(one.offset(), other.offset()));
        return found;
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        var matches = new ArrayList<MatchResult>();
        var matcher = pattern.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
        int at = nextDigit(text, 0);
        while (at < text.length() && matches.size() < MOST) {
            boolean within = at > 0 && isDigit(text.charAt(at - 1)) && !pattern.equals(EAST_ASIAN);
            boolean found = !within && matcher.region(at, text.length()).lookingAt();
            if (found) {
                matches.add(matcher.toMatchResult());
            }
            at = nextDigit(text, found ? matcher.end() : at + 1);
        }
        return matches;
    }

    private static int nextDigit(String text, int from) {
        int at = from;
        while (at < text.length() && !isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char one) {
        return one >= '0' && one <= '9';
    }

    private static boolean overlap(Article.MentionedDate one, Article.MentionedDate other) {
        return one.offset() < other.offset() + other.text().length()
                && other.offset() < one.offset() + one.text().length();
    }

    private static @Nullable Month month(MatchResult match, String language) {
        var word = match.group("month");
        if (Character.isDigit(word.charAt(0))) {
            int number = Integer.parseInt(word);
            return number < 1 || number > 12 ? null : Month.of(number);
        }
        var month = DateWords.month(DateWords.folded(word), Language.primary(language));
        boolean name = Character.isUpperCase(word.charAt(0)) || (word.length() > 3 && !language.startsWith("en"));
        return name ? month : null;
    }

    private static Article.@Nullable MentionedDate date(
            String text, MatchResult match, Month month, @Nullable Instant published) {
        int day = Integer.parseInt(match.group("day"));
        if (day < 1 || day > month.maxLength()) {
            return null;
        }
        int start = Math.min(match.start("month"), match.start("day"));
        if (match.start("year") >= 0) {
            start = Math.min(start, match.start("year"));
        }
        int offset = text.codePointCount(0, start);
        var words = text.substring(start, match.end());
        var stated = match.group("year");
        if (stated != null) {
            var date = at(Integer.parseInt(stated), month, day);
            return date == null ? null : mention(words, offset, date.toString(), null, "explicit");
        }
        if (published == null) {
            var partial = String.format(Locale.ROOT, "--%02d-%02d", month.getValue(), day);
            return mention(words, offset, null, partial, "none");
        }
        var date = latest(
                month, day, published.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1));
        return date == null ? null : mention(words, offset, date.toString(), null, "datePublished");
    }

    private static Article.MentionedDate mention(
            String words, int offset, @Nullable String resolved, @Nullable String partial, String basis) {
        return new Article.MentionedDate(words, offset, resolved, partial, basis);
    }

    private static @Nullable LocalDate latest(Month month, int day, LocalDate limit) {
        for (int year = limit.getYear(); year > limit.getYear() - 5; year--) {
            var date = at(year, month, day);
            if (date != null && !date.isAfter(limit)) {
                return date;
            }
        }
        return null;
    }

    private static @Nullable LocalDate at(int year, Month month, int day) {
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException ex) {
            return null; // 29 February
        }
    }
}
