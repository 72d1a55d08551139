package newswire.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** The production overlay hangs together: with itself, with the contract's topics, and with the alert rules. */
@NullUnmarked // see Manifests
class ProductionTests {
    private static final List<String> SERVICES = List.of("fetcher", "normalizer", "store");

    private final Manifests production = Manifests.of(Manifests.ROOT.resolve("k8s/production"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        kafka.strimzi.io/v1      | KafkaTopic    | {"partitons": 12}                                    | partitons
        monitoring.coreos.com/v1 | ServiceMonitor| {"endpoints": [{"prt": "http"}]}                     | prt
        keda.sh/v1alpha1         | ScaledObject  | {"scaleTargetRef": {"name": "x"}, "triggrs": []}     | triggrs
        postgresql.cnpg.io/v1    | Cluster       | {"instances": "three"}                               | instances
        example.com/v1           | Thing         | {}                                                   | no such kind
        """)
    void whatAnOperatorDoesNotKnowIsRefused(String version, String kind, String spec, String fault) {
        var object = JsonParser.parseString("""
                {"apiVersion": "%s", "kind": "%s", "metadata": {"name": "x"}, "spec": %s}
                """.formatted(version, kind, spec)).getAsJsonObject();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifests.validate(object))
                .withMessageContaining(fault);
    }

    @Test
    void topicsAreThoseOfTheContract() throws IOException {
        try (var text = ProductionTests.class.getResourceAsStream("/newswire/contract/asyncapi.yaml")) {
            var contract = new com.google.gson.Gson()
                    .toJsonTree(new Yaml().<Object>load(new String(text.readAllBytes(), StandardCharsets.UTF_8)))
                    .getAsJsonObject();
            assertThat(ofKind("KafkaTopic").map(ProductionTests::topic))
                    .containsExactlyInAnyOrderElementsOf(contract.getAsJsonObject("channels").asMap().values().stream()
                            .map(channel -> channel.getAsJsonObject()
                                    .getAsJsonObject("bindings")
                                    .getAsJsonObject("kafka"))
                            .map(kafka -> new Topic(
                                    kafka.get("topic").getAsString(),
                                    kafka.get("partitions").getAsInt(),
                                    kafka.get("replicas").getAsInt(),
                                    settings(kafka.getAsJsonObject("topicConfiguration"))))
                            .toList());
        }
    }

    private record Topic(String name, int partitions, int replicas, Set<String> settings) {}

    private static Topic topic(JsonObject object) {
        var spec = object.getAsJsonObject("spec");
        return new Topic(
                name(object),
                spec.get("partitions").getAsInt(),
                spec.get("replicas").getAsInt(),
                settings(spec.getAsJsonObject("config")));
    }

    private static Set<String> settings(JsonObject config) {
        return config.entrySet().stream()
                .map(setting -> setting.getKey() + "="
                        + (setting.getValue().isJsonArray()
                                ? Manifests.names(setting.getValue()).collect(Collectors.joining(","))
                                : setting.getValue().getAsString()))
                .collect(Collectors.toSet());
    }

    @Test
    void everyServiceIsAUserThatMayWriteWhatItWrites() {
        assertThat(ofKind("KafkaUser").map(ProductionTests::name)).contains("fetcher", "normalizer", "store");
        assertThat(allowed("fetcher"))
                .contains("news.raw-article.v1 Write", "news.feed-state.v1 Write", "news.feed.v1 Read");
        assertThat(allowed("fetcher")).doesNotContain("news.article.v1 Write", "news.feed.v1 Write");
        assertThat(allowed("normalizer")).contains("news.raw-article.v1 Read", "news.article.v1 Write");
        assertThat(allowed("normalizer")).doesNotContain("news.feed.v1 Write", "news.raw-article.v1 Write");
        assertThat(allowed("store")).contains("news.article.v1 Read", "news.feed.v1 Write");
        for (var service : SERVICES) {
            assertThat(allowed(service)).contains("news. Describe", "news.dead-letter.v1 Write", service + " Read");
        }
    }

    private Set<String> allowed(String user) {
        var allowed = new HashSet<String>();
        ofKind("KafkaUser")
                .filter(object -> name(object).equals(user))
                .forEach(object -> object.getAsJsonObject("spec")
                        .getAsJsonObject("authorization")
                        .getAsJsonArray("acls")
                        .forEach(acl -> Manifests.names(acl.getAsJsonObject().get("operations"))
                                .forEach(operation -> allowed.add(acl.getAsJsonObject()
                                                .getAsJsonObject("resource")
                                                .get("name")
                                                .getAsString()
                                        + " " + operation))));
        return allowed;
    }

    @Test
    void alertsAreThoseOfTheRulesFile() {
        var file = Manifests.documents(Manifests.ROOT.resolve("ops/prometheus/alerts.yml"))
                .getFirst();
        assertThat(ofKind("PrometheusRule").map(rule -> rule.getAsJsonObject("spec")))
                .containsExactly(file);
    }

    @Test
    void everyServiceScalesAndOnlyTheAutoscalerSaysHowMany() {
        var scaled = Stream.concat(ofKind("HorizontalPodAutoscaler"), ofKind("ScaledObject"))
                .map(object -> object.getAsJsonObject("spec")
                        .getAsJsonObject("scaleTargetRef")
                        .get("name")
                        .getAsString())
                .toList();
        assertThat(scaled).containsExactlyInAnyOrderElementsOf(SERVICES);
        assertThat(production.ofKind("Deployment", V1Deployment.class))
                .allSatisfy(deployment ->
                        assertThat(deployment.getSpec().getReplicas()).isNull());
    }

    @Test
    void nobodyHasMoreInstancesThanThereArePartitions() {
        assertThat(Stream.concat(
                                ofKind("HorizontalPodAutoscaler")
                                        .map(object ->
                                                object.getAsJsonObject("spec").get("maxReplicas")),
                                ofKind("ScaledObject")
                                        .map(object ->
                                                object.getAsJsonObject("spec").get("maxReplicaCount")))
                        .map(JsonElement::getAsInt))
                .containsOnly(12);
    }

    @Test
    void podsSpreadOverZonesAndNodes() {
        assertThat(production.pods())
                .hasSize(3)
                .allSatisfy(pod -> assertThat(pod.getSpec().getTopologySpreadConstraints())
                        .extracting("topologyKey")
                        .containsExactlyInAnyOrder("kubernetes.io/hostname", "topology.kubernetes.io/zone"));
    }

    @Test
    void secretsComeByReferenceOnly() {
        assertThat(ofKind("Secret")).isEmpty();
        assertThat(production.containers().flatMap(ProductionTests::variables))
                .extracting(V1EnvVar::getName)
                .noneMatch(name -> name.endsWith("PASSWORD"));
    }

    private static Stream<V1EnvVar> variables(V1Container container) {
        return container.getEnv() == null ? Stream.empty() : container.getEnv().stream();
    }

    @Test
    void everyMountHasItsVolume() {
        assertThat(production.pods()).allSatisfy(pod -> {
            var volumes =
                    pod.getSpec().getVolumes().stream().map(V1Volume::getName).toList();
            assertThat(pod.getSpec().getContainers().getFirst().getVolumeMounts())
                    .extracting(V1VolumeMount::getName)
                    .isSubsetOf(volumes);
        });
    }

    @Test
    void onlyTheFetcherLeavesTheClusterAndNobodyReachesPrivateAddresses() {
        var leaving = policies()
                .filter(policy -> egress(policy).anyMatch(Objects::nonNull))
                .toList();
        assertThat(leaving).extracting(policy -> policy.getMetadata().getName()).containsExactly("fetcher-to-feeds");
        assertThat(leaving.getFirst().getSpec().getPodSelector().getMatchLabels())
                .containsExactlyEntriesOf(java.util.Map.of("app.kubernetes.io/name", "fetcher"));
        assertThat(egress(leaving.getFirst()).filter(Objects::nonNull))
                .satisfiesExactly(
                        v4 -> {
                            assertThat(v4.getCidr()).isEqualTo("0.0.0.0/0");
                            assertThat(v4.getExcept())
                                    .contains(
                                            "10.0.0.0/8",
                                            "100.64.0.0/10",
                                            "127.0.0.0/8",
                                            "169.254.0.0/16",
                                            "172.16.0.0/12",
                                            "192.168.0.0/16");
                        },
                        v6 -> assertThat(v6.getCidr()).isEqualTo("2000::/3"));
    }

    private Stream<V1NetworkPolicy> policies() {
        return production.ofKind("NetworkPolicy", V1NetworkPolicy.class);
    }

    private static Stream<io.kubernetes.client.openapi.models.V1IPBlock> egress(V1NetworkPolicy policy) {
        return Stream.ofNullable(policy.getSpec().getEgress())
                .flatMap(List::stream)
                .flatMap(rule -> Stream.ofNullable(rule.getTo()).flatMap(List::stream))
                .map(peer -> peer.getIpBlock());
    }

    @Test
    void everyEgressNamesWhereTo() {
        assertThat(policies()
                        .flatMap(policy -> Stream.ofNullable(policy.getSpec().getEgress()))
                        .flatMap(List::stream))
                .isNotEmpty()
                .allSatisfy(rule -> {
                    assertThat(rule.getTo()).isNotEmpty();
                    assertThat(rule.getPorts()).isNotEmpty();
                });
    }

    private Stream<JsonObject> ofKind(String kind) {
        return production.objects().stream()
                .filter(object -> object.get("kind").getAsString().equals(kind));
    }

    private static String name(JsonObject object) {
        return object.getAsJsonObject("metadata").get("name").getAsString();
    }
}
