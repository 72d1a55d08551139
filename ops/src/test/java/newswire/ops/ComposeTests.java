package newswire.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The compose file gives away no more of the machine than it must. */
class ComposeTests {
    private final Map<String, JsonObject> services = services();

    /** Those of the compose file and, of the demo's, the one that it adds. */
    private static Map<String, JsonObject> services() {
        var all = new HashMap<>(services("docker-compose.yml"));
        services("ops/demo/compose.yml").forEach(all::putIfAbsent);
        return all;
    }

    private static Map<String, JsonObject> services(String file) {
        return Manifests.documents(Manifests.ROOT.resolve(file))
                .getFirst()
                .getAsJsonObject("services")
                .asMap()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, service -> service.getValue().getAsJsonObject()));
    }

    @Test
    void onlyTheDemoMayPollPrivateAddresses() {
        assertThat(services("docker-compose.yml").get("fetcher")).asString().doesNotContain("ALLOWED_ADDRESSES");
        assertThat(services("ops/demo/compose.yml").get("fetcher")).asString().contains("ALLOWED_ADDRESSES");
    }

    @Test
    void publishesOnLoopbackOnly() {
        assertThat(services.values()).allSatisfy(service -> {
            if (service.has("ports")) {
                assertThat(Manifests.names(service.get("ports"))).allMatch(port -> port.startsWith("127.0.0.1:"));
            }
        });
    }

    @Test
    void everyServiceIsConfinedAndBounded() {
        assertThat(services.values()).allSatisfy(service -> {
            assertThat(Manifests.names(service.get("cap_drop"))).containsExactly("ALL");
            assertThat(Manifests.names(service.get("security_opt"))).contains("no-new-privileges:true");
            assertThat(service.has("pids_limit")).isTrue();
            assertThat(service.has("mem_limit")).isTrue();
        });
    }

    @Test
    void onlyImagesOfOthersWriteToTheirRootFileSystem() {
        assertThat(services)
                .allSatisfy(
                        (name, service) -> assertThat(service.has("read_only")).isEqualTo(!name.equals("kafka")));
    }

    @Test
    void theStoreAsksForKeysAndHasItsFirstFromFiles() {
        assertThat(services).hasEntrySatisfying("store", store -> {
            assertThat(Manifests.names(store.get("environment"))).doesNotContain("STORE_ACCESS_OPEN");
            assertThat(Manifests.names(store.get("secrets")))
                    .contains("store.access.admin-key", "store.access.read-key");
        });
    }

    @Test
    void noPasswordIsWrittenDown() {
        assertThat(services.values()).allSatisfy(service -> {
            if (service.has("environment")) {
                assertThat(Manifests.names(service.get("environment")))
                        .noneMatch(variable -> variable.endsWith("PASSWORD"));
            }
        });
    }
}
