package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.RawArticle;
import newswire.contract.SchemaAssert;
import newswire.contract.TestServices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** What the service does beyond polls, at a real broker and a real web server. */
class FollowUpsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Map<String, String> HTML = Map.of("Content-Type", "text/html; charset=utf-8");
    private static final Map<String, String> TEXT = Map.of("Content-Type", "text/plain");
    private static final Map<String, String> XML = Map.of("Content-Type", "application/xml");

    private final FeedServer server = new FeedServer();
    private final TestBroker broker = new TestBroker(TestServices.freshKafka());
    private ConfigurableApplicationContext fetcher = run();

    private ConfigurableApplicationContext run() {
        return FetcherApplication.run(broker.arguments(Map.of(
                "fetcher.poll.default-interval", "1s",
                "fetcher.poll.floor", "500ms",
                "fetcher.poll.ceiling", "4s",
                "fetcher.host.spacing", "100ms",
                "fetcher.pages.first", "1")));
    }

    @AfterEach
    void stop() {
        fetcher.close();
        broker.close();
        server.close();
    }

    private Feed add(String path) {
        var feed = Feed.of(server.url(path), Instant.parse("2026-03-01T10:00:00Z"));
        broker.define(feed);
        return feed;
    }

    /** RSS whose entries have their pages on the server. */
    private String rss(String... names) {
        return FeedServer.rss(names)
                .replace("https://news.example/", server.url("/").toString());
    }

    private List<RawArticle> pages(Feed feed) {
        return broker.rawArticles(feed).stream()
                .filter(raw -> raw.page() != null)
                .toList();
    }

    private double pages(String outcome) {
        return fetcher.getBean(MeterRegistry.class)
                .counter("newswire.fetcher.pages", "outcome", outcome)
                .count();
    }

    @Test
    void fetchesPagesOfNewEntriesAfterTheEntries() {
        server.page("/robots.txt", 200, TEXT, "User-agent: *\nDisallow: /secret");
        server.page("/b", 200, HTML, "<!doctype html><p>All of b.");
        server.feed("/feed", rss("b", "a"));
        var feed = add("/feed");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(pages(feed)).hasSize(1));
        assertThat(server.asked("/a")).as("an old one").isEmpty();

        server.page("/new", 301, Map.of("Location", "/newer"), "");
        server.page("/newer", 200, HTML, "<!doctype html><p>All of it.");
        server.page("/file", 200, Map.of("Content-Type", "application/pdf"), "%PDF");
        server.page("/secret", 200, HTML, "<!doctype html><p>x");
        server.page("/withdrawn", 410, HTML, "");
        server.feed("/feed", rss("withdrawn", "gone", "secret", "file", "new", "b", "a"));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(pages("published") + pages("http_410")).isEqualTo(3));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(pages("not_html") + pages("robots") + pages("http_404"))
                        .isEqualTo(3));
        assertThat(server.asked("/secret")).isEmpty();
        assertThat(server.asked("/robots.txt")).hasSize(1);
        assertThat(broker.guids(feed)).contains("gone", "secret", "file", "new");

        assertThat(pages(feed))
                .extracting(raw -> Objects.requireNonNull(raw.page()).status())
                .containsExactlyInAnyOrder(200, 410, 200);
        var last = pages(feed).stream()
                .filter(raw -> raw.document().contains("<title>new<"))
                .findFirst()
                .orElseThrow();
        assertThat(last.fetch().via()).isEqualTo(RawArticle.Via.PAGE);
        var page = Objects.requireNonNull(last.page());
        assertThat(page.html()).isEqualTo("<!doctype html><p>All of it.");
        assertThat(page.url()).isEqualTo(server.url("/new"));
        assertThat(page.finalUrl()).isEqualTo(server.url("/newer"));
        var entry = broker.rawArticles(feed).stream()
                .filter(raw -> raw.page() == null && raw.entryDigest().equals(last.entryDigest()))
                .findFirst()
                .orElseThrow();
        assertThat(last.document()).isEqualTo(entry.document());
        assertThat(last.rawId()).isNotEqualTo(entry.rawId());
        assertThat(last.fetch().fetchedAt()).isAfter(entry.fetch().fetchedAt());
        broker.rawArticles().forEach(record -> SchemaAssert.assertValid(record.value(), RawArticle.class));
    }

    @Test
    void tellsWhatRobotsSayOfFeedsAndPollsThemAllTheSame() {
        server.page("/robots.txt", 200, TEXT, "User-agent: *\nCrawl-delay: 7\nDisallow: /hidden");
        server.feed("/feed", rss("a"));
        server.feed("/hidden", rss("b"));
        var open = add("/feed");
        var hidden = add("/hidden");
        for (var feed : List.of(open, hidden)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(broker.state(feed))
                            .hasValueSatisfying(state -> assertThat(state.robots())
                                    .isNotNull()
                                    .extracting(FeedState.Robots::allowed, FeedState.Robots::crawlDelaySeconds)
                                    .containsExactly(feed.equals(open), 7)));
        }
        int polls = server.asked("/hidden").size();
        await().atMost(PATIENCE).until(() -> server.asked("/hidden").size() > polls);
        assertThat(server.asked("/robots.txt")).hasSize(1);
    }

    @Test
    void pagesComeNoFasterThanRobotsAllow() {
        server.page("/robots.txt", 200, TEXT, "User-agent: *\nCrawl-delay: 3");
        server.feed("/feed", rss("old"));
        var feed = add("/feed");
        await().atMost(PATIENCE).until(() -> !broker.rawArticles(feed).isEmpty());
        for (var path : List.of("/a", "/b", "/c")) {
            server.page(path, 200, HTML, "<!doctype html><p>All of it.");
        }
        server.feed("/feed", rss("c", "b", "a", "old"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(pages("published")).isEqualTo(3));
        var times = Stream.of("/a", "/b", "/c")
                .map(path -> server.asked(path).getFirst().at())
                .sorted()
                .toList();
        assertThat(Duration.between(times.get(0), times.get(1))).isGreaterThan(Duration.ofMillis(2_900));
        assertThat(Duration.between(times.get(1), times.get(2))).isGreaterThan(Duration.ofMillis(2_900));
    }

    @Test
    void pageThatAsksForSilenceSilencesItsFeed() {
        server.page("/robots.txt", 404, TEXT, "");
        server.page("/a", 429, Map.of("Retry-After", "86400"), "");
        server.feed("/feed", rss("a"));
        var feed = add("/feed");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.state(feed))
                        .hasValueSatisfying(state -> assertThat(state.response())
                                .extracting(FeedState.Response::retryAfter)
                                .isNotNull()));
        int asked = server.asked("/feed").size();
        await().during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(6))
                .until(() -> server.asked("/feed").size() == asked
                        && server.asked("/a").size() == 1);
    }

    @Test
    void closesGapByOlderPartsOfTheFeed() {
        server.page("/robots.txt", 404, TEXT, "");
        server.feed("/feed", wordPress("b", "a"));
        var feed = add("/feed");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.guids(feed)).containsExactly("a", "b"));
        server.feed("/feed?paged=2", wordPress("f", "e"));
        server.feed("/feed?paged=3", wordPress("d", "c"));
        server.feed("/feed?paged=4", wordPress("b", "a"));
        server.feed("/feed", wordPress("h", "g"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.state(feed))
                        .hasValueSatisfying(state -> assertThat(state.gaps())
                                .singleElement()
                                .satisfies(gap -> {
                                    assertThat(gap.status()).isEqualTo(FeedState.Gap.Outlook.CLOSED);
                                    assertThat(gap.recovered()).isEqualTo(4);
                                })));
        assertThat(broker.guids(feed)).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f", "g", "h");
        assertThat(broker.rawArticles(feed))
                .filteredOn(raw -> raw.fetch().feedUrl().toString().contains("paged"))
                .hasSize(4)
                .allSatisfy(raw -> assertThat(raw.fetch().via()).isEqualTo(RawArticle.Via.BACKFILL));
        broker.states().forEach(state -> SchemaAssert.assertValid(state, FeedState.class));
    }

    @Test
    void repairThatIsCutOffByTheEndOfTheProcessBeginsAnew() {
        server.page("/robots.txt", 404, TEXT, "");
        server.feed("/feed", wordPress("b", "a"));
        var feed = add("/feed");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.guids(feed)).containsExactly("a", "b"));
        server.feed("/feed?paged=2", wordPress("f", "e"));
        server.feed("/feed?paged=3", wordPress("d", "c"));
        server.feed("/feed?paged=4", wordPress("b", "a"));
        var third = server.hold("/feed?paged=3");
        server.feed("/feed", wordPress("h", "g"));
        await().atMost(PATIENCE).until(() -> !server.asked("/feed?paged=3").isEmpty());
        assertThat(broker.guids(feed)).contains("e", "f").doesNotContain("c", "d");
        fetcher.close();
        third.countDown();
        assertThat(broker.state(feed))
                .hasValueSatisfying(state -> assertThat(state.gaps())
                        .extracting(FeedState.Gap::status)
                        .containsExactly(FeedState.Gap.Outlook.OPEN));

        fetcher = run();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.state(feed))
                        .hasValueSatisfying(state -> assertThat(state.gaps())
                                .extracting(FeedState.Gap::status)
                                .containsExactly(FeedState.Gap.Outlook.CLOSED)));
        assertThat(broker.guids(feed)).containsOnly("a", "b", "c", "d", "e", "f", "g", "h");
    }

    private static String wordPress(String... names) {
        return FeedServer.rss(names)
                .replace("<description>", "<generator>https://wordpress.org/?v=6.9</generator><description>");
    }

    @Test
    void gapWithNowhereToLookIsPermanent() {
        server.feed("/feed", FeedServer.rss("b", "a"));
        var feed = add("/feed");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.guids(feed)).containsExactly("a", "b"));
        server.feed("/feed", FeedServer.rss("h", "g"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.state(feed))
                        .hasValueSatisfying(state -> assertThat(state.gaps())
                                .extracting(FeedState.Gap::status)
                                .containsExactly(FeedState.Gap.Outlook.PERMANENT)));
    }

    @Test
    void findsWhatWasMissedInTheNewsSitemap() {
        server.page("/robots.txt", 200, TEXT, "Sitemap: " + server.url("/sitemap-of-news.xml"));
        server.feed("/feed", FeedServer.rss("b", "a"));
        var feed = add("/feed");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.state(feed)).isPresent());
        server.page("/feed", 500, Map.of(), "");
        await().atMost(PATIENCE)
                .until(() -> broker.state(feed).map(FeedState::lastError).isPresent());
        var missed = Instant.now();
        server.page("/sitemap-of-news.xml", 200, XML, sitemap(Map.of("old", missed.minusSeconds(9000), "new", missed)));
        server.feed("/feed", FeedServer.rss("h", "g"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.state(feed))
                        .hasValueSatisfying(state -> assertThat(state.gaps())
                                .extracting(FeedState.Gap::status)
                                .containsExactly(FeedState.Gap.Outlook.CLOSED)));
        assertThat(broker.rawArticles(feed))
                .filteredOn(raw -> raw.document().contains("<urlset"))
                .singleElement()
                .satisfies(raw -> assertThat(raw.document()).contains("/new<"));
    }

    private String sitemap(Map<String, Instant> entries) {
        var urls = new StringBuilder();
        entries.forEach((name, published) -> urls.append("""
                <url><loc>%s</loc><news:news><news:publication_date>%s</news:publication_date>
                <news:title>%s</news:title></news:news></url>
                """.formatted(server.url("/" + name), published, name)));
        return """
                <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
                 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">%s</urlset>
                """.formatted(urls);
    }

    @Test
    void readsTheNewsSitemapsOfAnIndex() {
        server.page("/news-1.xml", 200, XML, sitemap(Map.of("one", Instant.EPOCH)));
        server.page("/news-2.xml", 301, Map.of("Location", "/news-2b.xml"), "");
        server.page("/news-2b.xml", 200, XML, sitemap(Map.of("two", Instant.EPOCH)));
        server.page("/pages.xml", 200, XML, "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"/>");
        server.page("/index.xml", 200, XML, """
                <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
                <sitemap><loc>https://elsewhere.example/news.xml</loc><lastmod>2026-03-09</lastmod></sitemap>
                <sitemap><loc>%1$s/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap>
                <sitemap><loc>%1$s/pages.xml</loc><lastmod>2026-03-01</lastmod></sitemap>
                <sitemap><loc>%1$s/news-1.xml</loc><lastmod>2026-02-01</lastmod></sitemap>
                <sitemap><loc>%1$s/news-2.xml</loc><lastmod>2026-03-01</lastmod></sitemap></sitemapindex>
                """.formatted(server.url("")));
        var feed = add("/index.xml");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.rawArticles(feed)).hasSizeGreaterThanOrEqualTo(2));
        await("polls that find nothing").until(() -> server.asked("/index.xml").size() >= 3);
        assertThat(broker.rawArticles(feed))
                .filteredOn(raw -> raw.page() == null)
                .hasSize(2)
                .allSatisfy(raw -> assertThat(raw.format().toString()).isEqualTo("news-sitemap"));
        assertThat(server.asked("/old.xml")).isEmpty();

        server.page("/news-1.xml", 200, XML, sitemap(Map.of("one", Instant.EPOCH, "three", Instant.EPOCH)));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.rawArticles(feed))
                        .filteredOn(raw -> raw.page() == null)
                        .hasSize(3)
                        .last()
                        .satisfies(raw -> assertThat(raw.document()).contains("/three<")));
        assertThat(broker.state(feed)).hasValueSatisfying(state -> {
            assertThat(state.status()).isEqualTo(FeedState.Status.ACTIVE);
            assertThat(state.gaps()).isEmpty();
        });
    }
}
