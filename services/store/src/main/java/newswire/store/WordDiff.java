package newswire.store;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.DiffAlgorithmI;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What differs between two texts: paragraphs first, then the words of those that changed. */
final class WordDiff {
    /** Words of a changed passage above which it counts as replaced whole: the search costs their product at worst. */
    private static final int MOST_WORDS = 4000;

    /** A word, a run of white space, or one character of anything else; each ideograph, kana and Thai letter is a word. */
    private static final Pattern WORDS = Pattern.compile(
            "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]|[\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]]+|\\s+|.",
            Pattern.DOTALL);

    private static final DiffAlgorithmI<String> MYERS = new MyersDiffWithLinearSpace<>();

    private WordDiff() {}

    /** What became of a stretch of text. */
    enum Kind {
        SAME,
        REMOVED,
        ADDED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A stretch of text. */
    record Part(Kind kind, String text) {}

    /** The parts in their order: those that are same or removed make the old text, those same or added the new one. */
    static List<Part> of(String before, String after) {
        var parts = new Parts();
        walk(paragraphs(before), paragraphs(after), parts, WordDiff::words);
        return parts.list;
    }

    private static void words(List<String> before, List<String> after, Parts parts) {
        if (before.isEmpty() || after.isEmpty()) {
            replaced(before, after, parts);
            return;
        }
        var old = split(String.join("", before));
        var now = split(String.join("", after));
        if (old.size() + now.size() > MOST_WORDS) {
            replaced(old, now, parts);
        } else {
            walk(old, now, parts, WordDiff::replaced);
        }
    }

    private static void replaced(List<String> before, List<String> after, Parts parts) {
        parts.add(Kind.REMOVED, String.join("", before));
        parts.add(Kind.ADDED, String.join("", after));
    }

    /** What to do with a passage that differs. */
    private interface Changed {
        void passage(List<String> before, List<String> after, Parts parts);
    }

    private static void walk(List<String> before, List<String> after, Parts parts, Changed changed) {
        if (before.size() + after.size() > MOST_WORDS) {
            replaced(before, after, parts);
            return;
        }
        int old = 0;
        int now = 0;
        int begun = 0;
        int begunNow = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(before, after, MYERS).getDeltas()) {
            var source = delta.getSource();
            if (source.getPosition() > old) { // else it goes on where the one before ended
                changed.passage(before.subList(begun, old), after.subList(begunNow, now), parts);
                parts.add(Kind.SAME, String.join("", before.subList(old, source.getPosition())));
                begun = source.getPosition();
                begunNow = now + source.getPosition() - old;
            }
            old = source.getPosition() + source.size();
            now = delta.getTarget().getPosition() + delta.getTarget().size();
        }
        changed.passage(before.subList(begun, old), after.subList(begunNow, now), parts);
        parts.add(Kind.SAME, String.join("", before.subList(old, before.size())));
    }

    private static List<String> paragraphs(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("(?<=\n\n)"));
    }

    private static List<String> split(String text) {
        return WORDS.matcher(text).results().map(MatchResult::group).toList();
    }

    /** Joins neighbours of one kind. */
    private static final class Parts {
        final List<Part> list = new ArrayList<>();

        void add(Kind kind, String text) {
            if (text.isEmpty()) {
                return;
            }
            if (!list.isEmpty() && list.getLast().kind() == kind) {
                list.set(list.size() - 1, new Part(kind, list.getLast().text() + text));
            } else {
                list.add(new Part(kind, text));
            }
        }
    }
}
