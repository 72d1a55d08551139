package newswire.store;

import java.time.Instant;
import newswire.contract.Article;
import newswire.contract.ArticleId;
import newswire.contract.PublisherScope;
import newswire.contract.Samples;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import tools.jackson.databind.node.ObjectNode;

/** Articles by the dozen, made of the seed article. */
final class TestArticle {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final PublisherScope SCOPE = new PublisherScope("example.com");

    private TestArticle() {}

    static ArticleId id(int number) {
        return ArticleId.of(SCOPE, "guid", String.valueOf(number));
    }

    /** Revision of an article whose title and day follow from its number. */
    static Article of(int number, int revision) {
        return of(number, revision, "Story " + number + " in form " + revision, "The text of story " + number + ".");
    }

    static Article of(int number, int revision, String title, String text) {
        var document = (ObjectNode) Encoding.json().readTree(Samples.bytes("article-seed"));
        document.put("uri", id(number).uri().toString());
        document.put("version", revision + ".0");
        document.put("title", title);
        ((ObjectNode) document.at("/headlines/0")).put("value", title);
        ((ObjectNode) document.at("/bodies/0")).put("value", text);
        var kind = revision == 1 ? Article.Revision.Kind.INITIAL : Article.Revision.Kind.UPDATE;
        ((ObjectNode) document.get("revision")).put("number", revision).put("kind", kind.toString());
        document.put("datePublished", START.plusSeconds(number * 60L).toString());
        document.put(
                "versionCreated", START.plusSeconds(number * 60L + revision).toString());
        return read(Encoding.json().writeValueAsBytes(document));
    }

    private static Article read(byte[] document) {
        if (Encoding.decode(document, Article.class) instanceof Decoded.Value<Article>(var article)) {
            return article;
        }
        throw new AssertionError("no article: " + new String(document, java.nio.charset.StandardCharsets.UTF_8));
    }
}
