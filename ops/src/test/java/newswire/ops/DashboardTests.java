package newswire.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dashboards and alerts ask for what there is; that each has data is seen by {@code ops/check-compose}. */
class DashboardTests {
    private static final Path FOLDER = Manifests.ROOT.resolve("ops/grafana/dashboards");
    private static final Pattern OURS = Pattern.compile("\\b(newswire|normalizer|store)_[a-z_]+");
    private static final Pattern METER = Pattern.compile("\"((newswire|normalizer|store)\\.[a-z.]+)\"");

    /** What Prometheus makes of a meter's name, by its kind. */
    private static final String SUFFIX = "_(total|seconds_(bucket|count|sum|max))$";

    static Stream<Path> dashboards() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    private static JsonObject read(Path file) {
        try {
            return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static Stream<JsonObject> panels(Path dashboard) {
        return read(dashboard).getAsJsonArray("panels").asList().stream().map(JsonElement::getAsJsonObject);
    }

    @Test
    void thereIsOneForEachPart() throws IOException {
        assertThat(dashboards().map(file -> read(file).get("uid").getAsString()))
                .containsExactlyInAnyOrder(
                        "newswire",
                        "newswire-feeds",
                        "newswire-pipeline",
                        "newswire-pushes",
                        "newswire-runtime",
                        "newswire-store");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelHasATitleOfItsOwnAndAQuery(Path dashboard) {
        assertThat(panels(dashboard).map(panel -> panel.get("title").getAsString()))
                .doesNotHaveDuplicates();
        assertThat(panels(dashboard).map(panel -> panel.getAsJsonArray("targets")))
                .allSatisfy(targets -> assertThat(targets).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void itAsksForMetersThatThereAre(Path dashboard) throws IOException {
        var queries = panels(dashboard)
                .flatMap(panel -> panel.getAsJsonArray("targets").asList().stream())
                .map(target -> target.getAsJsonObject().get("expr").getAsString())
                .collect(Collectors.joining("\n"));
        assertThat(named(queries)).isSubsetOf(meters());
    }

    @Test
    void alertsAskForMetersThatThereAre() throws IOException {
        var rules = Files.readString(Manifests.ROOT.resolve("ops/prometheus/alerts.yml"));
        assertThat(named(rules)).isNotEmpty().isSubsetOf(meters());
    }

    private static Set<String> named(String queries) {
        return OURS.matcher(queries)
                .results()
                .map(MatchResult::group)
                .map(metric -> metric.replaceFirst(SUFFIX, ""))
                .collect(Collectors.toSet());
    }

    /** As the services' code names them. */
    private static Set<String> meters() throws IOException {
        try (var files = Files.walk(Manifests.ROOT.resolve("services"))) {
            return files.filter(file ->
                            file.toString().endsWith(".java") && file.toString().contains("/src/main/"))
                    .flatMap(file -> names(file).stream())
                    .collect(Collectors.toSet());
        }
    }

    private static List<String> names(Path file) {
        try {
            return METER.matcher(Files.readString(file))
                    .results()
                    .map(found -> found.group(1).replace('.', '_'))
                    .toList();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
