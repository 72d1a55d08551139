package newswire.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever is woken up finds what to do. */
class AlertTests {
    private static final Path PROMETHEUS = Manifests.ROOT.resolve("ops/prometheus");

    static List<String> alerts() {
        return Manifests.documents(PROMETHEUS.resolve("alerts.yml"))
                .getFirst()
                .getAsJsonArray("groups")
                .asList()
                .stream()
                .flatMap(group -> group.getAsJsonObject().getAsJsonArray("rules").asList().stream())
                .map(JsonElement::getAsJsonObject)
                .map(AlertTests::name)
                .toList();
    }

    private static String name(JsonObject rule) {
        return rule.get("alert").getAsString();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void everyAlertHasASectionOfTheRunbook(String alert) throws IOException {
        assertThat(Files.readAllLines(Manifests.ROOT.resolve("docs/operations.md")))
                .containsOnlyOnce("### " + alert);
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void everyAlertHasATestInWhichItFires(String alert) throws IOException {
        assertThat(Files.readString(PROMETHEUS.resolve("alerts-tests.yml")).replaceAll("\\s+", " "))
                .containsPattern("alertname: " + alert + " eval_time: \\S+ exp_alerts: - exp_labels");
    }
}
