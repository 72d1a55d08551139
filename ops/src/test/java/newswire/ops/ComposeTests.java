package newswire.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The compose file gives away no more of the machine than it must. */
class ComposeTests {
    private final Map<String, JsonObject> services = Manifests.documents(Manifests.ROOT.resolve("docker-compose.yml"))
            .getFirst()
            .getAsJsonObject("services")
            .asMap()
            .entrySet()
            .stream()
            .collect(Collectors.toMap(
                    Map.Entry::getKey, service -> service.getValue().getAsJsonObject()));

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
