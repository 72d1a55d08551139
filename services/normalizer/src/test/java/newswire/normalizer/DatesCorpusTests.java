package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import newswire.contract.Feed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What feeds write as dates, in twenty languages, against {@code dates.tsv}. */
class DatesCorpusTests {

    @ParameterizedTest(name = "{0}")
    @MethodSource("corpus")
    void reads(Row row) {
        assertThat(read(row)).isEqualTo(row.expected());
    }

    @Test
    void corpusIsLarge() {
        assertThat(corpus()).hasSizeGreaterThan(250);
    }

    private static Stream<Row> corpus() {
        return TestText.lines("dates.tsv")
                .map(line -> Arrays.asList(line.split("\t", -1)))
                .map(Row::of);
    }

    private static List<String> read(Row row) {
        var reading = Dates.read(row.raw(), rules(row.rules()));
        if (reading == null) {
            return List.of("-");
        }
        var flags = reading.flags().isEmpty() ? "-" : String.join(" ", reading.flags());
        return List.of(instant(reading), reading.precision(), reading.zone(), flags);
    }

    private static String instant(Dates.Reading reading) {
        var value = reading.value();
        return value == null ? "?" : value.toString();
    }

    private static Feed.Dates rules(String text) {
        var overrides = new HashMap<String, String>();
        String zone = null;
        Boolean dayFirst = null;
        for (var rule : text.equals("-") ? List.<String>of() : List.of(text.split(" ", -1))) {
            var parts = rule.split("=", 2);
            switch (parts[0]) {
                case "zone" -> zone = parts[1];
                case "dayFirst" -> dayFirst = Boolean.valueOf(parts[1]);
                default -> overrides.put(parts[0], parts[1]);
            }
        }
        return rules(zone, dayFirst, overrides);
    }

    private static Feed.Dates rules(@Nullable String zone, @Nullable Boolean dayFirst, Map<String, String> overrides) {
        return new Feed.Dates(zone, dayFirst, overrides, null);
    }

    record Row(String raw, List<String> expected, String rules) {
        static Row of(List<String> fields) {
            return fields.get(1).equals("-")
                    ? new Row(fields.getFirst(), List.of("-"), "-")
                    : new Row(
                            fields.getFirst(),
                            List.of(fields.get(1), fields.get(2), fields.get(3), at(fields, 4)),
                            at(fields, 5));
        }

        private static String at(List<String> fields, int index) {
            return fields.size() > index ? fields.get(index) : "-";
        }

        @Override
        public String toString() {
            return rules.equals("-") ? raw : raw + " with " + rules;
        }
    }
}
