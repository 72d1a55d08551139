package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import opennlp.tools.util.normalizer.AggregateCharSequenceNormalizer;
import opennlp.tools.util.normalizer.CharSequenceNormalizer;
import opennlp.tools.util.normalizer.EmojiCharSequenceNormalizer;
import opennlp.tools.util.normalizer.NumberCharSequenceNormalizer;
import opennlp.tools.util.normalizer.ShrinkCharSequenceNormalizer;
import opennlp.tools.util.normalizer.TwitterCharSequenceNormalizer;
import opennlp.tools.util.normalizer.UrlCharSequenceNormalizer;

class LanguageTextTests {
    private static final CharSequenceNormalizer OPENNLP = new AggregateCharSequenceNormalizer(
            EmojiCharSequenceNormalizer.getInstance(),
            UrlCharSequenceNormalizer.getInstance(),
            TwitterCharSequenceNormalizer.getInstance(),
            NumberCharSequenceNormalizer.getInstance(),
            ShrinkCharSequenceNormalizer.getInstance());

    @Property(tries = 5_000, seed = "2020")
    void cleansAsOpenNlpDoes(@ForAll("texts") String text) {
        assertThat(LanguageText.cleaned(text).toString())
                .isEqualTo(OPENNLP.normalize(text).toString());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(80),
                Arbitraries.strings().ascii().ofMaxLength(80),
                Arbitraries.of(
                                "a",
                                "A",
                                "aa",
                                "ha",
                                "Ja",
                                "h",
                                "x",
                                "x-",
                                "p",
                                "D",
                                ":",
                                ";",
                                "(",
                                "rt ",
                                "RT:",
                                "port ",
                                "_rt ",
                                "ört ",
                                "explain",
                                "1",
                                "23",
                                " ",
                                "  ",
                                "\n",
                                "\t",
                                "\u000B",
                                "\u0085",
                                "\u2028",
                                "\u00A0",
                                "é",
                                "ﬁ",
                                "한국",
                                "國",
                                "http://a.example/",
                                "a@b.example",
                                "#tag",
                                "😀",
                                "\uFEFF",
                                "...",
                                "!!!",
                                "S",
                                "s")
                        .list()
                        .ofMaxSize(30)
                        .map(pieces -> String.join("", pieces)));
    }
}
