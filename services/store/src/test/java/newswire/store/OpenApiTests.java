package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.Yaml;

/** The API's description names every operation that there is, and none that there is not. */
class OpenApiTests {

    @Test
    void hasEveryOperation() throws Exception {
        assertThat(described()).isEqualTo(mapped());
    }

    private static Set<String> described() throws IOException {
        var operations = new TreeSet<String>();
        paths().forEach((path, item) -> item.keySet().forEach(method -> operations.add(method + " " + path)));
        return operations;
    }

    private static Map<String, Map<String, Object>> paths() throws IOException {
        try (InputStream yaml = OpenApiTests.class.getResourceAsStream("/newswire/store/openapi.yaml")) {
            Map<String, Map<String, Map<String, Object>>> document =
                    new Yaml().load(java.util.Objects.requireNonNull(yaml));
            return document.getOrDefault("paths", Map.of());
        }
    }

    private static Set<String> mapped() throws ClassNotFoundException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        var operations = new TreeSet<String>();
        for (BeanDefinition bean : scanner.findCandidateComponents("newswire.store")) {
            var controller = Class.forName(String.valueOf(bean.getBeanClassName()));
            var base = AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
            for (var method : controller.getDeclaredMethods()) {
                var mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping != null) {
                    add(base == null ? "" : base.path()[0], mapping, operations);
                }
            }
        }
        return operations;
    }

    private static void add(String base, RequestMapping mapping, Set<String> operations) {
        var paths = mapping.path().length == 0 ? new String[] {""} : mapping.path();
        for (var path : paths) {
            for (var method : mapping.method()) {
                if ((base + path).startsWith("/api/")) { // all else are pages
                    operations.add(method.name().toLowerCase(java.util.Locale.ROOT) + " " + base + path);
                }
            }
        }
    }
}
