package newswire.normalizer;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The language of an article. A long text tells it better than what is stated, which is often the site's default; where text
 * and statement agree, the statement is more exact.
 *
 * @param tag BCP 47, {@code und} if unknown
 * @param mismatch whether the text is plainly in another language than the first that was stated
 */
record Language(String tag, boolean mismatch) {
    static final String UNKNOWN = "und";

    /** Letters from which on a text is trusted, and how sure its detection has to be to overrule what is stated. */
    private static final int ENOUGH = 200;

    private static final double SURE = 0.3;

    private static final Pattern TAG = Pattern.compile("(?i)[a-z]{2,3}(?:-[a-z0-9]{1,8})*+");
    private static final Set<String> ISO_639_1 = Set.of(Locale.getISOLanguages());

    /** Languages so near to each other that a statement stands. */
    private static final List<Set<String>> NEAR = List.of(
            Set.of("no", "nb", "nn", "da"),
            Set.of("hr", "sr", "bs", "sh", "me"),
            Set.of("id", "ms"),
            Set.of("cs", "sk"),
            Set.of("hi", "mr", "ne", "sa"),
            Set.of("fa", "prs", "tg"),
            Set.of("tl", "fil"),
            Set.of("he", "yi"),
            Set.of("zh", "yue", "wuu"),
            Set.of("pt", "gl"));

    /**
     * Reads the language.
     *
     * @param stated in order of preference, as tags or names
     * @param text the story
     */
    static Language of(List<String> stated, String text) {
        var tags = stated.stream().map(Language::tag).filter(Objects::nonNull).toList();
        var first = tags.isEmpty() ? UNKNOWN : tags.getFirst();
        var detected = detected(text);
        if (detected == null || (!tags.isEmpty() && detected.confidence() < SURE)) {
            return new Language(first, false);
        }
        var agreed =
                tags.stream().filter(tag -> isNear(tag, detected.language())).findFirst();
        return new Language(agreed.orElse(detected.language()), !tags.isEmpty() && !isNear(first, detected.language()));
    }

    private static LanguageDetector.@Nullable Detected detected(String text) {
        int letters = 0;
        for (int at = 0; at < text.length() && letters < ENOUGH; ) {
            int point = text.codePointAt(at);
            letters += Character.isLetter(point) ? 1 : 0;
            at += Character.charCount(point);
        }
        return letters == ENOUGH ? LanguageDetector.detect(text) : null;
    }

    private static boolean isNear(String tag, String other) {
        var one = primary(tag);
        var two = primary(other);
        return one.equals(two) || NEAR.stream().anyMatch(kin -> kin.contains(one) && kin.contains(two));
    }

    /** A BCP 47 tag in its usual spelling, from a tag or a language's name; null if it is neither. */
    static @Nullable String tag(String value) {
        var text = value.strip().replace('_', '-');
        if (!TAG.matcher(text).matches()) {
            return LanguageLinks.tag(text);
        }
        var locale = Locale.forLanguageTag(text);
        var tag = locale.toLanguageTag();
        return !isKnown(locale) || tag.equals(UNKNOWN) ? LanguageLinks.tag(text) : tag;
    }

    /** Whether there is such a language: the JDK knows names for more than it lists. */
    private static boolean isKnown(Locale locale) {
        var language = locale.getLanguage();
        return ISO_639_1.contains(language)
                || !locale.getDisplayLanguage(Locale.ENGLISH).equalsIgnoreCase(language);
    }

    /** The language without region and script. */
    static String primary(String tag) {
        int hyphen = tag.indexOf('-');
        return hyphen < 0 ? tag : tag.substring(0, hyphen);
    }
}
