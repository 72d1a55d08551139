package newswire.normalizer;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The language of an article, as stated. */
final class Language {
    static final String UNKNOWN = "und";

    private Language() {}

    /** The first value that is a language. */
    static String of(List<String> stated, @Nullable String feed) {
        for (var value : stated) {
            var tag = tag(value);
            if (tag != null) {
                return tag;
            }
        }
        var own = feed == null ? null : tag(feed);
        return own == null ? UNKNOWN : own;
    }

    /** A BCP 47 tag in its usual spelling, from a tag or a language's name; null if it is neither. */
    static @Nullable String tag(String value) {
        var text = value.strip().replace('_', '-');
        if (!text.matches("(?i)[a-z]{2,3}(-[a-z0-9]{1,8})*")) {
            return LanguageLinks.tag(text);
        }
        var tag = Locale.forLanguageTag(text).toLanguageTag();
        boolean known =
                !Locale.forLanguageTag(text).getDisplayLanguage(Locale.ENGLISH).equalsIgnoreCase(primary(tag));
        return !known || tag.equals(UNKNOWN) ? LanguageLinks.tag(text) : tag;
    }

    /** The language without region and script. */
    static String primary(String tag) {
        int hyphen = tag.indexOf('-');
        return hyphen < 0 ? tag : tag.substring(0, hyphen);
    }
}
