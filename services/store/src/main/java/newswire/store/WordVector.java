package newswire.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one article can be found by, as a {@code tsvector}. Its lexemes have a beginning that says what they are: {@code en:}
 * a word as the analyzer {@code en} makes it, {@code en.} the same in the title, {@code @p:} the publisher, {@code @s:} a
 * subject, {@code @w:} the week that an article is of. So one index answers for any language and any field, without a look at the rows.
 */
final class WordVector {
    /** PostgreSQL's limits: 1 MB for lexemes and positions, positions up to 16383, 256 of one lexeme. */
    private static final int BYTES = 900_000;

    private static final int LAST_POSITION = 16_383;
    private static final int MOST_POSITIONS = 255;

    /** In seconds. */
    private static final long WEEK = 604_800;

    /** Parts of an article stand so far apart that no phrase reaches over. */
    private static final int GAP = 10;

    private final WordAnalyzer analyzer;
    private final Map<String, Lexeme> lexemes = new HashMap<>();
    private int next = 1;
    private int bytes;

    WordVector(WordAnalyzer analyzer) {
        this.analyzer = analyzer;
        lexeme(analyzedBy(analyzer));
    }

    /** How much a word counts by where it stands, as PostgreSQL ranks it. */
    enum Weight {
        A,
        B,
        C,
        D
    }

    /** All articles that an analyzer has read have it. */
    static String analyzedBy(WordAnalyzer analyzer) {
        return analyzer.name() + ":";
    }

    static String ofText(WordAnalyzer analyzer, String term) {
        return analyzer.name() + ":" + term;
    }

    static String ofTitle(WordAnalyzer analyzer, String term) {
        return analyzer.name() + "." + term;
    }

    static String publisher(String name) {
        return "@p:" + folded(name);
    }

    static String subject(String name) {
        return "@s:" + folded(name);
    }

    /** A week since 1970. */
    static String week(long number) {
        return "@w:" + number;
    }

    static long week(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), WEEK);
    }

    /** Names are compared as a whole, whatever their case and their spaces. */
    private static String folded(String name) {
        var folded = name.replaceAll("[\\s\\p{Cs}\\x00]+", " ").strip().toLowerCase(Locale.ROOT);
        int end = Math.min(folded.length(), WordAnalyzer.LONGEST);
        return folded.substring(0, folded.offsetByCodePoints(0, folded.codePointCount(0, end)));
    }

    void title(String text) {
        add(text, Weight.A, true);
    }

    void text(@Nullable String text, Weight weight) {
        if (text != null) {
            add(text, weight, false);
        }
    }

    void name(String lexeme) {
        lexeme(lexeme);
    }

    private void add(String text, Weight weight, boolean title) {
        int first = next;
        for (var word : analyzer.words(text)) {
            int position = first + word.position();
            put(ofText(analyzer, word.term()), position, weight);
            if (title) {
                put(ofTitle(analyzer, word.term()), position, weight);
            }
            next = position + GAP;
        }
    }

    private void put(String text, int position, Weight weight) {
        var lexeme = lexeme(text);
        if (lexeme != null && position <= LAST_POSITION && lexeme.positions < MOST_POSITIONS && bytes < BYTES) {
            bytes += lexeme.add(position, weight);
        }
    }

    /** Null if there is no room for another. */
    private @Nullable Lexeme lexeme(String text) {
        var known = lexemes.get(text);
        if (known != null || bytes >= BYTES) {
            return known;
        }
        var lexeme = new Lexeme();
        lexemes.put(text, lexeme);
        bytes += 3 * text.length() + 4;
        return lexeme;
    }

    /** A lexeme as PostgreSQL reads it in a tsvector and in a tsquery. */
    static String quoted(String lexeme) {
        return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /** As PostgreSQL reads it. */
    @Override
    public String toString() {
        var text = new StringBuilder(16 * lexemes.size());
        lexemes.forEach((lexeme, places) ->
                text.append(quoted(lexeme)).append(places.text).append(' '));
        return text.toString();
    }

    /** Where a lexeme stands. */
    private static final class Lexeme {
        private final StringBuilder text = new StringBuilder();
        private int positions;
        private int last;

        /** Returns how many bytes it takes. */
        int add(int position, Weight weight) {
            if (position == last) {
                return 0;
            }
            text.append(positions == 0 ? ':' : ',').append(position);
            if (weight != Weight.D) {
                text.append(weight);
            }
            positions++;
            last = position;
            return 2;
        }
    }
}
