package newswire.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import newswire.contract.Article;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** JSON Feed 1.1. What it has no name for is under {@code _newswire}. */
final class JsonFeed {
    private static final String VERSION = "https://jsonfeed.org/version/1.1";
    private static final String ABOUT = "https://jsonfeed.org/mappings/extensions";
    private static final JsonMapper JSON = Encoding.json()
            .rebuild()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private JsonFeed() {}

    private record Document(
            String version,
            String title,
            URI homePageUrl,
            URI feedUrl,
            @Nullable URI nextUrl,
            List<Hub> hubs,
            List<Item> items,
            @JsonProperty("_newswire") Map<String, Object> extension) {}

    private record Hub(String type, URI url) {}

    private record Item(
            URI id,
            @Nullable URI url,
            String title,
            @Nullable String contentHtml,
            @Nullable String contentText,
            @Nullable String summary,
            @Nullable URI image,
            Instant datePublished,
            @Nullable Instant dateModified,
            List<Author> authors,
            List<String> tags,
            @Nullable String language,
            List<Attachment> attachments,
            @JsonProperty("_newswire") Map<String, Object> extension) {}

    private record Author(String name) {}

    private record Attachment(
            URI url, String mimeType, @Nullable Long sizeInBytes) {}

    /** @param id of what is gone */
    private record Deleted(String id, Instant when) {}

    static String of(OutputFeed feed) {
        return JSON.writeValueAsString(new Document(
                VERSION,
                feed.title(),
                feed.self().resolve("/"),
                feed.self(),
                feed.next(),
                feed.hub() == null ? List.of() : List.of(new Hub("WebSub", feed.hub())),
                feed.articles().stream().map(JsonFeed::item).toList(),
                Map.of(
                        "about",
                        ABOUT,
                        "deleted",
                        feed.removed().stream()
                                .map(removed -> new Deleted(urn(removed.id()), removed.when()))
                                .toList())));
    }

    private static String urn(UUID id) {
        return "urn:uuid:" + id;
    }

    private static Item item(Article article) {
        var html = OutputFeed.html(article);
        var text = OutputFeed.text(article);
        return new Item(
                article.uri(),
                article.url(),
                article.title(),
                html,
                html == null && text == null ? "" : text, // one of the two has to be there
                OutputFeed.summary(article),
                OutputFeed.media(article)
                        .filter(media -> media.contentType() != null
                                && media.contentType().startsWith("image/"))
                        .map(Article.Rendition::href)
                        .findFirst()
                        .orElse(null),
                OutputFeed.published(article),
                article.dateModified() == null && article.revision().number() > 1
                        ? article.versionCreated()
                        : article.dateModified(),
                OutputFeed.authors(article).stream().map(Author::new).toList(),
                article.subjects().stream().map(Article.Subject::name).toList(),
                article.language().equals("und") ? null : article.language(),
                OutputFeed.media(article)
                        .filter(media -> media.contentType() != null && media.href() != null)
                        .map(media -> new Attachment(
                                java.util.Objects.requireNonNull(media.href()),
                                java.util.Objects.requireNonNull(media.contentType()),
                                media.sizeInBytes()))
                        .toList(),
                Map.of("version", article.version()));
    }
}
