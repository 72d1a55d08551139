package newswire.normalizer;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognises a link to the same story in another language, as in "Read in Korean". */
final class LanguageLinks {
    private static final List<String> LANGUAGES = List.of(
            "en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sk", "ru", "uk", "be", "bg", "el", "tr", "hu", "sv",
            "da", "nb", "fi", "ro", "hr", "sr", "sl", "sq", "mk", "ca", "eu", "gl", "id", "ms", "vi", "th", "ko", "ja",
            "zh", "ar", "he", "fa", "ur", "hi", "bn", "ta", "te", "sw", "am", "ka", "hy", "az", "kk", "uz", "mn", "my",
            "km", "lo", "tl", "et", "lv", "lt", "is", "ga", "cy");
    private static final Map<String, String> TAGS = tags();
    private static final String EDGE = "[\\s*(\\[<>«»›→|–—-]*";
    private static final String LANGUAGE = "(?<language>\\p{L}[\\p{L}\\p{M}() ]{1,30}?)";
    private static final Pattern ENGLISH = Pattern.compile("(?iu)" + EDGE
            + "(?:(?:you can )?(?:also )?(?:read|available|view|see|find|listen)(?: (?:also|this|the|it|original|article|story|post|report|full|version|piece|here))*)"
            + " in (?:the )?(?:original )?" + LANGUAGE + "(?: (?:here|version|language))?[.:]?" + EDGE);
    private static final Pattern OTHERS = Pattern.compile("(?iu)" + EDGE
            + "(?:lire (?:(?:aussi|cet article|l[’']article|la version) )*en|leer (?:(?:este|el) artículo )?en|(?:diesen artikel |artikel |auch )?(?:lesen )?auf|"
            + "ler (?:(?:este|o) artigo )?em|leggi (?:(?:questo|l[’']) ?articolo )?in|читать на|читайте на|читати|czytaj po|lees (?:dit artikel )?in het|läs på|oku)"
            + " " + LANGUAGE + "(?: lesen)?[.:]?" + EDGE);
    private static final Pattern VERSION = Pattern.compile(
            "(?iu)" + EDGE + LANGUAGE + " (?:version|edition|translation|original|versión|fassung)[.:]?" + EDGE);
    private static final Pattern EAST_ASIAN = Pattern.compile(EDGE
            + "(?<language>한국어|영어|일본어|중국어|러시아어|日本語|英語|韓国語|中国語|中文|英文|韩文|日文)(?:로|で|版|으로)? ?(?:보기|읽기|기사 보기|기사|読む|原文|阅读|閱讀|版)?"
            + EDGE);

    private LanguageLinks() {}

    /** The language that a block links to, as a BCP 47 tag; null if it is no such link. */
    static @Nullable String language(String text) {
        if (text.length() > 80) {
            return null;
        }
        for (var pattern : List.of(ENGLISH, OTHERS, VERSION, EAST_ASIAN)) {
            var match = pattern.matcher(text);
            if (match.matches()) {
                var tag = tag(match.group("language"));
                if (tag != null) {
                    return tag;
                }
            }
        }
        return null;
    }

    /** The tag of a language's name in one of many languages. */
    static @Nullable String tag(String name) {
        return TAGS.get(name.strip().toLowerCase(Locale.ROOT));
    }

    private static Map<String, String> tags() {
        var tags = new HashMap<String, String>();
        for (var language : LANGUAGES) {
            var locale = Locale.forLanguageTag(language);
            tags.putIfAbsent(locale.getDisplayLanguage(locale).toLowerCase(Locale.ROOT), language);
            for (var in :
                    List.of("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "ko", "ja", "zh", "tr", "sv")) {
                tags.putIfAbsent(
                        locale.getDisplayLanguage(Locale.forLanguageTag(in)).toLowerCase(Locale.ROOT), language);
            }
        }
        tags.putAll(Map.of("farsi", "fa", "mandarin", "zh", "burmese", "my", "tagalog", "tl", "中文", "zh"));
        tags.putAll(Map.of("spanish (español)", "es", "英文", "en", "韩文", "ko", "日文", "ja", "norwegian", "no"));
        return Map.copyOf(tags);
    }
}
