package newswire.standalone.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * What a publisher writes: patterns with gaps, filled by number, so that story n is always the same and hardly any two are.
 * A gap is the name of a list of words or a range of numbers, as in <code>{place}</code> and <code>{3-19}</code>.
 */
final class Stories {
    private static final Pattern GAP = Pattern.compile("\\{([^}]+)}");
    private static final Pattern RANGE = Pattern.compile("([0-9]+)-([0-9]+)");

    private final Map<String, List<String>> words;
    private final List<String> patterns;

    private Stories(Map<String, List<String>> words, List<String> patterns) {
        this.words = words;
        this.patterns = patterns;
    }

    /** Reads the word lists and patterns of that name. */
    static Stories load(String name) {
        var sections = Arrays.asList(resource(name + ".txt").split("---\n", -1));
        var words = new HashMap<String, List<String>>();
        for (var line : sections.getFirst().lines().toList()) {
            int colon = line.indexOf(':');
            var values = line.substring(colon + 1).strip();
            words.put(line.substring(0, colon), List.of(values.split(" \\| ", -1)));
        }
        return new Stories(words, List.copyOf(sections.subList(1, sections.size())));
    }

    static String resource(String name) {
        try (var in = Stories.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource '" + name + "'");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException("cannot read '" + name + "'", ex);
        }
    }

    /** The title, then the paragraphs, of story n. */
    List<String> story(long number) {
        var random = new Random(number * 0x9E3779B97F4A7C15L);
        var pattern = patterns.get((int) Math.floorMod(number, (long) patterns.size()));
        var filled = new HashMap<String, String>(); // a gap means the same throughout a story
        return GAP.matcher(pattern)
                .replaceAll(gap -> filled.computeIfAbsent(gap.group(1), name -> word(name, random)))
                .lines()
                .toList();
    }

    private String word(String gap, Random random) {
        var range = RANGE.matcher(gap);
        if (range.matches()) {
            int least = Integer.parseInt(range.group(1));
            return String.valueOf(random.nextInt(least, Integer.parseInt(range.group(2)) + 1));
        }
        var choice = words.getOrDefault(gap, List.of(gap));
        return choice.get(random.nextInt(choice.size()));
    }

    /** What is added to a story that has to be corrected. */
    String correction() {
        return words.getOrDefault("correction", List.of("")).getFirst();
    }
}
