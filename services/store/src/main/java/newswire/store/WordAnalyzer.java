package newswire.store;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the words of texts in one language, for the index and for queries alike. Loads its dictionaries at first need; used
 * by any number of threads.
 */
final class WordAnalyzer {
    /** Longest word, in characters; of a longer one the beginning counts. PostgreSQL takes 2 kB. */
    static final int LONGEST = 255;

    private static final Logger log = LoggerFactory.getLogger(WordAnalyzer.class);

    /** As many as are kept, each with its buffers; more threads at once make more for the moment. */
    private static final int IDLE = 4;

    private static final String FIELD = "text";
    private static final Pattern PART = Pattern.compile("\\S+");

    private final String name;
    private final Supplier<Analyzer> maker;
    private final boolean latin;
    private final boolean apart;
    private final Queue<Analyzer> idle = new ArrayBlockingQueue<>(IDLE);

    /**
     * Describes an analyzer.
     *
     * @param name what the index knows it by: lower-case letters
     * @param latin whether what is left of accents is folded at the end
     * @param apart whether what stands between spaces is read by itself, because the analyzer would mind what is before it
     */
    WordAnalyzer(String name, boolean latin, boolean apart, Supplier<Analyzer> maker) {
        this.name = name;
        this.apart = apart;
        this.latin = latin;
        this.maker = maker;
    }

    String name() {
        return name;
    }

    /** The words of a text, in order. Never fails: at what an analyzer cannot read, the rest of the text has no words. */
    List<Word> words(String text) {
        var words = new ArrayList<Word>();
        var analyzer = borrowed();
        var readable = encodable(text);
        try {
            if (apart) {
                for (var part = PART.matcher(readable); part.find(); ) {
                    read(analyzer, part.group(), part.start(), words);
                }
            } else {
                read(analyzer, readable, 0, words);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException("a text in memory cannot be read", ex);
        } catch (RuntimeException ex) { // the bulkhead: the article is kept, if not every word of it
            log.warn("Text not analysed to its end, analyzer={} length={}", name, text.length(), ex);
            return words;
        }
        idle.offer(analyzer);
        return words;
    }

    private static void read(Analyzer analyzer, String text, int offset, List<Word> words) throws IOException {
        try (var tokens = analyzer.tokenStream(FIELD, new StringReader(text))) {
            var term = tokens.addAttribute(CharTermAttribute.class);
            var place = tokens.addAttribute(OffsetAttribute.class);
            var increment = tokens.addAttribute(PositionIncrementAttribute.class);
            tokens.reset();
            int position = words.isEmpty() ? -1 : words.getLast().position();
            while (tokens.incrementToken()) {
                // What an analyzer leaves out, such as a particle, leaves no hole: phrases reach over it.
                position += Math.min(increment.getPositionIncrement(), 1);
                var word = cut(encodable(term.toString()));
                if (!word.isBlank()) {
                    words.add(new Word(
                            word, Math.max(position, 0), offset + place.startOffset(), offset + place.endOffset()));
                }
            }
            tokens.end();
        }
    }

    /** What a beginning of words looks like: folded and in one case, but not stemmed. */
    String beginning(String text) {
        var analyzer = borrowed();
        var beginning = cut(encodable(analyzer.normalize(FIELD, encodable(text)).utf8ToString()));
        idle.offer(analyzer);
        return beginning;
    }

    private Analyzer borrowed() {
        var analyzer = idle.poll();
        return analyzer == null ? new Pooled(maker.get(), latin) : analyzer;
    }

    private static String cut(String word) {
        if (word.length() <= LONGEST) {
            return word;
        }
        return word.substring(0, Character.isHighSurrogate(word.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }

    /** The same text, as long as it was, without what PostgreSQL or UTF-8 do not have: U+0000 and halves of pairs. */
    private static String encodable(String text) {
        StringBuilder changed = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                changed = changed == null ? new StringBuilder(text) : changed;
                changed.setCharAt(i, ' ');
            }
        }
        return changed == null ? text : changed.toString();
    }

    /** An analyzer for one thread at a time; Lucene would keep buffers for every thread that ever came by. */
    private static final class Pooled extends AnalyzerWrapper {
        private final Analyzer analyzer;
        private final boolean latin;

        Pooled(Analyzer analyzer, boolean latin) {
            super(new OneThread());
            this.analyzer = analyzer;
            this.latin = latin;
        }

        @Override
        protected Analyzer getWrappedAnalyzer(String field) {
            return analyzer;
        }

        @Override
        protected TokenStreamComponents wrapComponents(String field, TokenStreamComponents components) {
            return latin
                    ? new TokenStreamComponents(
                            components.getSource(), new ASCIIFoldingFilter(components.getTokenStream()))
                    : components;
        }

        @Override
        protected TokenStream wrapTokenStreamForNormalization(String field, TokenStream tokens) {
            return latin ? new ASCIIFoldingFilter(tokens) : tokens;
        }
    }

    /** Keeps one set of buffers. */
    private static final class OneThread extends Analyzer.ReuseStrategy {
        private Analyzer.@Nullable TokenStreamComponents components;

        @Override
        @SuppressWarnings("NullAway") // Lucene's contract: null = make new ones
        public Analyzer.TokenStreamComponents getReusableComponents(Analyzer analyzer, String field) {
            return components;
        }

        @Override
        public void setReusableComponents(Analyzer analyzer, String field, Analyzer.TokenStreamComponents reusable) {
            components = reusable;
        }
    }
}
