package newswire.ops;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the compiler wrote down of one component of a record of settings.
 *
 * @param type of its value, as a Java class
 * @param byDefault empty if it is absent unless set
 * @param meaning from the record's documentation
 */
record Setting(String name, String type, String byDefault, String meaning) {
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    /** All settings of all services, by name. */
    static List<Setting> all() {
        try {
            var settings = new ArrayList<Setting>();
            for (var file : Collections.list(Setting.class.getClassLoader().getResources(METADATA))) {
                settings.addAll(of(file));
            }
            return settings.stream().sorted((a, b) -> a.name.compareTo(b.name)).toList();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static List<Setting> of(URL file) throws IOException {
        try (var reader = new InputStreamReader(file.openStream(), StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(reader).getAsJsonObject().getAsJsonArray("properties").asList().stream()
                    .map(JsonElement::getAsJsonObject)
                    .filter(property -> text(property.get("sourceType")).startsWith("newswire."))
                    .map(Setting::of)
                    .toList();
        }
    }

    private static Setting of(JsonObject property) {
        return new Setting(
                property.get("name").getAsString(),
                property.get("type").getAsString(),
                text(property.get("defaultValue")).replaceAll("^\\[|]$", "").replace(", ", ","),
                text(property.get("description")));
    }

    private static String text(@Nullable JsonElement value) {
        return switch (value) {
            case null -> "";
            case JsonArray many ->
                many.asList().stream().map(JsonElement::getAsString).collect(Collectors.joining(","));
            default -> value.getAsString();
        };
    }

    /** The environment variable that sets it. */
    String variable() {
        return name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    /** How its value is written. */
    String unit() {
        return switch (type.replaceFirst(".*?([A-Za-z]+<?)", "$1").replaceAll("^(?:[a-z]+\\.)+", "")) {
            case "Duration" -> "duration";
            case "DataSize" -> "size";
            case "Integer", "Long", "Short", "Double" -> "number";
            case "Boolean" -> "true, false";
            case "String" -> "text";
            case "Path" -> "file";
            case "URI" -> "URL";
            case "List<java.lang.String>", "Set<java.lang.String>" -> "texts, with commas";
            case "Set<java.lang.Integer>" -> "numbers, with commas";
            case "Feed$Http$Robots" -> "IGNORE, WARN, ENFORCE";
            case String other -> other;
        };
    }
}
