package newswire.store;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How pages show values to people, in English. */
final class Shown {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Shown() {}

    /** A script tells it in the reader's own zone. */
    static String time(Instant instant) {
        return TIME.format(instant);
    }

    /** The name of a BCP 47 language. */
    static String language(String tag) {
        if (tag.equals("und")) {
            return "unknown language";
        }
        var name = Locale.forLanguageTag(tag).getDisplayName(Locale.ENGLISH);
        return name.isBlank() ? tag : name;
    }

    /** A language as HTML wants it; null if it is not known. */
    static @Nullable String lang(String tag) {
        return tag.equals("und") || Locale.forLanguageTag(tag).getLanguage().isEmpty() ? null : tag;
    }

    /** An address that may become a link; null if a browser would do something else with it than go there. */
    static @Nullable String link(@Nullable URI address) {
        return address != null && address.toString().matches("(?i)https?://.*") ? address.toString() : null;
    }

    static String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    /** A duration in its largest unit or two, as in {@code 2 h 30 min}. */
    static String duration(Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            return duration.toSeconds() + " s";
        }
        if (duration.compareTo(Duration.ofHours(1)) < 0) {
            return parts(duration.toMinutes(), "min", duration.toSecondsPart(), "s");
        }
        return duration.compareTo(Duration.ofDays(2)) < 0
                ? parts(duration.toHours(), "h", duration.toMinutesPart(), "min")
                : parts(duration.toDays(), "days", duration.toHoursPart(), "h");
    }

    private static String parts(long large, String unit, long small, String smaller) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smaller);
    }

    /** Words of a name in a program, as in {@code robots denied} for {@code ROBOTS_DENIED}. */
    static String words(Object name) {
        return name.toString().toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
    }

    static String cut(String text, int length) {
        return text.length() <= length
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, length)))
                                .stripTrailing() + " …";
    }
}
