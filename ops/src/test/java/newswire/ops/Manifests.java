package newswire.ops;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.yaml.snakeyaml.Yaml;

/** The objects that a folder of {@code k8s/} stands for: its kustomization's resources, and theirs. */
@NullUnmarked // in Kubernetes' classes every value may be null; one that is fails the test that reads it
record Manifests(List<JsonObject> objects) {
    /** The project's root, seen from this module. */
    static final Path ROOT = Path.of("..");

    /** What a patch takes away is null. */
    private static final Gson WITH_NULLS = new GsonBuilder().serializeNulls().create();

    static Manifests of(Path folder) {
        var objects = new ArrayList<JsonObject>();
        var kustomization = documents(folder.resolve("kustomization.yaml")).getFirst();
        for (var resource : kustomization.getAsJsonArray("resources")) {
            var path = folder.resolve(resource.getAsString());
            objects.addAll(Files.isDirectory(path) ? of(path).objects() : documents(path));
        }
        patches(folder).forEach(patch -> apply(patch, objects));
        return new Manifests(List.copyOf(objects));
    }

    private static List<JsonObject> patches(Path folder) {
        var patches = documents(folder.resolve("kustomization.yaml")).getFirst().getAsJsonArray("patches");
        return patches == null
                ? List.of()
                : patches.asList().stream()
                        .map(patch -> patch.getAsJsonObject().get("path").getAsString())
                        .flatMap(file -> documents(folder.resolve(file)).stream())
                        .toList();
    }

    private static void apply(JsonObject patch, List<JsonObject> objects) {
        var patched = objects.stream()
                .filter(object -> describe(object).equals(describe(patch)))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("a patch of nothing: " + describe(patch)));
        StrategicMerge.into(patched, patch);
    }

    /** The documents of one YAML file. */
    static List<JsonObject> documents(Path file) {
        try (var reader = Files.newBufferedReader(file)) {
            var documents = new ArrayList<JsonObject>();
            new Yaml()
                    .loadAll(reader)
                    .forEach(document ->
                            documents.add(WITH_NULLS.toJsonTree(document).getAsJsonObject()));
            return documents;
        } catch (IOException ex) {
            throw new UncheckedIOException("cannot read '" + file + "'", ex);
        }
    }

    /** Throws where Kubernetes' schema of the object's kind knows a field not, or lacks one that it must have. */
    static void validate(JsonObject object) {
        if (CustomKinds.include(object)) {
            CustomKinds.validate(object);
            return;
        }
        try {
            var type = type(object);
            type.getMethod("validateJsonElement", JsonElement.class).invoke(null, object);
            var _ = JSON.getGson().fromJson(object, type);
        } catch (InvocationTargetException ex) {
            throw new IllegalArgumentException(describe(object) + ": " + ex.getCause(), ex);
        } catch (ReflectiveOperationException ex) {
            throw new IllegalArgumentException("no such kind of object: " + describe(object), ex);
        }
    }

    private static Class<?> type(JsonObject object) throws ClassNotFoundException {
        var apiVersion = object.get("apiVersion").getAsString();
        var version = apiVersion.substring(apiVersion.indexOf('/') + 1).replaceFirst("^v", "V");
        return Class.forName("io.kubernetes.client.openapi.models." + version
                + object.get("kind").getAsString());
    }

    static String describe(JsonObject object) {
        return object.get("kind").getAsString() + " "
                + object.getAsJsonObject("metadata").get("name").getAsString();
    }

    <T> Stream<T> ofKind(String kind, Class<T> type) {
        return objects.stream()
                .filter(object -> object.get("kind").getAsString().equals(kind))
                .map(object -> JSON.getGson().fromJson(object, type));
    }

    /** The pods of every workload. */
    Stream<V1PodTemplateSpec> pods() {
        return Stream.concat(
                ofKind("Deployment", V1Deployment.class)
                        .map(deployment -> deployment.getSpec().getTemplate()),
                ofKind("StatefulSet", V1StatefulSet.class)
                        .map(set -> set.getSpec().getTemplate()));
    }

    Stream<V1Container> containers() {
        return pods().flatMap(pod -> pod.getSpec().getContainers().stream());
    }

    /** The names under a key of an object, a list's elements counted as names. */
    static Stream<String> names(JsonElement element) {
        return element instanceof JsonArray array
                ? array.asList().stream().map(JsonElement::getAsString)
                : element.getAsJsonObject().keySet().stream();
    }
}
