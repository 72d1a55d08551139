package newswire.normalizer;

import static newswire.normalizer.Vocabulary.IMAGE;
import static newswire.normalizer.Vocabulary.NEWS;
import static newswire.normalizer.Vocabulary.SITEMAP;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jdom2.Element;

/** Google's news sitemaps: an address, a title and a date for each article of the last two days. */
final class SitemapReader {
    private SitemapReader() {}

    static Entry entry(Element root, URI document) throws XmlTree.Unreadable {
        var url = EntryReader.required(SITEMAP.first(root, "url"), "url");
        var news = EntryReader.required(NEWS.first(url, "news"), "news:news");
        var location = SITEMAP.text(url, "loc");
        var title = NEWS.text(news, "title");
        var date = NEWS.text(news, "publication_date");
        var modified = SITEMAP.text(url, "lastmod");
        var keywords = NEWS.text(news, "keywords");
        var publication = NEWS.first(news, "publication");
        var language = publication == null ? null : NEWS.text(publication, "language");
        var dates = new ArrayList<Entry.RawDate>();
        if (date != null) {
            dates.add(new Entry.RawDate("published", date, "news:publication_date"));
        }
        if (modified != null) {
            dates.add(new Entry.RawDate("modified", modified, "lastmod"));
        }
        return new Entry(
                null,
                false,
                location == null ? List.of() : List.of(new Entry.Link("alternate", location, document, null, null)),
                title == null ? List.of() : List.of(new Entry.Text(title, false, null, "news:title")),
                List.of(),
                null,
                List.of(),
                dates,
                language == null ? List.of() : List.of(language),
                keywords == null ? List.of() : MediaReader.split(keywords),
                pictures(url, document),
                List.of(),
                null,
                null,
                null,
                false,
                channel(root),
                work(news));
    }

    /** Google's image sitemaps. */
    private static List<Entry.Media> pictures(Element url, URI document) {
        var pictures = new ArrayList<Entry.Media>();
        for (var image : IMAGE.all(url, "image")) {
            var href = IMAGE.text(image, "loc");
            if (href != null) {
                pictures.add(new Entry.Media(
                        "picture",
                        href,
                        document,
                        0,
                        null,
                        IMAGE.text(image, "title"),
                        IMAGE.text(image, "caption"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
            }
        }
        return pictures;
    }

    private static Entry.Work work(Element news) {
        var genres = NEWS.text(news, "genres");
        var kinds = new ArrayList<String>();
        for (var genre : genres == null ? List.<Entry.Category>of() : MediaReader.split(genres)) {
            switch (genre.name()) {
                case "Opinion", "OpEd" -> kinds.add("OpinionNewsArticle");
                case "Satire" -> kinds.add("SatiricalArticle");
                default -> {}
            }
        }
        return new Entry.Work(
                null, kinds, NEWS.text(news, "access") != null, null, null, null, null, null, List.of(), List.of());
    }

    static Entry.Channel channel(Element root) {
        var url = SITEMAP.first(root, "url");
        var news = url == null ? null : NEWS.first(url, "news");
        var publication = news == null ? null : NEWS.first(news, "publication");
        return new Entry.Channel(
                publication == null ? null : NEWS.text(publication, "name"),
                null,
                publication == null ? null : NEWS.text(publication, "language"),
                null,
                List.of(),
                null,
                null,
                null,
                null);
    }
}
