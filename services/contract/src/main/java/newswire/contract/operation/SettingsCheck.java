package newswire.contract.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Ends the start over a setting that nothing reads: a misspelt one would leave its default in force without a word. A
 * service knows its own settings and the contract's, and passes over those of its neighbours.
 */
final class SettingsCheck implements BeanFactoryPostProcessor, PriorityOrdered {
    private final ConfigurableEnvironment environment;

    SettingsCheck(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        var known = new KnownSettings(Arrays.stream(beans.getBeanDefinitionNames())
                .<Class<?>>map(name -> beans.getType(name, false))
                .filter(Objects::nonNull)
                .filter(SettingsCheck::isOurs)
                .toList());
        var unknown = new ArrayList<UnknownSettingsException.Unknown>();
        environment.getPropertySources().forEach(source -> unknown.addAll(unknown(known, source)));
        if (!unknown.isEmpty()) {
            throw new UnknownSettingsException(unknown);
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type.isRecord()
                && type.getName().startsWith("newswire.")
                && type.isAnnotationPresent(ConfigurationProperties.class);
    }

    private static List<UnknownSettingsException.Unknown> unknown(KnownSettings known, PropertySource<?> source) {
        if (!(source instanceof EnumerablePropertySource<?> settings)) {
            return List.of();
        }
        return Arrays.stream(settings.getPropertyNames())
                .filter(test(known, source))
                .map(name -> new UnknownSettingsException.Unknown(name, source.getName(), known.nearest(name)))
                .toList();
    }

    /** Other programs keep their own things among the variables and in the JVM. */
    private static Predicate<String> test(KnownSettings known, PropertySource<?> source) {
        if (source instanceof SystemEnvironmentPropertySource) {
            return known::isUnknownVariable;
        }
        boolean shared = source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        return shared ? known::isUnknown : known::isUnknownOfOurs;
    }
}
