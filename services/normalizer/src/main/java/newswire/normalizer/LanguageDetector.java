package newswire.normalizer;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a text's language from the text alone: by its script where that is enough, else by a statistical model of 103
 * languages, which is loaded at first need (half a second). Says nothing rather than guess.
 */
final class LanguageDetector {
    /** As much of a text as is looked at; more makes it slower, not better. */
    static final int LOOKED_AT = 300;

    private static final double LEAST_PROBABILITY = 0.02;
    private static final double LEAST_CONFIDENCE = 0.02;

    /** Lists of names and numbers look like these to the model, and news in them is rare. */
    private static final Set<String> UNLIKELY = Set.of("vol", "war", "ceb", "min", "lat");

    private LanguageDetector() {}

    /**
     * What a text is written in.
     *
     * @param language a BCP 47 tag
     * @param confidence from 0 to 1: how far the best language is ahead of the second
     */
    record Detected(String language, double confidence) {}

    /** The model, kept apart so that texts in scripts of their own never load it. */
    private static final class Model {
        static final LanguageModel LOADED = LanguageModel.load();
        static final Map<String, String> TAGS = tags(LOADED.languages());
    }

    /** The language of a text; null if it is too short or too mixed to tell. */
    static @Nullable Detected detect(String text) {
        var start = text.length() <= LOOKED_AT ? text : PlainText.cut(text, LOOKED_AT);
        var scripts = Scripts.of(start);
        if (scripts.letters() == 0 || scripts.share() < 0.5) {
            return null;
        }
        var own = scripts.language();
        if (own != null) {
            return new Detected(own, scripts.share());
        }
        return scripts.shared() ? statistically(start) : null;
    }

    private static @Nullable Detected statistically(String text) {
        var best = Model.LOADED.best(text);
        double first = best.probability();
        double confidence = (first - best.second()) / (first + best.second());
        var tag = Model.TAGS.get(best.language());
        boolean told = first >= LEAST_PROBABILITY && confidence >= LEAST_CONFIDENCE && tag != null;
        return told && tag != null ? new Detected(tag, confidence) : null;
    }

    private static Map<String, String> tags(List<String> known) {
        var tags = new HashMap<String, String>();
        for (var language : known) {
            tags.put(language, language);
        }
        for (var language : Locale.getISOLanguages()) {
            tags.replace(iso3(language), Locale.of(language).toLanguageTag());
        }
        tags.putAll(Map.of("pes", "fa", "lvs", "lv", "ekk", "et", "plt", "mg", "nob", "nb", "cmn", "zh"));
        tags.keySet().removeAll(UNLIKELY);
        return Map.copyOf(tags);
    }

    private static String iso3(String language) {
        try {
            return Locale.of(language).getISO3Language();
        } catch (MissingResourceException ex) {
            return language;
        }
    }
}
