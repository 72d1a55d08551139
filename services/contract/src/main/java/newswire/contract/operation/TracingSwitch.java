package newswire.contract.operation;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/** Leaves out all of Spring Boot's tracing unless it is asked for: off, it costs neither time nor memory. */
final class TracingSwitch implements AutoConfigurationImportFilter, EnvironmentAware {
    static final String SWITCH = "management.tracing.export.enabled";

    private boolean on;

    @Override
    public void setEnvironment(Environment environment) {
        on = environment.getProperty(SWITCH, Boolean.class, false);
    }

    @Override
    public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
        var kept = new boolean[classes.length];
        for (int i = 0; i < kept.length; i++) {
            var name = classes[i];
            kept[i] = on || name == null || !isOfTracing(name);
        }
        return kept;
    }

    private static boolean isOfTracing(String name) {
        return name.startsWith("org.springframework.boot.micrometer.tracing.")
                || name.startsWith("org.springframework.boot.opentelemetry.");
    }
}
