package newswire.store;

import java.util.List;
import newswire.contract.Article;

/** Atom (RFC 4287) with deletions (RFC 6721). */
final class AtomFeed {
    private AtomFeed() {}

    static String of(OutputFeed feed) {
        var xml = new Xml()
                .begin(
                        "feed",
                        "xmlns",
                        "http://www.w3.org/2005/Atom",
                        "xmlns:at",
                        "http://purl.org/atompub/tombstones/1.0")
                .text("id", feed.self())
                .text("title", feed.title())
                .text("updated", feed.updated())
                .text("generator", "Newswire")
                .empty("link", "rel", "self", "href", feed.self().toString(), "type", "application/atom+xml");
        if (feed.hub() != null) {
            xml.empty("link", "rel", "hub", "href", feed.hub().toString());
        }
        if (feed.next() != null) {
            xml.empty("link", "rel", "next", "href", feed.next().toString());
        }
        feed.articles().forEach(article -> entry(article, xml));
        feed.removed()
                .forEach(removed -> xml.empty(
                        "at:deleted-entry",
                        "ref",
                        "urn:uuid:" + removed.id(),
                        "when",
                        removed.when().toString()));
        return xml.end().toString();
    }

    private static void entry(Article article, Xml xml) {
        xml.begin("entry", "xml:lang", article.language().equals("und") ? null : article.language())
                .text("id", article.uri())
                .text("title", article.title())
                .text("updated", article.versionCreated())
                .text("published", OutputFeed.published(article));
        if (article.url() != null) {
            xml.empty("link", "rel", "alternate", "href", article.url().toString());
        }
        authors(article)
                .forEach(author -> xml.begin("author").text("name", author).end());
        article.subjects().forEach(subject -> xml.empty("category", "term", subject.name()));
        OutputFeed.media(article)
                .forEach(media -> xml.empty(
                        "link",
                        "rel",
                        "enclosure",
                        "href",
                        String.valueOf(media.href()),
                        "type",
                        media.contentType(),
                        "length",
                        media.sizeInBytes() == null ? null : String.valueOf(media.sizeInBytes())));
        xml.text("rights", article.copyrightNotice())
                .text("summary", OutputFeed.summary(article))
                .text("content", OutputFeed.content(article), "type", "html")
                .end();
    }

    /** The RFC wants one, if only the publisher. */
    private static List<String> authors(Article article) {
        var authors = OutputFeed.authors(article);
        var publisher = OutputFeed.publisher(article);
        return authors.isEmpty() ? List.of(publisher == null ? "unknown" : publisher) : authors;
    }
}
