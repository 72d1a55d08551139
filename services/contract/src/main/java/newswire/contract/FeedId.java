package newswire.contract;

import java.net.URI;
import java.util.UUID;

/**
 * Identifies a feed for ever: made from the first URL it was added with, and kept when that URL moves.
 *
 * @param value UUID of version 5 by the rule of {@code podcast:guid}
 */
public record FeedId(UUID value) {
    private static final UUID NAMESPACE = UUID.fromString("ead4c236-bf58-58c6-a2c6-a6b28d128cb6");

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if the text is not a UUID
     */
    public FeedId(String value) {
        this(UUID.fromString(value));
    }

    /** The id of a feed that is added with this URL: the podcast:guid of the URL less its scheme and trailing slashes. */
    public static FeedId of(URI xmlUrl) {
        var name = xmlUrl.toString()
                .replaceFirst("^[a-zA-Z][a-zA-Z0-9+.-]*://", "")
                .replaceFirst("/+$", "");
        return new FeedId(NameBasedUuid.of(NAMESPACE, name));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
