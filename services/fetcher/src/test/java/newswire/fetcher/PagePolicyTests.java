package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import newswire.contract.Feed;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagePolicyTests {
    private static final FetcherProperties.Pages SETTINGS =
            FeedClientTests.properties(Map.of("fetcher.pages.first", "2")).pages();
    private static final URI URL = URI.create("https://news.example/feed");

    private static List<String> pages(Feed.Content.@Nullable Source source, boolean first, String document) {
        var bytes = document.getBytes(StandardCharsets.UTF_8);
        var parsed = (FeedDocument.Parsed) FeedDocument.read(bytes, null, 100);
        var articles = new RawArticles(
                feed(source),
                parsed,
                first ? RawArticle.Via.BACKFILL : RawArticle.Via.POLL,
                Instant.EPOCH,
                URL,
                200,
                null,
                null,
                null,
                "ab".repeat(32));
        return PagePolicy.wanted(articles, SeenEntries.NOTHING.compare(parsed.entries()), SETTINGS).stream()
                .map(wanted -> wanted.page().toString())
                .toList();
    }

    private static Feed feed(Feed.Content.@Nullable Source source) {
        var feed = Feed.of(URL, Instant.EPOCH);
        return new Feed(
                feed.schemaVersion(),
                feed.feedId(),
                feed.revision(),
                feed.xmlUrl(),
                null,
                feed.title(),
                null,
                null,
                null,
                null,
                List.of(),
                null,
                true,
                feed.publisher(),
                feed.poll(),
                feed.http(),
                feed.dates(),
                feed.identity(),
                new Feed.Content(source, List.of(), List.of(), List.of()),
                feed.updates(),
                feed.websub(),
                feed.rights(),
                feed.createdAt(),
                feed.updatedAt());
    }

    private static String rss(String... items) {
        return "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>N</title>"
                + "<item>" + String.join("</item><item>", items) + "</item></channel></rss>";
    }

    private static String item(String name, String text) {
        return "<title>t</title><link>https://news.example/" + name + "</link><description>" + text + "</description>";
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # source, text of the first entry, pages
            AUTO, short,                       2
                , short,                       2
            PAGE, short,                       2
            FEED, short,                       0
            AUTO, &lt;p>whole text&lt;/p>,     0
            PAGE, &lt;p>whole text&lt;/p>,     2
            AUTO, &lt;p>cut text […]&lt;/p>,   2
            """)
    void asksWhereTheFeedHasSummariesOnly(Feed.Content.@Nullable Source source, String text, int count) {
        assertThat(pages(source, false, rss(item("1", text), item("2", "short"))))
                .hasSize(count);
    }

    @Test
    void takesFewOfWhatAFeedShowsAtFirst() {
        var feed = rss(item("1", ""), item("2", ""), item("3", ""));
        assertThat(pages(null, true, feed)).containsExactly("https://news.example/1", "https://news.example/2");
        assertThat(pages(null, false, feed)).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <link>/news/1</link>                                          | https://news.example/news/1
            <guid>https://news.example/1</guid>                           | https://news.example/1
            <guid isPermaLink="false">https://news.example/1</guid>       |
            <link>https://news.example/</link>                            |
            <link>https://news.example/?p=1</link>                        | https://news.example/?p=1
            <link>mailto:us@news.example</link>                           |
            <link>https://news.example/a b</link>                         |
            <link>https://news.example/feed</link>                        |
            """)
    void knowsWhereAPageIs(String item, @Nullable String page) {
        var pages = pages(null, false, rss("<title>t</title>" + item));
        assertThat(pages).isEqualTo(page == null ? List.of() : List.of(page));
    }

    @Test
    void readsAtomAndJsonAndSitemaps() {
        assertThat(pages(null, false, """
                <feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><entry><id>x:1</id><title>t</title>
                <link rel="self" href="https://news.example/1.atom"/><link href="https://news.example/1"/>
                <summary>s</summary></entry></feed>
                """)).containsExactly("https://news.example/1");
        assertThat(pages(null, false, """
                <feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><entry><id>x:1</id><title>t</title>
                <link href="https://news.example/1"/><content type="text">All of it.</content></entry></feed>
                """)).isEmpty();
        assertThat(pages(null, false, """
                {"version": "https://jsonfeed.org/version/1.1", "title": "N", "items":
                 [{"id": "1", "url": "https://news.example/1", "summary": "s"}]}
                """)).containsExactly("https://news.example/1");
        assertThat(pages(null, false, """
                <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
                 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://news.example/1</loc>
                <news:news><news:title>t</news:title></news:news></url></urlset>
                """)).containsExactly("https://news.example/1");
    }
}
