package newswire.normalizer;

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
                List.of(),
                List.of(),
                null,
                null,
                null,
                false,
                channel(root),
                Entry.Work.UNKNOWN);
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
