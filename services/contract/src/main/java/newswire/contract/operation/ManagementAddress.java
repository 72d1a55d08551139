package newswire.contract.operation;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Health and metrics with a port of their own are reached where the rest is, if nobody says otherwise: Spring would listen for
 * them at every address.
 */
final class ManagementAddress implements EnvironmentPostProcessor {
    private static final String ADDRESS = "management.server.address";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var port = environment.getProperty("management.server.port");
        var address = environment.getProperty("server.address");
        boolean own = port != null && ("0".equals(port) || !port.equals(environment.getProperty("server.port")));
        if (own && address != null && !environment.containsProperty(ADDRESS)) {
            environment.getPropertySources().addLast(new MapPropertySource(ADDRESS, Map.of(ADDRESS, address)));
        }
    }
}
