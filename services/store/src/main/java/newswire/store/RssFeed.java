package newswire.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import newswire.contract.Article;

/** RSS 2.0, by the board's specification and its best practices. */
final class RssFeed {
    private RssFeed() {}

    static String of(OutputFeed feed) {
        var xml = new Xml()
                .begin(
                        "rss",
                        "version",
                        "2.0",
                        "xmlns:atom",
                        "http://www.w3.org/2005/Atom",
                        "xmlns:content",
                        "http://purl.org/rss/1.0/modules/content/",
                        "xmlns:dc",
                        "http://purl.org/dc/elements/1.1/")
                .begin("channel")
                .text("title", feed.title())
                .text("link", feed.self().resolve("/"))
                .text("description", feed.title())
                .text("generator", "Newswire")
                .text("lastBuildDate", date(feed.updated()))
                .empty("atom:link", "rel", "self", "href", feed.self().toString(), "type", "application/rss+xml");
        if (feed.hub() != null) {
            xml.empty("atom:link", "rel", "hub", "href", feed.hub().toString());
        }
        if (feed.next() != null) {
            xml.empty("atom:link", "rel", "next", "href", feed.next().toString());
        }
        feed.articles().forEach(article -> item(article, xml));
        return xml.end().end().toString();
    }

    private static void item(Article article, Xml xml) {
        xml.begin("item")
                .text("title", article.title())
                .text("link", article.url())
                .text("guid", article.uri(), "isPermaLink", "false")
                .text("pubDate", date(OutputFeed.published(article)));
        OutputFeed.authors(article).forEach(author -> xml.text("dc:creator", author));
        article.subjects().forEach(subject -> xml.text("category", subject.name()));
        var content = OutputFeed.content(article);
        xml.text("description", Objects.requireNonNullElse(OutputFeed.summary(article), article.title()))
                .text("content:encoded", content);
        OutputFeed.media(article)
                .filter(media -> media.contentType() != null && media.sizeInBytes() != null)
                .limit(1) // the specification allows one
                .forEach(media -> xml.empty(
                        "enclosure",
                        "url",
                        String.valueOf(media.href()),
                        "length",
                        String.valueOf(media.sizeInBytes()),
                        "type",
                        media.contentType()));
        var publisher = OutputFeed.publisher(article);
        if (publisher != null) {
            xml.text("source", publisher, "url", article.provenance().feedUrl().toString());
        }
        xml.end();
    }

    private static String date(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }
}
