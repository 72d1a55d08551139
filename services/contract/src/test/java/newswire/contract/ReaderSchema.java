package newswire.contract;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Derives what a reader may rely on from what a writer keeps to: further properties are allowed, and so are further values
 * of what is enumerated or constant, for a newer minor version may bring both.
 */
final class ReaderSchema {
    private ReaderSchema() {}

    static ObjectNode of(JsonNode writer) {
        var reader = schema((ObjectNode) writer.deepCopy());
        reader.put("$id", writer.get("$id").stringValue() + ":reader");
        reader.put("title", writer.get("title").stringValue() + ", for readers");
        return reader;
    }

    private static ObjectNode schema(ObjectNode schema) {
        schema.remove("enum");
        schema.remove("const");
        if (schema.path("additionalProperties").isBoolean()) {
            schema.remove("additionalProperties");
        }
        for (var keyword : schema.propertyNames().toArray(String[]::new)) {
            switch (schema.get(keyword)) {
                case ObjectNode map
                when keyword.equals("properties") || keyword.equals("$defs") ->
                    map.values().forEach(value -> schema((ObjectNode) value));
                case ObjectNode part -> schema(part);
                case ArrayNode parts
                when keyword.equals("prefixItems") -> parts.values().forEach(value -> schema((ObjectNode) value));
                default -> {}
            }
        }
        return schema;
    }
}
