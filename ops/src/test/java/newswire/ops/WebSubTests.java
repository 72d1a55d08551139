package newswire.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Who calls from outside comes to the door of pushes and nowhere else. */
@NullUnmarked // see Manifests
class WebSubTests {
    private final Manifests manifests = Manifests.of(Manifests.ROOT.resolve("k8s/websub"));

    @Test
    void theIngressLeadsToTheDoorOfTheFetcherOnly() {
        var spec = ingress().getSpec();
        assertThat(spec.getDefaultBackend()).isNull();
        assertThat(spec.getRules())
                .flatMap(rule -> rule.getHttp().getPaths())
                .singleElement()
                .satisfies(path -> {
                    assertThat(path.getPath()).isEqualTo("/websub");
                    assertThat(path.getPathType()).isEqualTo("Prefix");
                    assertThat(path.getBackend().getService().getName()).isEqualTo("fetcher");
                });
    }

    @Test
    void hubsAreGivenTheHostThatTheCertificateIsFor() {
        var callback = manifests
                .containers()
                .flatMap(container -> Stream.ofNullable(container.getEnv()).flatMap(List::stream))
                .filter(variable -> variable.getName().equals("FETCHER_WEBSUB_CALLBACK"))
                .map(variable -> URI.create(variable.getValue()))
                .toList();
        assertThat(callback).singleElement().satisfies(url -> {
            assertThat(url.getScheme()).isEqualTo("https");
            assertThat(ingress().getSpec().getTls())
                    .flatMap(tls -> tls.getHosts())
                    .containsExactly(url.getHost());
            assertThat(ingress().getSpec().getRules()).extracting("host").containsExactly(url.getHost());
        });
    }

    private V1Ingress ingress() {
        return manifests.ofKind("Ingress", V1Ingress.class).findAny().orElseThrow();
    }

    @Test
    void besidesPrometheusOnlyTheIngressControllerReachesTheFetcher() {
        assertThat(manifests
                        .ofKind("NetworkPolicy", V1NetworkPolicy.class)
                        .filter(policy ->
                                Stream.ofNullable(policy.getSpec().getIngress()).anyMatch(rules -> !rules.isEmpty()))
                        .filter(WebSubTests::isOfTheFetcher)
                        .map(policy -> policy.getMetadata().getName()))
                .containsExactlyInAnyOrder("from-prometheus", "from-ingress");
    }

    private static boolean isOfTheFetcher(V1NetworkPolicy policy) {
        var labels = policy.getSpec().getPodSelector().getMatchLabels();
        return "fetcher".equals(labels.get("app.kubernetes.io/name"))
                || "newswire".equals(labels.get("app.kubernetes.io/part-of"));
    }
}
