package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.Problem;
import newswire.contract.RawArticle;
import newswire.contract.SchemaAssert;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** The service at a real broker and a real web server. */
class FetcherIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final FeedServer server = new FeedServer();
    private final TestBroker broker = new TestBroker(TestServices.freshKafka());
    private ConfigurableApplicationContext fetcher;

    @BeforeEach
    void start() {
        fetcher = run();
    }

    @AfterEach
    void stop() {
        fetcher.close();
        broker.close();
        server.close();
    }

    private ConfigurableApplicationContext run() {
        return FetcherApplication.run(broker.arguments(Map.of(
                "fetcher.poll.default-interval", "1s",
                "fetcher.poll.floor", "500ms",
                "fetcher.poll.ceiling", "4s",
                "fetcher.host.spacing", "100ms")));
    }

    private Feed add(String path) {
        var feed = Feed.of(server.url(path), Instant.parse("2026-03-01T10:00:00Z"));
        broker.define(feed);
        return feed;
    }

    @Test
    void publishesEachEntryOnceAndThenOnlyWhatIsNewOrChanged() {
        server.feed("/feed", FeedServer.rss("b", "a"));
        var feed = add("/feed");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.guids(feed)).containsExactly("a", "b"));

        await("polls that find nothing")
                .atMost(PATIENCE)
                .until(() -> server.asked("/feed").size() >= 3);
        assertThat(server.asked("/feed").getLast().answered()).isEqualTo(304);
        server.feed("/feed", FeedServer.rss("c", "b", "a").replace("<title>a", "<title>A"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.guids(feed)).containsExactly("a", "b", "a", "c"));

        var records = broker.rawArticles();
        assertThat(records).allSatisfy(record -> {
            SchemaAssert.assertValid(record.value(), RawArticle.class);
            assertThat(record.key()).isEqualTo(feed.publisher().scope().value());
            assertThat(new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                    .isEqualTo("newswire.raw-article.captured.v1");
        });
        assertThat(broker.states()).isNotEmpty().allSatisfy(state -> SchemaAssert.assertValid(state, FeedState.class));
        assertThat(broker.rawArticles(feed).getFirst().fetch().via()).isEqualTo(RawArticle.Via.BACKFILL);
        assertThat(broker.rawArticles(feed).getLast().fetch().via()).isEqualTo(RawArticle.Via.POLL);
    }

    @Test
    void goesOnAfterRestartWhereItWas() {
        server.feed("/feed", FeedServer.rss("b", "a"));
        var feed = add("/feed");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.state(feed)).isPresent());
        fetcher.close();

        int before = server.asked("/feed").size();
        fetcher = run();
        await().atMost(PATIENCE).until(() -> server.asked("/feed").size() > before);
        assertThat(server.asked("/feed").get(before).answered()).isEqualTo(304);
        server.feed("/feed", FeedServer.rss("c", "b", "a"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.guids(feed)).containsExactly("a", "b", "c"));
    }

    @Test
    void keepsSilentOverRestartForAllFeedsOfTheScope() {
        server.page("/busy", 429, Map.of("Retry-After", "86400"), "");
        server.feed("/other", FeedServer.rss("a"));
        var busy = add("/busy");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.state(busy))
                        .hasValueSatisfying(state -> assertThat(state.status()).isEqualTo(FeedState.Status.THROTTLED)));
        fetcher.close();

        fetcher = run();
        add("/other");
        server.feed("/busy", FeedServer.rss("a"));
        await("some time in which nothing is asked")
                .during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(7))
                .until(() -> server.asked("/busy").size() == 1
                        && server.asked("/other").isEmpty());
    }

    @Test
    void stopsPollingWhatWasRemovedAndForgetsIt() {
        server.feed("/feed", FeedServer.rss("a"));
        var feed = add("/feed");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.state(feed)).isPresent());
        broker.remove(feed);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.state(feed)).isEmpty());
        int asked = server.asked("/feed").size();
        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(4))
                .until(() -> server.asked("/feed").size() == asked);
    }

    @Test
    void tellsWhatIsWrongWithFeed() {
        var feed = add("/absent");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.state(feed)).hasValueSatisfying(state -> {
                    assertThat(state.status()).isEqualTo(FeedState.Status.BACKOFF);
                    assertThat(state.lastError()).extracting(Problem::code).isEqualTo("http_404");
                    assertThat(state.polls()).hasSize(1);
                }));
        assertThat(broker.count(Topics.RAW_ARTICLES)).isZero();
    }

    @Test
    void looksForTheFeedOfPageAndProposesIt() {
        server.page("/", 200, Map.of("Content-Type", "text/html"), """
                <html><head><link rel="alternate" type="application/rss+xml" href="/real" title="News">
                <link rel="alternate" type="application/rss+xml" href="/comments/feed" title="Comments"></head></html>
                """);
        server.feed("/real", FeedServer.rss("b", "a"));
        server.feed("/comments/feed", FeedServer.rss("x").replace("<title>News", "<title>Comments on News"));
        var page = add("/");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.state(page)).hasValueSatisfying(state -> {
                    assertThat(state.lastError()).extracting(Problem::code).isEqualTo("not_a_feed");
                    var url = Objects.requireNonNull(state.url());
                    assertThat(url.proposal()).isEqualTo(new FeedState.Proposal(server.url("/real"), "discovered"));
                    assertThat(url.candidates())
                            .extracting(candidate -> candidate.xmlUrl().getPath())
                            .containsExactly("/real", "/comments/feed");
                    assertThat(state.polls()).hasSize(1);
                }));
        SchemaAssert.assertValid(broker.state(page).orElseThrow());
        assertThat(broker.count(Topics.RAW_ARTICLES)).isZero();

        broker.define(page.movedTo(server.url("/real"), Instant.now()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.guids(page)).containsExactly("a", "b"));
    }

    @Test
    void asksAnewWhereFeedMovedTo() {
        server.feed("/old", FeedServer.rss("b", "a"));
        server.feed("/new", FeedServer.rss("b", "a"));
        var feed = add("/old");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.state(feed)).isPresent());
        broker.define(feed.movedTo(server.url("/new"), Instant.now()));
        await().atMost(PATIENCE).until(() -> !server.asked("/new").isEmpty());
        assertThat(server.asked("/new").getFirst().headers())
                .as("validators of the old address")
                .doesNotContainKeys("If-none-match", "If-modified-since");
        await().atMost(PATIENCE).until(() -> server.asked("/new").size() > 2);
        assertThat(broker.guids(feed)).as("what was sent is not sent again").containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"title", "home_page_url", "language"})
    void keepsStateOfFeedThatSaysTooMuchOfItself(String name) {
        var page = """
                {"version": "https://jsonfeed.org/version/1.1", "%s": "%s", "items": [{"id": "a", "content_text": "x"}]}
                """.formatted(name, noise(1_500_000));
        server.page("/vain", 200, Map.of("Content-Type", "application/feed+json"), page);
        var vain = add("/vain");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.state(vain)).isPresent());
        assertThat(broker.rawArticles(vain)).hasSize(1);
    }

    @Test
    void entryTooLargeForTheBrokerIsDeadLetter() {
        var text = "\uD55C".repeat(1_500_000);
        server.feed("/large", FeedServer.rss("b", "a").replace("<title>a", "<title>a" + text));
        var large = add("/large");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.state(large)).isPresent());
        assertThat(broker.guids(large)).containsExactly("b");
        assertThat(broker.count(Topics.DEAD_LETTERS)).isEqualTo(1);
    }

    /** Text that no compression makes much shorter. */
    private static String noise(int letters) {
        return new Random(1)
                .ints('0', 'z')
                .filter(Character::isLetterOrDigit)
                .limit(letters)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
