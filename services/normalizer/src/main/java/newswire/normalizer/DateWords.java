package newswire.normalizer;

import java.text.Normalizer;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names of months and days in the languages that feeds are seen to date themselves in, from the JDK's locale data. */
final class DateWords {
    private static final List<String> LANGUAGES = List.of(
            "en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sk", "ru", "uk", "bg", "el", "tr", "hu", "sv", "da",
            "nb", "fi", "ro", "hr", "ca", "id", "vi", "ko", "ja", "zh", "ar", "he", "fa", "hi");
    private static final Pattern MARK = Pattern.compile("[\\u0300-\\u036F\\u0653-\\u0655]");
    private static final List<TextStyle> STYLES =
            List.of(TextStyle.FULL, TextStyle.FULL_STANDALONE, TextStyle.SHORT, TextStyle.SHORT_STANDALONE);
    /** Names that locale data lacks: what feeds cut short, Austria's and the Levant's months; January first. */
    private static final List<String> OTHER_NAMES = List.of(
            "jänner jän січ stycz leden ledna",
            "feber лют شباط únor",
            "mrz maerz бер آذار březen",
            "кві نيسان duben",
            "тра أيار květen",
            "чер حزيران červen",
            "лип تموز červenec",
            "сер آب srpen",
            "sept сен вер أيلول září",
            "жов říjen",
            "ноя лис listopad",
            "дека гру prosinec");

    private static final Map<String, Map<String, Month>> BY_LANGUAGE = byLanguage();
    private static final Map<String, Month> MONTHS = months();
    private static final Set<String> DAYS = days();

    /** Words between the parts of a date that say nothing. */
    private static final Set<String> NOISE = plain(
            "st", "nd", "rd", "th", "de", "del", "of", "the", "at", "um", "uhr", "à", "le", "kl", "klo", "o", "god",
            "г", "года", "року", "р", "en", "den", "der", "on", "dne", "la", "las", "a", "às", "ore", "alle", "om",
            "er", "e", "в", "о", "στις", "ngày", "tháng", "h", "t", "και", "το", "am", "ngay", "date", "د", "في", "r",
            "roku", "v", "ob");

    private DateWords() {}

    static @Nullable Month month(String word) {
        return MONTHS.get(plain(word));
    }

    /** The month that a word names in one language; English where that is unknown. */
    static @Nullable Month month(String word, String language) {
        var names = BY_LANGUAGE.get(language);
        return names == null ? BY_LANGUAGE.getOrDefault("en", Map.of()).get(word) : names.get(word);
    }

    static boolean isDay(String word) {
        return DAYS.contains(plain(word));
    }

    static boolean isNoise(String word) {
        return NOISE.contains(plain(word));
    }

    private static Map<String, Map<String, Month>> byLanguage() {
        var languages = new LinkedHashMap<String, Map<String, Month>>();
        for (var language : LANGUAGES) {
            var months = new HashMap<String, Month>();
            for (var style : STYLES) {
                for (var month : Month.values()) {
                    put(months, month.getDisplayName(style, Locale.forLanguageTag(language)), month);
                }
            }
            languages.put(language, months);
        }
        return languages;
    }

    private static Map<String, Month> months() {
        var months = new HashMap<String, Month>();
        for (var names : BY_LANGUAGE.values()) {
            names.forEach((name, month) -> months.putIfAbsent(plain(name), month));
        }
        for (var month : Month.values()) {
            for (var name : OTHER_NAMES.get(month.getValue() - 1).split(" ", -1)) {
                months.putIfAbsent(plain(name), month);
            }
        }
        return Map.copyOf(months);
    }

    private static void put(Map<String, Month> months, String name, Month month) {
        var word = folded(name);
        if (word.length() > 1 && word.codePoints().noneMatch(Character::isDigit) && !word.contains(" ")) {
            months.putIfAbsent(word, month);
        }
    }

    private static Set<String> days() {
        var days = new HashSet<String>();
        for (var language : LANGUAGES) {
            for (var style : STYLES) {
                for (var day : DayOfWeek.values()) {
                    var name = folded(day.getDisplayName(style, Locale.forLanguageTag(language)));
                    days.addAll(List.of(name.split("[ -]", -1)));
                }
            }
        }
        days.addAll(List.of("tues", "weds", "thur", "thurs", "sonnabend"));
        days.removeIf(name -> name.isEmpty() || Character.isDigit(name.charAt(0))); // Vietnamese numbers its days
        return plain(days.toArray(String[]::new));
    }

    private static Set<String> plain(String... words) {
        return Arrays.stream(words).map(DateWords::plain).collect(Collectors.toUnmodifiableSet());
    }

    /** Without the marks that feeds leave out: février and fevrier, ΤΡΙΤΗ and Τρίτη. */
    private static String plain(String word) {
        var apart = MARK.matcher(Normalizer.normalize(word, Normalizer.Form.NFD));
        return Normalizer.normalize(apart.replaceAll(""), Normalizer.Form.NFC);
    }

    /** Lower case without dots. */
    static String folded(String word) {
        return word.toLowerCase(Locale.ROOT).replace(".", "").strip();
    }
}
