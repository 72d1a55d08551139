package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.NewsRecord;
import newswire.contract.SchemaAssert;
import newswire.contract.kafka.Encoding;
import newswire.contract.kafka.RecordSerializer;
import newswire.contract.operation.Traces;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.mock.MockProducerFactory;

/** Feeds that robots.txt forbids, at a real web server. */
class FeedRobotsTests {
    private static final Map<String, String> TEXT = Map.of("Content-Type", "text/plain");

    private final FeedServer server = new FeedServer();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MockProducer<String, NewsRecord> producer =
            new MockProducer<>(true, null, new StringSerializer(), new RecordSerializer("fetcher")) {
                @Override
                public void close(Duration timeout) {} // the template closes it after every record
            };
    private @Nullable FeedClient client;
    private @Nullable PollLoop loop;
    private @Nullable FeedShard shard;

    private void start(Feed.Http.Robots usually) {
        var properties =
                FeedClientTests.properties(Map.of("fetcher.host.spacing", "10ms", "fetcher.robots", usually.name()));
        var asking = new FeedClient(properties, AddressGuardTests.guard(List.of("127.0.0.1"), Set.of()), "1");
        client = asking;
        var kafka = new KafkaTemplate<>(new MockProducerFactory<>(() -> producer));
        var publisher = new RawArticlePublisher(kafka, 1_000_000, Traces.OFF, new PollMetrics(meters));
        var visits = new Visits(asking, InstantSource.system(), () -> 0, Duration.ofSeconds(60));
        var poller = new Poller(
                asking,
                publisher,
                new Sitemaps(visits, properties),
                FollowUps.of(visits, publisher, meters, InstantSource.system(), properties),
                100);
        shard = new FeedShard(2, properties, new Newcomers(20, Duration.ofMinutes(30), new Random(1)));
        loop = PollLoopTests.loop(poller, publisher, kafka, meters, new BrokerGate(), 10);
        loop.start();
        loop.add(shard);
    }

    @AfterEach
    void stop() {
        Objects.requireNonNull(loop).stop();
        Objects.requireNonNull(client).close();
        server.close();
    }

    private void add(String path, Feed.Http.@Nullable Robots robots) {
        var plain = Feed.of(server.url(path), Instant.parse("2026-03-01T10:00:00Z"));
        var feed = new Feed(
                plain.schemaVersion(),
                plain.feedId(),
                plain.revision(),
                plain.xmlUrl(),
                null,
                plain.title(),
                null,
                null,
                null,
                null,
                List.of(),
                null,
                true,
                plain.publisher(),
                plain.poll(),
                new Feed.Http(null, Map.of(), null, null, null, robots),
                plain.dates(),
                plain.identity(),
                plain.content(),
                plain.updates(),
                plain.websub(),
                plain.rights(),
                plain.createdAt(),
                plain.updatedAt());
        Objects.requireNonNull(shard).define(feed, Instant.now());
        Objects.requireNonNull(loop).wake();
    }

