package newswire.contract.operation;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/** What every service has for its operator. */
@AutoConfiguration(
        afterName =
                "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration")
class OperationAutoConfiguration {

    @Bean
    static SettingsCheck settingsCheck(ConfigurableEnvironment environment) {
        return new SettingsCheck(environment);
    }

    @Bean
    Traces traces(ObjectProvider<Tracer> tracer, ObjectProvider<Propagator> propagator) {
        var present = tracer.getIfAvailable();
        return present == null ? Traces.OFF : new Traces(present, propagator.getObject());
    }
}
