package newswire.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every folder under {@code k8s/} holds what Kubernetes accepts, and what the compose file says too. */
@NullUnmarked // see Manifests
class ManifestsTests {
    private static final Path K8S = Manifests.ROOT.resolve("k8s");

    private final Manifests small = Manifests.of(K8S.resolve("small"));
    private final JsonObject compose = Manifests.documents(Manifests.ROOT.resolve("docker-compose.yml"))
            .getFirst()
            .getAsJsonObject("services");

    static Stream<Path> folders() throws IOException {
        try (var folders = Files.list(K8S)) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyObjectIsValid(Path folder) {
        assertThat(Manifests.of(folder).objects())
                .isNotEmpty()
                .allSatisfy(object ->
                        assertThatCode(() -> Manifests.validate(object)).doesNotThrowAnyException());
    }

    @ParameterizedTest
    @MethodSource("folders")
    void noObjectIsThereTwice(Path folder) {
        assertThat(Manifests.of(folder).objects().stream().map(Manifests::describe))
                .doesNotHaveDuplicates();
    }

    @Test
    void aFieldThatKubernetesDoesNotKnowIsRefused() {
        var misspelt = JsonParser.parseString("""
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "store"},
                 "spec": {"ports": [{"port": 80, "targetPrt": "http"}]}}
                """).getAsJsonObject();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifests.validate(misspelt))
                .withMessageContaining("targetPrt");
    }

    @Test
    void podsKeepToTheRestrictedStandardAndWriteToVolumesOnly() {
        assertThat(small.pods()).hasSize(5).allSatisfy(pod -> {
            var spec = pod.getSpec();
            assertThat(spec.getAutomountServiceAccountToken()).isFalse();
            assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(spec.getContainers()).allSatisfy(ManifestsTests::isRestricted);
        });
    }

    private static void isRestricted(V1Container container) {
        var context = container.getSecurityContext();
        assertThat(context.getAllowPrivilegeEscalation()).isFalse();
        assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
        // Kafka's image writes its settings beside its programs.
        assertThat(Boolean.TRUE.equals(context.getReadOnlyRootFilesystem()))
                .isEqualTo(!container.getName().equals("kafka"));
    }

    @Test
    void everyContainerIsProbedAndBounded() {
        assertThat(small.containers()).allSatisfy(container -> {
            assertThat(container.getStartupProbe()).isNotNull();
            assertThat(container.getLivenessProbe()).isNotNull();
            assertThat(container.getReadinessProbe()).isNotNull();
            assertThat(container.getResources().getLimits().get("memory"))
                    .isEqualTo(container.getResources().getRequests().get("memory"));
        });
    }

    @Test
    void servicesAndBudgetsSelectPodsThatExist() {
        var labels = small.pods().map(pod -> pod.getMetadata().getLabels()).toList();
        var selectors = Stream.concat(
                small.ofKind("Service", V1Service.class)
                        .map(service -> service.getSpec().getSelector()),
                small.ofKind("PodDisruptionBudget", V1PodDisruptionBudget.class)
                        .map(budget -> budget.getSpec().getSelector().getMatchLabels()));
        assertThat(selectors)
                .hasSize(8)
                .allSatisfy(selector ->
                        assertThat(labels).anyMatch(pod -> pod.entrySet().containsAll(selector.entrySet())));
    }

    @Test
    void everyDeploymentHasABudget() {
        assertThat(small.ofKind("Deployment", V1Deployment.class)
                        .map(deployment -> deployment.getMetadata().getName()))
                .containsExactlyInAnyOrderElementsOf(small.ofKind("PodDisruptionBudget", V1PodDisruptionBudget.class)
                        .map(budget -> budget.getMetadata().getName())
                        .toList());
    }

    @Test
    void settingsThatArePointedToExist() {
        var keys = small.ofKind("ConfigMap", V1ConfigMap.class)
                .flatMap(map -> map.getData().keySet().stream())
                .collect(Collectors.toSet());
        assertThat(small.containers()
                        .flatMap(container -> container.getEnv().stream())
                        .filter(variable -> variable.getValueFrom() != null)
                        .map(variable ->
                                variable.getValueFrom().getConfigMapKeyRef().getKey()))
                .isNotEmpty()
                .allMatch(keys::contains);
    }

    @Test
    void runsTheImagesOfTheComposeFile() {
        var images = small.containers().collect(Collectors.toMap(V1Container::getName, V1Container::getImage));
        assertThat(images)
                .isEqualTo(compose.asMap().entrySet().stream()
                        .filter(service -> images.containsKey(service.getKey()))
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                service -> service.getValue()
                                        .getAsJsonObject()
                                        .get("image")
                                        .getAsString())));
    }

    @Test
    void theImagesAreOfThisVersion() throws IOException {
        var pom = Files.readString(Manifests.ROOT.resolve("pom.xml"));
        var version = pom.replaceFirst("(?s).*?<artifactId>newswire</artifactId>\\s*<version>([^<]+)<.*", "$1");
        assertThat(small.containers().map(V1Container::getImage).filter(image -> image.startsWith("newswire/")))
                .containsExactlyInAnyOrder(
                        "newswire/fetcher:" + version, "newswire/normalizer:" + version, "newswire/store:" + version);
    }

    @Test
    void setsWhatTheComposeFileSets() {
        for (var service : List.of("fetcher", "normalizer", "store")) {
            assertThat(variables(service))
                    .isEqualTo(Manifests.names(compose.getAsJsonObject(service).get("environment"))
                            .filter(name -> !name.equals("STORE_FEEDS")) // a ConfigMap, where there is one
                            .collect(Collectors.toSet()));
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void theStoreIsNowhereOpenAndHasItsFirstKeysFromASecret(Path folder) {
        var stores = Manifests.of(folder)
                .pods()
                .filter(pod -> "store".equals(pod.getMetadata().getLabels().get("app.kubernetes.io/name")))
                .toList();
        assertThat(stores).singleElement().satisfies(pod -> {
            var container = pod.getSpec().getContainers().getFirst();
            assertThat(container.getEnv()).extracting(V1EnvVar::getName).doesNotContain("STORE_ACCESS_OPEN");
            assertThat(pod.getSpec().getVolumes())
                    .filteredOn(volume -> volume.getName().equals("access"))
                    .singleElement()
                    .satisfies(volume -> assertThat(volume.getSecret().getItems())
                            .extracting("path")
                            .containsExactly("store.access.admin-key", "store.access.read-key"));
        });
    }

    private Set<String> variables(String service) {
        return small.containers()
                .filter(container -> container.getName().equals(service))
                .flatMap(container -> container.getEnv().stream())
                .map(V1EnvVar::getName)
                .collect(Collectors.toSet());
    }
}
