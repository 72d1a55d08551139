package newswire.store;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The runs of three words of a text, by which two texts are compared. */
record Shingles(Set<String> all) {
    /** Of a shorter text nothing is claimed. */
    static final int FEWEST = 40;

    private static final Pattern WORD = Pattern.compile(
            "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]|[\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]]+");

    Shingles {
        all = Set.copyOf(all);
    }

    static Shingles of(String text) {
        var words = WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
        var shingles = new HashSet<String>();
        for (int i = 0; i + 2 < words.size(); i++) {
            shingles.add(String.join(" ", words.subList(i, i + 3)));
        }
        return new Shingles(shingles);
    }

    /** Jaccard's measure: the shared among all, 0 … 1. */
    double similarity(Shingles other) {
        long shared = all.stream().filter(other.all::contains).count();
        long together = (long) all.size() + other.all.size() - shared;
        return together == 0 ? 0 : (double) shared / together;
    }
}
