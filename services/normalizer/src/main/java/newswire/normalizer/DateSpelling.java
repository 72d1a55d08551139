package newswire.normalizer;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Brings the many spellings of one date to fewer, before it is read. */
final class DateSpelling {
    private static final List<Rule> RULES = List.of(
            new Rule("[\\s\\u200E\\u200F]+", " "),
            // clock times with words: 14時03分, 14시 3분, kl. 14.03
            new Rule("(\\d{1,2}) ?[시時时点] ?(\\d{2}) ?[분分](?: ?(\\d{2}) ?[초秒])?", "$1:$2"),
            new Rule("(\\d{1,2}) ?[시時时点] ?(\\d) ?[분分]", "$1:0$2"),
            new Rule("(?i)\\b(kl|klo|ore|alle|um|at) ?\\.? ?(\\d{1,2})\\.(\\d{2})$", "$2:$3"),
            // an offset, and then once more as a name
            new Rule("(?<=\\d)([+-]\\d{2}:?\\d{2})\\[[A-Za-z_/]+]$", "$1"),
            new Rule("(?<=\\d )([+-]\\d{4}) [A-Z]{3,4}$", "$1"),
            // 14:03 GMT, 5 November 2024
            new Rule("^(\\d{1,2}:\\d{2}) ([A-Z]{3,4}), (.*\\d{4})$", "$3 $1 $2"),
            // months of two words
            new Rule("كانون الثاني", "Jan"),
            new Rule("تشرين ال[أا]ول", "Oct"),
            new Rule("تشرين الثاني", "Nov"),
            new Rule("كانون ال[أا]ول", "Dec"));
    private static final Pattern NUMBERED_MONTH = Pattern.compile("(?<=\\d )(1[0-2]|0?[1-9])[월月](?= \\d)");

    private DateSpelling() {}

    private record Rule(Pattern pattern, String replacement) {
        Rule(String regex, String replacement) {
            this(Pattern.compile(regex), replacement);
        }
    }

    /** The text with ASCII digits, single spaces and one way to write times and months. */
    static String of(String raw) {
        var text = digits(Normalizer.normalize(raw, Form.NFKC));
        for (var rule : RULES) {
            text = rule.pattern.matcher(text).replaceAll(rule.replacement);
        }
        return NUMBERED_MONTH.matcher(text).replaceAll(DateSpelling::name).strip();
    }

    private static String name(MatchResult month) {
        return Month.of(Integer.parseInt(month.group(1))).getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }

    private static String digits(String text) {
        var ascii = new StringBuilder(text.length());
        text.codePoints()
                .map(character -> Character.isDigit(character) ? '0' + Character.digit(character, 10) : character)
                .forEach(ascii::appendCodePoint);
        return ascii.toString();
    }
}
