package newswire.normalizer;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The writing of a text.
 *
 * @param main the script of most letters; kana stands for Japanese and Hangul for Korean, whatever Han is among them
 * @param letters how many there are
 * @param share of the main script among them, from 0 to 1
 */
record Scripts(
        UnicodeScript main,
        int letters,
        double share,
        @Nullable String language) {
    /** Scripts that one language of the news writes with. */
    private static final Map<UnicodeScript, String> OWN = Map.ofEntries(
            Map.entry(UnicodeScript.HANGUL, "ko"),
            Map.entry(UnicodeScript.HIRAGANA, "ja"),
            Map.entry(UnicodeScript.GREEK, "el"),
            Map.entry(UnicodeScript.HEBREW, "he"),
            Map.entry(UnicodeScript.ARMENIAN, "hy"),
            Map.entry(UnicodeScript.GEORGIAN, "ka"),
            Map.entry(UnicodeScript.THAI, "th"),
            Map.entry(UnicodeScript.LAO, "lo"),
            Map.entry(UnicodeScript.KHMER, "km"),
            Map.entry(UnicodeScript.MYANMAR, "my"),
            Map.entry(UnicodeScript.TAMIL, "ta"),
            Map.entry(UnicodeScript.TELUGU, "te"),
            Map.entry(UnicodeScript.KANNADA, "kn"),
            Map.entry(UnicodeScript.MALAYALAM, "ml"),
            Map.entry(UnicodeScript.GUJARATI, "gu"),
            Map.entry(UnicodeScript.GURMUKHI, "pa"),
            Map.entry(UnicodeScript.BENGALI, "bn"),
            Map.entry(UnicodeScript.ORIYA, "or"),
            Map.entry(UnicodeScript.SINHALA, "si"),
            Map.entry(UnicodeScript.TIBETAN, "bo"),
            Map.entry(UnicodeScript.ETHIOPIC, "am"),
            Map.entry(UnicodeScript.THAANA, "dv"));

    /** Scripts that many languages write with. */
    private static final Set<UnicodeScript> SHARED =
            Set.of(UnicodeScript.LATIN, UnicodeScript.CYRILLIC, UnicodeScript.ARABIC, UnicodeScript.DEVANAGARI);

    private static final String SIMPLIFIED =
            "这国会们说个来为时对发过还学见长门问间开关电车东书让钱经现样进动" + "实业从将军无给话点头气员应变历战华区张刘陈团总议党报务办种产当战条岁万与众优传体价";
    private static final String TRADITIONAL =
            "這國會們說個來為時對發過還學見長門問間開關電車東書讓錢經現樣進動" + "實業從將軍無給話點頭氣員應變歷戰華區張劉陳團總議黨報務辦種產當戰條歲萬與眾優傳體價";

    /** Counts the letters of a text by script. */
    static Scripts of(String text) {
        var counts = new EnumMap<UnicodeScript, Integer>(UnicodeScript.class);
        int latin = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            if ((point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z')) {
                latin++;
            } else if (Character.isLetter(point)) {
                counts.merge(kin(UnicodeScript.of(point)), 1, Integer::sum);
            }
            at += Character.charCount(point);
        }
        if (latin > 0) {
            counts.merge(UnicodeScript.LATIN, latin, Integer::sum);
        }
        int letters = counts.values().stream().mapToInt(count -> count).sum();
        var main = main(counts, letters);
        int own = counts.getOrDefault(main, 0) + (withHan(main) ? counts.getOrDefault(UnicodeScript.HAN, 0) : 0);
        return new Scripts(main, letters, letters == 0 ? 0 : (double) own / letters, language(main, text));
    }

    /** Whether a model has to tell which language it is. */
    boolean shared() {
        return SHARED.contains(main);
    }

    private static UnicodeScript kin(UnicodeScript script) {
        return script == UnicodeScript.KATAKANA ? UnicodeScript.HIRAGANA : script;
    }

    private static boolean withHan(UnicodeScript script) {
        return script == UnicodeScript.HIRAGANA || script == UnicodeScript.HANGUL;
    }

    private static UnicodeScript main(Map<UnicodeScript, Integer> counts, int letters) {
        if (counts.getOrDefault(UnicodeScript.HAN, 0) * 2 > letters
                && counts.getOrDefault(UnicodeScript.HIRAGANA, 0) * 10 > letters) {
            return UnicodeScript.HIRAGANA;
        }
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(UnicodeScript.COMMON);
    }

    private static @Nullable String language(UnicodeScript main, String text) {
        return main == UnicodeScript.HAN ? chinese(text) : OWN.get(main);
    }

    private static String chinese(String text) {
        long simplified = count(text, SIMPLIFIED);
        long traditional = count(text, TRADITIONAL);
        if (simplified == traditional) {
            return "zh";
        }
        return simplified > traditional ? "zh-Hans" : "zh-Hant";
    }

    private static long count(String text, String characters) {
        return text.chars().filter(one -> characters.indexOf(one) >= 0).count();
    }
}
