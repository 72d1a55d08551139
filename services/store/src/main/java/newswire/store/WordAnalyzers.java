package newswire.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.bn.BengaliAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.ckb.SoraniAnalyzer;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.et.EstonianAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ga.IrishAnalyzer;
import org.apache.lucene.analysis.gl.GalicianAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hy.ArmenianAnalyzer;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.analysis.ja.JapaneseTokenizer;
import org.apache.lucene.analysis.ko.KoreanAnalyzer;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.morfologik.MorfologikFilter;
import org.apache.lucene.analysis.ne.NepaliAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.sr.SerbianAnalyzer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.ta.TamilAnalyzer;
import org.apache.lucene.analysis.te.TeluguAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;
import org.apache.lucene.analysis.uk.UkrainianMorfologikAnalyzer;
import org.apache.lucene.analysis.util.ElisionFilter;

/**
 * Which analyzer reads which language: Lucene's, without its lists of stop words, so that every word is found. A language
 * that it has none for is read by the rules of Unicode and folded, but not stemmed.
 */
final class WordAnalyzers {
    /** Raised when words come out otherwise than before, as with a new Lucene: then all articles are read again. */
    static final int VERSION = 1;

    /** For unknown languages. No language is called so. */
    private static final String OTHER = "x";

    private static final CharArraySet ARTICLES = new CharArraySet(
            List.of(
                    "c", "l", "all", "dall", "dell", "nell", "sull", "coll", "pell", "gl", "agl", "dagl", "degl",
                    "negl", "sugl", "un", "m", "t", "s", "v", "d", "quest", "quell"),
            true);

    private static final Map<String, WordAnalyzer> BY_NAME = new HashMap<>();

    /** Codes that mean, or are written like, another. */
    private static final Map<String, String> ALIASES = Map.of("nb", "no", "nn", "no", "in", "id", "cmn", "zh");

    static {
        unstopped(
                true,
                Map.of(
                        "ca", CatalanAnalyzer::new,
                        "cs", CzechAnalyzer::new,
                        "da", DanishAnalyzer::new,
                        "de", GermanAnalyzer::new,
                        "en", EnglishAnalyzer::new,
                        "es", SpanishAnalyzer::new,
                        "et", EstonianAnalyzer::new,
                        "eu", BasqueAnalyzer::new,
                        "fi", FinnishAnalyzer::new,
                        "fr", FrenchAnalyzer::new));
        unstopped(
                true,
                Map.of(
                        "ga",
                        IrishAnalyzer::new,
                        "gl",
                        GalicianAnalyzer::new,
                        "hu",
                        HungarianAnalyzer::new,
                        "id",
                        IndonesianAnalyzer::new,
                        "lt",
                        LithuanianAnalyzer::new,
                        "lv",
                        LatvianAnalyzer::new,
                        "nl",
                        DutchAnalyzer::new,
                        "no",
                        NorwegianAnalyzer::new));
        unstopped(
                true,
                Map.of(
                        "pt", PortugueseAnalyzer::new,
                        "ro", RomanianAnalyzer::new,
                        "sr", SerbianAnalyzer::new,
                        "sv", SwedishAnalyzer::new,
                        "tr", TurkishAnalyzer::new));
        unstopped(
                false,
                Map.of(
                        "bg", BulgarianAnalyzer::new,
                        "el", GreekAnalyzer::new,
                        "hy", ArmenianAnalyzer::new,
                        "ru", RussianAnalyzer::new,
                        "uk", UkrainianMorfologikAnalyzer::new));
        unstopped(
                false,
                Map.of(
                        "ar", ArabicAnalyzer::new,
                        "bn", BengaliAnalyzer::new,
                        "ckb", SoraniAnalyzer::new,
                        "fa", PersianAnalyzer::new,
                        "hi", HindiAnalyzer::new,
                        "ne", NepaliAnalyzer::new,
                        "ta", TamilAnalyzer::new,
                        "te", TeluguAnalyzer::new));
        add("it", true, () -> new Filtered(StandardTokenizer::new, WordAnalyzers::italian));
        add("pl", true, () -> new Filtered(StandardTokenizer::new, WordAnalyzers::polish));
        add(
                "ja",
                false,
                () -> new JapaneseAnalyzer(
                        null,
                        JapaneseTokenizer.Mode.SEARCH,
                        CharArraySet.EMPTY_SET,
                        JapaneseAnalyzer.getDefaultStopTags()));
        add("ko", false, KoreanAnalyzer::new);
        add("zh", false, SmartChineseAnalyzer::new); // stops punctuation only
        // The script of what comes before must not decide what a word is: "3D" in Hebrew.
        BY_NAME.put(
                OTHER,
                new WordAnalyzer(OTHER, false, true, () -> new Filtered(ICUTokenizer::new, ICUFoldingFilter::new)));
    }

    private WordAnalyzers() {}

    private static void unstopped(boolean latin, Map<String, Function<CharArraySet, Analyzer>> makers) {
        makers.forEach((name, maker) -> add(name, latin, () -> maker.apply(CharArraySet.EMPTY_SET)));
    }

    private static void add(String name, boolean latin, Supplier<Analyzer> maker) {
        BY_NAME.put(name, new WordAnalyzer(name, latin, false, maker));
    }

    /** The analyzer of a language, whatever its region and script. */
    static WordAnalyzer of(String language) {
        var primary = language.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
        var analyzer = BY_NAME.get(ALIASES.getOrDefault(primary, primary));
        return analyzer == null ? other() : analyzer;
    }

    /** Those of some names that are known. */
    static List<WordAnalyzer> named(Collection<String> names) {
        return names.stream().map(BY_NAME::get).filter(Objects::nonNull).toList();
    }

    private static WordAnalyzer other() {
        return Objects.requireNonNull(BY_NAME.get(OTHER));
    }

    /** Lucene's own leaves words of five letters as they are, such as gatti. */
    private static TokenStream italian(TokenStream words) {
        return new SnowballFilter(new LowerCaseFilter(new ElisionFilter(words, ARTICLES)), "Italian");
    }

    /** By a dictionary, in which names have capitals. */
    private static TokenStream polish(TokenStream words) {
        return new LowerCaseFilter(new MorfologikFilter(new LowerCaseFilter(words)));
    }

    /** Made of parts. */
    private static final class Filtered extends Analyzer {
        private final Supplier<Tokenizer> words;
        private final UnaryOperator<TokenStream> filter;

        Filtered(Supplier<Tokenizer> words, UnaryOperator<TokenStream> filter) {
            this.words = words;
            this.filter = filter;
        }

        @Override
        protected TokenStreamComponents createComponents(String field) {
            var tokens = words.get();
            return new TokenStreamComponents(tokens, filter.apply(tokens));
        }

        @Override
        protected TokenStream normalize(String field, TokenStream tokens) {
            return new ICUFoldingFilter(tokens);
        }
    }
}
