package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import newswire.contract.FeedState;
import newswire.contract.Format;
import newswire.contract.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscoveryTests {
    private static final URI PAGE = URI.create("https://news.example/sport/");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # in the page                                                                          | leads to
        <link rel="alternate" type="application/rss+xml" href="/feed">                         | https://news.example/feed
        <LINK HREF=feed.atom TYPE=application/atom+xml REL=alternate>                          | https://news.example/sport/feed.atom
        <link rel='alternate' type='application/feed+json' href='https://cdn.example/f.json'/> | https://cdn.example/f.json
        <link rel="alternate" type="application/rss+xml; charset=utf-8" href="/f?a=1&amp;b=2"> | https://news.example/f?a=1&b=2
        <base href="https://other.example/x/"><link rel=alternate type=text/xml href=feed>      | https://other.example/x/feed
        <link rel="home alternate" type="application/rss+xml" href="feed:https://a.example/f"> | https://a.example/f
        <link rel="stylesheet" type="text/css" href="/a.css">                                  | -
        <link rel="alternate" type="application/json" href="/wp-json/">                        | -
        <link rel="alternate" hreflang="fr" href="/fr/">                                       | -
        <link rel="alternate" type="application/rss+xml">                                      | -
        <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">           | -
        <link rel="alternate" type="application/rss+xml" href="http://[">                      | -
        <a href="/feed">RSS</a>                                                                | -
        """)
    void readsWhatPageNames(String html, @Nullable String url) {
        var links = FeedLink.in("<html><head>" + html + "</head></html>", PAGE);
        assertThat(links.stream().map(link -> link.url().toString()).toList())
                .isEqualTo(url == null ? List.of() : List.of(url));
    }

    @Test
    void readsNoMoreOfPageThanNeeded() {
        var many = "<link rel=alternate type=application/rss+xml href=/%d>"
                .repeat(20_000)
                .replace("%d", "a");
        assertThat(FeedLink.in(many, PAGE)).hasSize(1);
        var different = new StringBuilder();
        IntStream.range(0, 1_000).forEach(n -> different.append("<link rel=alternate type=text/xml href=/" + n + ">"));
        assertThat(FeedLink.in(different.toString(), PAGE)).hasSize(10);
    }

    /** Candidates are {@code found path 'title' entries}, in the order of the page. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # candidates                                                                     | the clear best, if any
        link /feed 'News' 10                                                             | /feed
        link /feed 'News' 10; link /comments/feed/ 'Comments on News' 10                 | /feed
        link /comments/feed/ 'News' 10; link /feed 'News' 10                             | /feed
        link /kommentare.xml 'News » Kommentare' 10; link /feed 'News' 10                | /feed
        link /rss 'News (RSS)' 10; link /atom 'News - Atom' 10                           | /rss
        link /world.xml 'News: World' 10; link /sport.xml 'News: Sport' 10               | -
        link /feed 'News' 10; link /tag/x/feed 'News on x' 10                            | /feed
        link /feed 'News' 10; link /sport/feed 'News: Sport' 10                          | /sport/feed
        link /old 'News' 0; link /feed 'New' 10                                          | /feed
        well-known /feed 'News' 10                                                       | /feed
        sitemap /news.xml '-' 100                                                          | /news.xml
        -                                                                                | -
        """)
    void choosesOnlyWhereTheBestIsClear(@Nullable String candidates, @Nullable String best) {
        var found = new ArrayList<FeedState.Candidate>();
        for (var text : candidates == null ? List.<String>of() : List.of(candidates.split("; ", -1))) {
            var parts = text.split("[ ](?=/)|[ ]?'[ ]?", -1);
            var title = parts[2].equals("-") ? null : parts[2];
            var url = URI.create("https://news.example" + parts[1]);
            int items = Integer.parseInt(parts[3]);
            found.add(FeedRanking.ranked(PAGE, url, parts[0], title, Format.RSS_2_0, items, found.size()));
        }
        assertThat(FeedRanking.best(FeedRanking.sorted(found)))
                .isEqualTo(best == null ? null : URI.create("https://news.example" + best));
    }

    @Test
    void looksAtWhatThePageNamesAndAtNothingElseIfThatIsFeed() {
        var discovery = search(new FeedLink(PAGE.resolve("/a"), "A"), new FeedLink(PAGE.resolve("/b"), "B"));
        assertThat(answer(discovery, Map.of("/a", FeedServer.rss("x")))).containsExactly("/a", "/b");
        assertThat(found(discovery)).containsExactly("/a link");
    }

    @Test
    void looksWhereFeedsUsuallyAreAndStopsAtTheFirst() {
        var discovery = search();
        assertThat(answer(discovery, Map.of("/atom.xml", FeedServer.rss("x"))))
                .containsExactly("/feed", "/rss", "/atom.xml");
        assertThat(found(discovery)).containsExactly("/atom.xml well-known");
        assertThat(result(discovery).best()).isEqualTo(PAGE.resolve("/atom.xml"));
    }

    @Test
    void looksIntoRobotsAtLast() {
        var sitemap = """
                <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
                <url><loc>https://news.example/1</loc><news:news><news:title>One</news:title></news:news></url></urlset>
                """;
        var robots = "User-agent: *\nDisallow: /x\nSitemap: https://news.example/pages.xml\nsitemap: /news.xml\n";
        var discovery = search();
        var asked = answer(discovery, Map.of("/robots.txt", robots, "/news.xml", sitemap));
        assertThat(asked).hasSize(11).endsWith("/robots.txt", "/pages.xml", "/news.xml");
        assertThat(found(discovery)).containsExactly("/news.xml sitemap");
    }

    @Test
    void givesUpAfterFewQuestions() {
        var discovery = search();
        assertThat(answer(discovery, Map.of())).hasSize(9);
        assertThat(discovery.outcome().problem().code()).isEqualTo("not_a_feed");
        assertThat(discovery.outcome().problem().detail()).isEqualTo("an HTML page; feeds found: 0");
    }

    private static Discovery search(FeedLink... links) {
        var exchange = new FetchResult.Exchange(PAGE, null, 200, null, null, "text/html", null, null, null, null, 9, 1);
        return new Discovery(new PollOutcome.Failed(
                exchange, Problem.of("not_a_feed", null, "an HTML page"), Arrays.asList(links), null));
    }

    /** Answers all questions. Returns their paths. */
    private static List<String> answer(Discovery discovery, Map<String, String> documents) {
        var asked = new ArrayList<String>();
        for (var question = discovery.next(); question != null; question = discovery.next()) {
            var path = question.url().getPath();
            asked.add(path);
            var document = documents.get(path);
            if (document == null) {
                discovery.nothing();
            } else {
                var exchange = new FetchResult.Exchange(
                        question.url(), null, 200, null, null, null, null, null, null, null, 9, 1);
                discovery.answer(document.getBytes(StandardCharsets.UTF_8), exchange, 100);
            }
        }
        return asked;
    }

    private static Discovered result(Discovery discovery) {
        return Objects.requireNonNull(discovery.outcome().discovered());
    }

    private static List<String> found(Discovery discovery) {
        return result(discovery).candidates().stream()
                .map(candidate -> candidate.xmlUrl().getPath() + " " + candidate.found())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        # looked last         , due
        -                     , true
        2026-03-01T10:00:00Z  , true
        2026-03-19T11:00:00Z  , false
        """)
    void looksOnceDay(@Nullable Instant last, boolean due) {
        var now = Instant.parse("2026-03-20T10:00:00Z");
        var feed = newswire.contract.Feed.of(PAGE, now);
        var failed = new PollOutcome.Failed(
                new FetchResult.Exchange(PAGE, null, 200, null, null, null, null, null, null, null, 0, 1),
                Problem.of("not_a_feed", null, ""),
                last == null ? List.of() : null,
                last == null ? null : new Discovered(null, List.of()));
        var why = new FeedState.Why(0, 0, 1, null, 0, null, null, false, false, null, 0);
        var plan = new PollSchedule.Plan(now, java.time.Duration.ZERO, FeedState.Status.BACKOFF, 1, List.of(), why);
        var before = last == null ? null : NextState.of(feed, null, failed, plan, last, java.time.Duration.ofDays(7));
        var page = new PollOutcome.Failed(failed.exchange(), failed.problem(), List.of(), null);
        assertThat(Discovery.due(before, page, now)).isEqualTo(due);
    }
}
