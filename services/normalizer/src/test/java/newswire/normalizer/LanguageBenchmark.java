package newswire.normalizer;

import java.util.List;
import java.util.TreeMap;

/** How right the language detector is, how long it takes to load, and how long for a sentence. */
final class LanguageBenchmark {
    private static final int ROUNDS = 10;

    private LanguageBenchmark() {}

    /** Prints the figures of docs/language-detection.md. */
    @SuppressWarnings("SystemOut") // its whole purpose
    public static void main(String... args) {
        List<String[]> rows = TestText.lines("languages.tsv")
                .map(line -> line.split("\t", -1))
                .toList();
        long before = heap();
        long start = System.nanoTime();
        LanguageDetector.detect("This is the first sentence that it sees today.");
        double load = (System.nanoTime() - start) / 1e9;
        var wrong = new TreeMap<String, Integer>();
        for (var row : rows) {
            var detected = LanguageDetector.detect(row[1]);
            var tag = detected == null ? "nothing" : detected.language();
            if (!tag.equals(row[0])) {
                wrong.merge(row[0] + " taken for " + tag, 1, Integer::sum);
            }
        }
        int errors = wrong.values().stream().mapToInt(count -> count).sum();
        System.out.printf("loaded in %.2f s, heap %d MB more%n", load, heap() - before);
        System.out.printf("right in %d of %d sentences; %s%n", rows.size() - errors, rows.size(), wrong);
        System.out.printf("%d us a sentence%n", micros(rows));
    }

    private static long micros(List<String[]> rows) {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            rows.forEach(row -> LanguageDetector.detect(row[1]));
            best = Math.min(best, (System.nanoTime() - start) / 1000 / rows.size());
        }
        return best;
    }

    private static long heap() {
        System.gc(); // what is left is what it costs
        var runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }
}
