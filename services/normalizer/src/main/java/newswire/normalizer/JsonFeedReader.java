package newswire.normalizer;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** JSON Feed 1.0 and 1.1. */
final class JsonFeedReader {
    private JsonFeedReader() {}

    static Entry entry(String json, URI document) throws XmlTree.Unreadable {
        var feed = parse(json);
        var item = feed.path("items").path(0);
        if (!item.isObject()) {
            throw new XmlTree.Unreadable(RejectCode.NOT_A_FEED, "no item");
        }
        var contents = contents(item);
        var summary = text(item, "summary", false);
        return new Entry(
                string(item.path("id")),
                true,
                links(item, document),
                Stream.of(text(item, "title", false)).filter(Objects::nonNull).toList(),
                contents.isEmpty() && summary != null ? List.of(summary) : contents,
                contents.isEmpty() ? null : summary,
                people(item, feed),
                dates(item),
                Stream.of(string(item.path("language")))
                        .filter(Objects::nonNull)
                        .toList(),
                categories(item),
                media(item, document),
                List.of(),
                null,
                null,
                null,
                false,
                channel(feed, document),
                Entry.Work.UNKNOWN);
    }

    static Entry.Channel channel(String json, URI document) throws XmlTree.Unreadable {
        return channel(parse(json), document);
    }

    private static JsonNode parse(String json) throws XmlTree.Unreadable {
        try {
            var tree = Encoding.json().readTree(json);
            if (!tree.isObject()) {
                throw new XmlTree.Unreadable(RejectCode.NOT_A_FEED, "not a JSON object");
            }
            return tree;
        } catch (JacksonException ex) {
            throw new XmlTree.Unreadable(RejectCode.MALFORMED_JSON, Encoding.reason(ex));
        }
    }

    private static Entry.Channel channel(JsonNode feed, URI document) {
        return new Entry.Channel(
                string(feed.path("title")),
                RssReader.absolute(string(feed.path("home_page_url")), document),
                string(feed.path("language")),
                string(feed.path("description")),
                people(feed),
                null,
                RssReader.absolute(RssReader.first(string(feed.path("icon")), string(feed.path("favicon"))), document),
                null,
                null);
    }

    private static List<Entry.Link> links(JsonNode item, URI document) {
        var links = new ArrayList<Entry.Link>();
        for (var name : List.of("url", "external_url")) {
            var href = string(item.path(name));
            if (href != null) {
                links.add(new Entry.Link(links.isEmpty() ? "alternate" : "external", href, document, null, null));
            }
        }
        return links;
    }

    private static List<Entry.Text> contents(JsonNode item) {
        return Stream.of(text(item, "content_html", true), text(item, "content_text", false))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Entry.@Nullable Text text(JsonNode item, String name, boolean html) {
        var value = string(item.path(name));
        return value == null ? null : new Entry.Text(value, html, null, name);
    }

    private static List<Entry.Person> people(JsonNode item, JsonNode feed) {
        var own = people(item);
        return own.isEmpty() ? people(feed) : own;
    }

    private static List<Entry.Person> people(JsonNode scope) {
        var people = new ArrayList<Entry.Person>();
        for (var author : scope.path("authors")) {
            people.addAll(person(author));
        }
        return people.isEmpty() ? person(scope.path("author")) : people;
    }

    private static List<Entry.Person> person(JsonNode author) {
        var name = author.isString() ? string(author) : string(author.path("name"));
        return PeopleReader.person("author", name, null, string(author.path("url")), "authors");
    }

    private static List<Entry.RawDate> dates(JsonNode item) {
        var dates = new ArrayList<Entry.RawDate>();
        var published = string(item.path("date_published"));
        var modified = string(item.path("date_modified"));
        if (published != null) {
            dates.add(new Entry.RawDate("published", published, "date_published"));
        }
        if (modified != null) {
            dates.add(new Entry.RawDate("modified", modified, "date_modified"));
        }
        return dates;
    }

    private static List<Entry.Category> categories(JsonNode item) {
        var categories = new ArrayList<Entry.Category>();
        for (var tag : item.path("tags")) {
            var name = string(tag);
            if (name != null) {
                categories.add(new Entry.Category(name, null, null));
            }
        }
        return categories;
    }

    private static List<Entry.Media> media(JsonNode item, URI document) {
        var media = new ArrayList<Entry.Media>();
        for (var name : List.of("image", "banner_image")) {
            var href = string(item.path(name));
            if (href != null) {
                media.add(file("picture", href, document, 0, null, null, null, null));
            }
        }
        var titles = new ArrayList<String>();
        for (var attachment : item.path("attachments")) {
            var href = string(attachment.path("url"));
            var type = string(attachment.path("mime_type"));
            var title = string(attachment.path("title"));
            var same = title == null ? "#" + titles.size() : title;
            if (!titles.contains(same)) {
                titles.add(same);
            }
            if (href != null) {
                media.add(file(
                        MediaReader.kind(type, null, href),
                        href,
                        document,
                        titles.indexOf(same) + 1,
                        type,
                        title,
                        attachment.path("size_in_bytes").asLong(0),
                        attachment.path("duration_in_seconds").asDouble(0)));
            }
        }
        return media;
    }

    private static Entry.Media file(
            String kind,
            String href,
            URI document,
            int group,
            @Nullable String type,
            @Nullable String title,
            @Nullable Long size,
            @Nullable Double duration) {
        return new Entry.Media(
                kind,
                href,
                document,
                group,
                type,
                title,
                null,
                null,
                null,
                null,
                null,
                size == null || size <= 0 ? null : size,
                duration == null || duration <= 0 ? null : duration);
    }

    /** Text, or a number where software writes one for an id. */
    private static @Nullable String string(JsonNode node) {
        return node.isString() || node.isNumber() ? RssReader.blankless(node.asString()) : null;
    }
}
