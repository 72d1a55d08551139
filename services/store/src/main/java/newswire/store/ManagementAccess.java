package newswire.store;

import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * The same keys at {@code management.server.port}, which Spring serves with a context of its own that knows no filters of
 * ours. Named in {@code META-INF/spring}, as that context scans no packages. At the same port the filters have their own order,
 * which puts {@link SecurityHeaders} first.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class ManagementAccess {
    @Bean
    FilterRegistrationBean<AccessFilter> managementAccess(AccessFilter filter) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
        return registration;
    }
}
