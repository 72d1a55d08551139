package newswire.bench;

import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The words of one language by how frequent they are: those of its sentences, names of countries, languages and currencies
 * as the JDK has them, and made-up ones of the same letters for all that is rare. Drawn by Zipf's law.
 */
final class Vocabulary {
    private static final int SIZE = 60_000;
    private static final double SKEW = 1.05;

    private final Prose prose;
    private final List<String> words;
    private final double[] cumulative = new double[SIZE];
    private final boolean spaced;

    Vocabulary(Prose prose) {
        this.prose = prose;
        this.spaced = !Set.of("ja", "zh").contains(prose.language());
        var known = new LinkedHashSet<String>();
        if (spaced) {
            prose.sentences().forEach(sentence -> known.addAll(List.of(sentence.split("[^\\p{L}\\p{M}]+", -1))));
        }
        known.addAll(names());
        known.removeIf(word -> word.length() < (spaced ? 3 : 2));
        words = grown(new ArrayList<>(known));
        double sum = 0;
        for (int rank = 0; rank < SIZE; rank++) {
            sum += 1 / Math.pow(rank + 2.7, SKEW);
            cumulative[rank] = sum;
        }
    }

    String language() {
        return prose.language();
    }

    private Set<String> names() {
        var in = Locale.of(prose.language());
        var names = new LinkedHashSet<String>();
        for (var country : Locale.getISOCountries()) {
            names.add(Locale.of("", country).getDisplayCountry(in));
        }
        for (var language : Locale.getISOLanguages()) {
            names.add(Locale.of(language).getDisplayLanguage(in));
        }
        Currency.getAvailableCurrencies().forEach(currency -> names.add(currency.getDisplayName(in)));
        var single = new LinkedHashSet<String>();
        names.forEach(name -> single.addAll(List.of(name.split("[^\\p{L}\\p{M}]+", -1))));
        return single;
    }

    /** Adds words that begin like one and end like another. The same for the same language. */
    private List<String> grown(List<String> words) {
        var random = new Random(language().hashCode());
        var all = new LinkedHashSet<>(words);
        while (all.size() < SIZE) {
            var first = words.get(random.nextInt(words.size()));
            var last = words.get(random.nextInt(words.size()));
            all.add(first.substring(0, 1 + random.nextInt(first.length()))
                    + last.substring(random.nextInt(last.length())));
        }
        return List.copyOf(all);
    }

    /** The word of a rank; 0 is the most frequent. */
    String word(int rank) {
        return words.get(rank);
    }

    private String word(RandomGenerator random) {
        double drawn = random.nextDouble() * cumulative[SIZE - 1];
        int low = 0;
        int high = SIZE - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] < drawn) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return words.get(low);
    }

    /** A headline of a few words. */
    String title(RandomGenerator random) {
        return words(random, 4 + random.nextInt(6));
    }

    /** Sentences of which every third has been written by somebody. */
    String text(RandomGenerator random, int sentences) {
        var text = new StringBuilder();
        for (int at = 0; at < sentences; at++) {
            if (random.nextInt(3) == 0) {
                text.append(prose.text(random, 1));
            } else {
                text.append(words(random, 8 + random.nextInt(14))).append(spaced ? "." : "。");
            }
            text.append(at % 4 == 3 ? "\n\n" : spaced ? " " : "");
        }
        return text.toString();
    }

    private String words(RandomGenerator random, int count) {
        var text = new StringBuilder();
        for (int at = 0; at < count; at++) {
            text.append(at > 0 && spaced ? " " : "").append(word(random));
        }
        return text.toString();
    }
}
