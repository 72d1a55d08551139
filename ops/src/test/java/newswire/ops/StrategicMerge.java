package newswire.ops;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/** Kustomize's way to lay a patch over an object, as far as our patches need it: elements of lists are matched by their key. */
final class StrategicMerge {
    /** What tells elements apart, in this order. A list whose elements have none of these is replaced. */
    private static final List<String> KEYS = List.of("mountPath", "topologyKey", "name");

    private StrategicMerge() {}

    /** Changes the object. */
    static void into(JsonObject object, JsonObject patch) {
        for (var change : patch.entrySet()) {
            var name = change.getKey();
            switch (change.getValue()) {
                case JsonElement value when value.isJsonNull() -> object.remove(name);
                case JsonObject inner when object.get(name) instanceof JsonObject present -> into(present, inner);
                case JsonArray list
                when object.get(name) instanceof JsonArray present && isKeyed(list) ->
                    list.forEach(element -> into(present, element.getAsJsonObject()));
                case JsonElement value -> object.add(name, value);
            }
        }
    }

    private static void into(JsonArray list, JsonObject element) {
        list.asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(present -> key(present).equals(key(element)))
                .findAny()
                .ifPresentOrElse(present -> into(present, element), () -> list.add(element));
    }

    private static boolean isKeyed(JsonArray list) {
        return list.asList().stream()
                .allMatch(element ->
                        element instanceof JsonObject object && KEYS.stream().anyMatch(object::has));
    }

    private static String key(JsonObject element) {
        return KEYS.stream()
                .filter(element::has)
                .map(key -> element.get(key).getAsString())
                .findFirst()
                .orElse("");
    }
}
