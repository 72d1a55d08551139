package newswire.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody typed to search for, taken apart: words, "phrases", begin*, -not, or, {@code title:}, {@code subject:} and
 * {@code publisher:} before any of them.
 *
 * @param alternatives one of them must be true, with all that is in it
 */
record SearchText(List<List<Clause>> alternatives) {
    private static final Pattern CLAUSE = Pattern.compile(
            "(?<not>-*)(?:(?<field>title|subject|publisher):(?=[^\\s]))?"
                    + "(?:\"(?<phrase>[^\"]*)\"?|(?<word>[^\\s\"]+))",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BEGINNING = Pattern.compile("[\\p{L}\\p{M}\\p{N}]{2,}\\*");
    private static final int MOST_BEGINNINGS = 5;

    SearchText {
        alternatives = alternatives.stream().map(List::copyOf).toList();
    }

    /** Where to look. */
    enum Field {
        /** In all of the text. */
        TEXT,
        /** In the title only. */
        TITLE,
        /** For a subject of that name. */
        SUBJECT,
        /** For the publisher of that name. */
        PUBLISHER;

        /** Whether it is words that are looked for; else the whole name. */
        boolean words() {
            return this == TEXT || this == TITLE;
        }
    }

    /**
     * One thing to be found.
     *
     * @param negated not to be found
     * @param text one word or several in a row
     * @param beginning whether the last word may go on
     */
    record Clause(boolean negated, Field field, String text, boolean beginning) {}

    /** Reads it. Nothing is refused: what makes no sense as a sign is a word. */
    static SearchText of(String typed) {
        var alternatives = new ArrayList<List<Clause>>();
        var clauses = new ArrayList<Clause>();
        int beginnings = 0;
        for (var match = CLAUSE.matcher(typed); match.find(); ) {
            if ("or".equalsIgnoreCase(match.group())) {
                alternatives.add(List.copyOf(clauses));
                clauses.clear();
                continue;
            }
            var clause = clause(match, beginnings < MOST_BEGINNINGS);
            beginnings += clause.beginning() ? 1 : 0;
            if (!clause.text().isBlank()) {
                clauses.add(clause);
            }
        }
        alternatives.add(clauses);
        return new SearchText(
                alternatives.stream().filter(each -> !each.isEmpty()).toList());
    }

    private static Clause clause(Matcher match, boolean mayBegin) {
        var field = match.group("field") == null
                ? Field.TEXT
                : Field.valueOf(match.group("field").toUpperCase(Locale.ROOT));
        var phrase = match.group("phrase");
        var word = phrase == null ? match.group("word") : phrase;
        boolean beginning = phrase == null
                && field.words()
                && mayBegin
                && BEGINNING.matcher(word).matches();
        return new Clause(
                !match.group("not").isEmpty(),
                field,
                beginning ? word.substring(0, word.length() - 1) : word.strip(),
                beginning);
    }
}
