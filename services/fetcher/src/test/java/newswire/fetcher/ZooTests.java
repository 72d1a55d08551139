package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import newswire.contract.Feed;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Feed documents that are wrong in one way each: no entry that a person could read is lost, and every repair has a name.
 * {@code zoo/index.yml} says what is expected of each.
 */
class ZooTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Feed FEED = Feed.of(URI.create("https://news.example/feed"), NOW);

    @ParameterizedTest(name = "{0}")
    @MethodSource("specimens")
    void readsWhatAPersonCouldRead(Specimen specimen) throws Exception {
        var reading = FetcherApplication.read(FEED, specimen.bytes(), specimen.type(), NOW);
        assertThat(Result.of(reading)).as(specimen.toString()).isEqualTo(specimen.expected());
        var documents = reading.entries().stream().map(RawArticle::document).collect(Collectors.joining("\n"));
        assertThat(specimen.contains()).allMatch(documents::contains);
    }

    @Test
    void indexKnowsEverySpecimen() throws Exception {
        var zoo = Path.of(
                Objects.requireNonNull(ZooTests.class.getResource("/zoo")).toURI());
        try (var files = Files.walk(zoo)) {
            var names = files.filter(Files::isRegularFile)
                    .map(file -> zoo.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.equals("index.yml"))
                    .toList();
            assertThat(specimens().map(Specimen::file)).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    static Stream<Specimen> specimens() throws IOException {
        try (var index = open("index.yml")) {
            List<Map<String, Object>> specimens = new Yaml().load(index);
            return specimens.stream().map(Specimen::of);
        }
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(ZooTests.class.getResourceAsStream("/zoo/" + name), name);
    }

    /** What became of a document. Repairs are in alphabetical order. */
    record Result(String outcome, List<String> entries, List<String> repairs) {
        static Result of(FetcherApplication.Reading reading) {
            var problem = reading.problem();
            return new Result(
                    problem == null ? String.valueOf(reading.format()) : problem.code(),
                    reading.entries().stream()
                            .map(raw ->
                                    OneEntry.read(raw.document(), raw.format()).toString())
                            .toList(),
                    problem == null
                            ? reading.repairs().stream().distinct().sorted().toList()
                            : List.of());
        }
    }

    /** One document of the index. */
    record Specimen(String file, @Nullable String type, String wrong, Result expected, List<String> contains) {

        static Specimen of(Map<String, Object> specimen) {
            var error = text(specimen, "error");
            return new Specimen(
                    Objects.requireNonNull(text(specimen, "file")),
                    text(specimen, "type"),
                    Objects.requireNonNull(text(specimen, "wrong")),
                    new Result(
                            error == null ? String.valueOf(text(specimen, "format")) : error,
                            list(specimen, "entries"),
                            list(specimen, "repairs").stream().sorted().toList()),
                    list(specimen, "contains"));
        }

        byte[] bytes() throws IOException {
            try (var in = open(file)) {
                return in.readAllBytes();
            }
        }

        private static @Nullable String text(Map<String, Object> specimen, String name) {
            var value = specimen.get(name);
            return value == null ? null : value.toString();
        }

        private static List<String> list(Map<String, Object> specimen, String name) {
            return specimen.get(name) instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of();
        }

        @Override
        public String toString() {
            return file + ": " + wrong;
        }
    }
}
