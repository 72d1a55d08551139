package newswire.store;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a receiver is told.
 *
 * @param id the same whenever the same is told, so that the receiver can tell that it has it
 * @param article absent if it is of none
 * @param body JSON
 */
record WebhookMessage(String id, String type, @Nullable UUID article, String body) {

    /**
     * A change.
     *
     * @param after cursor behind it
     */
    static WebhookMessage of(UUID webhook, ChangeTable.Change change, ChangeCursor after) {
        var type = "article." + change.type();
        var head = Encoding.json().createObjectNode().put("type", type);
        if (change.at() != null) {
            head.put("timestamp", change.at().toString());
        }
        head.put("cursor", after.toString());
        return new WebhookMessage(
                id(webhook, change.partition() + ":" + change.offset() + ":" + change.id()),
                type,
                change.id(),
                with(head, change.json()));
    }

    /** Some changes are no longer kept, so that they cannot be told. */
    static WebhookMessage expired(UUID webhook, ChangeCursor before, ChangeCursor after) {
        var type = "changes.expired";
        var data = Encoding.json().createObjectNode().put("after", before.toString());
        var head = Encoding.json().createObjectNode().put("type", type).put("cursor", after.toString());
        return new WebhookMessage(id(webhook, before + "-" + after), type, null, with(head, data.toString()));
    }

    private static String id(UUID webhook, String what) {
        return "msg_" + UUID.nameUUIDFromBytes((webhook + " " + what).getBytes(StandardCharsets.UTF_8));
    }

    private static String with(ObjectNode head, String data) {
        var text = head.toString();
        return text.substring(0, text.length() - 1) + ",\"data\":" + data + "}";
    }

    /** Whether the article is gone for good. */
    boolean isRemoval() {
        return type.equals("article.removed");
    }
}
