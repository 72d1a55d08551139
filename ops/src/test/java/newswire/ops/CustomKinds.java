package newswire.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.JsonObject;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The kinds of object that operators add to Kubernetes: by their operators' Java classes, or else by a schema of what we use of them. */
final class CustomKinds {
    private static final Map<String, Class<?>> CLASSES = Map.of(
            "kafka.strimzi.io/v1 Kafka", Kafka.class,
            "kafka.strimzi.io/v1 KafkaNodePool", KafkaNodePool.class,
            "kafka.strimzi.io/v1 KafkaTopic", KafkaTopic.class,
            "kafka.strimzi.io/v1 KafkaUser", KafkaUser.class,
            "monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class,
            "monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class);

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .annotationIntrospector(new NothingElse())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private CustomKinds() {}

    /** The classes would keep what they do not know; here it is refused. */
    private static final class NothingElse extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    /** Whether an object is of such a kind. */
    static boolean include(JsonObject object) {
        return object.get("apiVersion").getAsString().matches("(?!.*\\.k8s\\.io/).*\\..*/.*");
    }

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException if it has what its kind does not know, or lacks what a schema asks for
     */
    static void validate(JsonObject object) {
        var version = object.get("apiVersion").getAsString();
        var kind = object.get("kind").getAsString();
        var type = CLASSES.get(version + " " + kind);
        if (type == null) {
            validate(object, version.substring(0, version.indexOf('/')) + "-" + kind);
            return;
        }
        try {
            var _ = STRICT.readValue(object.toString(), type);
        } catch (JsonProcessingException ex) {
            throw new IllegalArgumentException(Manifests.describe(object) + ": " + ex.getOriginalMessage(), ex);
        }
    }

    private static void validate(JsonObject object, String schema) {
        try (var text = CustomKinds.class.getResourceAsStream("/crd/" + schema + ".json")) {
            if (text == null) {
                throw new IllegalArgumentException("no such kind of object: " + Manifests.describe(object));
            }
            var faults = SCHEMAS.getSchema(new String(text.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON)
                    .validate(object.toString(), InputFormat.JSON);
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException(Manifests.describe(object) + ": " + faults);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
