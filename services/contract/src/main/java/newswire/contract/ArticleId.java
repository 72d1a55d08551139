package newswire.contract;

import java.net.URI;
import java.util.UUID;

/**
 * Identifies an article for ever.
 *
 * @param value UUID of version 5 of publisher scope, kind of key and key
 */
public record ArticleId(UUID value) {
    private static final UUID NAMESPACE = NameBasedUuid.of(NameBasedUuid.URL_NAMESPACE, "urn:newswire:ns:article");
    private static final String URN = "urn:uuid:";

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if the text is not a UUID, with or without {@code urn:uuid:}
     */
    public ArticleId(String value) {
        this(UUID.fromString(value.startsWith(URN) ? value.substring(URN.length()) : value));
    }

    /**
     * Mints the id of an article.
     *
     * @param scope the publisher scope: feeds of one publisher share their articles
     * @param kind what the key is: {@code guid}, {@code url} or {@code hash}
     */
    public static ArticleId of(PublisherScope scope, String kind, String key) {
        return new ArticleId(NameBasedUuid.of(NAMESPACE, scope + "\n" + kind + "\n" + key));
    }

    /** The id of something that belongs to this article, such as a picture: as stable as its name. */
    public URI part(String name) {
        return URI.create(URN + NameBasedUuid.of(value, "association\n" + name));
    }

    /** The form that ninjs wants in {@code uri}. */
    public URI uri() {
        return URI.create(URN + value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
