package newswire.store;

import java.util.List;
import java.util.stream.Collectors;
import newswire.contract.Article;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One article in the forms that others understand. */
final class ArticleForm {
    private static final List<String> NOT_NINJS = List.of(
            "url",
            "datePublished",
            "dateModified",
            "dates",
            "contributors",
            "languageVersions",
            "notices",
            "mentionedDates",
            "corrections",
            "revision",
            "fingerprints",
            "provenance");

    private ArticleForm() {}

    /** IPTC ninjs 3.1: what we add to it is left out. */
    static String ninjs(Article article) {
        ObjectNode document = Encoding.json().valueToTree(article);
        document.remove(NOT_NINJS);
        document.putObject("standard")
                .put("name", "ninjs")
                .put("version", "3.1")
                .put("schema", "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json");
        return document.toString();
    }

    /** A schema.org {@code NewsArticle} as JSON-LD. */
    static String jsonLd(Article article) {
        ObjectNode json = Encoding.json().createObjectNode();
        json.put("@context", "https://schema.org")
                .put("@type", "NewsArticle")
                .put("@id", article.uri().toString());
        put(json, "url", article.url());
        put(json, "mainEntityOfPage", article.url());
        json.put("headline", article.title());
        put(json, "articleBody", OutputFeed.text(article));
        put(json, "abstract", OutputFeed.summary(article));
        if (!article.bodies().isEmpty()) {
            put(json, "wordCount", article.bodies().getFirst().wordCount());
        }
        put(json, "datePublished", article.datePublished());
        put(json, "dateModified", article.dateModified());
        put(json, "expires", article.expires());
        json.put("inLanguage", article.language());
        put(json, "dateline", article.located());
        put(json, "copyrightNotice", article.copyrightNotice());
        people(article, json);
        things(article, json);
        return json.toString();
    }

    private static void people(Article article, ObjectNode json) {
        for (var role : List.of("author", "editor", "translator", "contributor")) {
            var people = role.equals("author")
                    ? OutputFeed.authors(article)
                    : article.contributors().stream()
                            .filter(contributor -> contributor.role().equals(role))
                            .map(Article.Contributor::name)
                            .toList();
            if (!people.isEmpty()) {
                var list = json.putArray(role);
                people.forEach(name -> list.addObject().put("@type", "Person").put("name", name));
            }
        }
        if (!article.infoSources().isEmpty()) {
            var publisher = article.infoSources().getFirst();
            var node = json.putObject("publisher").put("@type", "Organization").put("name", publisher.name());
            put(node, "url", publisher.uri());
        }
    }

    private static void things(Article article, ObjectNode json) {
        var keywords = article.subjects().stream().map(Article.Subject::name).collect(Collectors.joining(", "));
        put(json, "keywords", keywords.isEmpty() ? null : keywords);
        var rights = article.rightsInfo();
        put(json, "license", rights == null ? null : rights.linkedRights());
        var images = article.associations().stream()
                .filter(association -> association.type().equals("picture"))
                .toList();
        if (!images.isEmpty()) {
            var list = json.putArray("image");
            images.forEach(image -> image(image, list.addObject().put("@type", "ImageObject")));
        }
        if (!article.corrections().isEmpty()) {
            var list = json.putArray("correction");
            article.corrections().forEach(correction -> list.add(correction.text()));
        }
    }

    private static void image(Article.Association image, ObjectNode json) {
        image.renditions().stream().limit(1).forEach(rendition -> put(json, "contentUrl", rendition.href()));
        image.descriptions().stream()
                .filter(description -> description.role().equals("caption"))
                .forEach(caption -> json.put("caption", caption.value()));
        put(json, "creditText", image.by());
    }

    private static void put(ObjectNode json, String name, @Nullable Object value) {
        if (value instanceof Integer number) {
            json.put(name, number);
        } else if (value != null) {
            json.put(name, value.toString());
        }
    }
}