    private List<FeedState> states() {
        return producer.history().stream()
                .filter(sent -> sent.value() instanceof FeedState)
                .map(sent -> (FeedState) sent.value())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        # usually, of the feed, robots.txt, says           , outcome      , status       , asked of robots, of the feed
        WARN     , -          , 200       , Disallow: /    , modified     , ACTIVE       , 1              , 1
        ENFORCE  , -          , 200       , Disallow: /    , robots_denied, ROBOTS_DENIED, 1              , 0
        ENFORCE  , -          , 200       , Disallow: /x   , modified     , ACTIVE       , 1              , 1
        WARN     , ENFORCE    , 200       , Disallow: /feed, robots_denied, ROBOTS_DENIED, 1              , 0
        ENFORCE  , WARN       , 200       , Disallow: /    , modified     , ACTIVE       , 1              , 1
        ENFORCE  , IGNORE     , 200       , Disallow: /    , modified     , ACTIVE       , 0              , 1
        ENFORCE  , -          , 404       , Disallow: /    , modified     , ACTIVE       , 1              , 1
        ENFORCE  , -          , 500       , Disallow: /x   , http_500     , BACKOFF      , 1              , 0
        ENFORCE  , -          , 429       , Disallow: /x   , http_429     , THROTTLED    , 1              , 0
        """)
    void meansWhatTheDefinitionSaysOrElseTheConfiguration(
            Feed.Http.Robots usually,
            Feed.Http.@Nullable Robots own,
            int status,
            String says,
            String outcome,
            FeedState.Status after,
            int robots,
            int asked) {
        server.page("/robots.txt", status, TEXT, "User-agent: *\n" + says);
        server.feed("/feed", FeedServer.rss("a"));
        start(usually);
        add("/feed", own);
        await().until(() -> !states().isEmpty());
        var state = states().getFirst();
        assertThat(state.polls().getFirst().outcome()).isEqualTo(outcome);
        assertThat(state.status()).isEqualTo(after);
        await().until(() -> server.asked("/robots.txt").size() == robots);
        assertThat(server.asked("/feed")).hasSize(asked);
        SchemaAssert.assertValid(Encoding.encode(state), FeedState.class);
    }

    @Test
    void saysWhatForbidsItAndLooksAgainInADay() {
        server.page("/robots.txt", 200, TEXT, "User-agent: newswire\nDisallow: /feed");
        start(Feed.Http.Robots.ENFORCE);
        add("/feed", null);
        await().until(() -> states().size() == 2);
        var state = states().getLast();
        assertThat(state.robots())
                .isNotNull()
                .extracting(FeedState.Robots::allowed)
                .isEqualTo(false);
        assertThat(state.lastError()).isNotNull().satisfies(error -> {
            assertThat(error.code()).isEqualTo("robots_denied");
            assertThat(error.detail()).contains("robots.txt");
        });
        var wait =
                Duration.between(state.schedule().lastPollAt(), state.schedule().nextPollAt());
        assertThat(wait).isBetween(Duration.ofHours(21), Duration.ofHours(27));
        assertThat(meters.counter("newswire.fetcher.polls", "outcome", "robots").count())
                .isEqualTo(1);
        assertThat(meters.counter("newswire.fetcher.polls", "outcome", "robots_denied")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void feedsThatObeyKeepTheCrawlDelay() {
        server.page("/robots.txt", 200, TEXT, "User-agent: *\nCrawl-delay: 2");
        server.feed("/a", FeedServer.rss("a"));
        server.feed("/b", FeedServer.rss("b"));
        start(Feed.Http.Robots.WARN);
        add("/a", Feed.Http.Robots.ENFORCE);
        add("/b", Feed.Http.Robots.ENFORCE);
        await().until(() -> !server.asked("/a").isEmpty() && !server.asked("/b").isEmpty());
        var a = server.asked("/a").getFirst().at();
        var b = server.asked("/b").getFirst().at();
        assertThat(Duration.between(a, b).abs()).isGreaterThan(Duration.ofMillis(1_900));
    }

    @Test
    void looksForNoFeedWhereItIsForbidden() {
        server.page("/robots.txt", 200, TEXT, "User-agent: *\nDisallow: /secret");
        server.page("/", 200, Map.of("Content-Type", "text/html"), """
                <!doctype html><html><link rel="alternate" type="application/rss+xml" href="/secret">
                <link rel="alternate" type="application/atom+xml" href="/open">""");
        server.feed("/open", FeedServer.rss("a"));
        server.feed("/secret", FeedServer.rss("b"));
        start(Feed.Http.Robots.ENFORCE);
        add("/", null);
        await().until(() -> !states().isEmpty());
        assertThat(states().getFirst().url())
                .isNotNull()
                .satisfies(url -> assertThat(url.candidates())
                        .extracting(FeedState.Candidate::xmlUrl)
                        .containsExactly(server.url("/open")));
        assertThat(server.asked("/secret")).isEmpty();
    }
}
