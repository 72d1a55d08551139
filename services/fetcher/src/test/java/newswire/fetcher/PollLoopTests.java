package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.NewsRecord;
import newswire.contract.SchemaAssert;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import newswire.contract.kafka.RecordSerializer;
import newswire.contract.operation.Traces;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.mock.MockProducerFactory;

/** The loop with a broker that confirms when it is told to. */
class PollLoopTests {
    private static final FetcherProperties PROPERTIES =
            FeedClientTests.properties(Map.of("fetcher.host.spacing", "10ms", "fetcher.robots", "IGNORE"));

    private final FeedServer server = new FeedServer();
    private final MockProducer<String, NewsRecord> producer =
            new MockProducer<>(false, null, new StringSerializer(), new RecordSerializer("fetcher")) {
                @Override
                public void close(Duration timeout) {} // the template closes it after every record
            };
    private final FeedClient client =
            new FeedClient(PROPERTIES, AddressGuardTests.guard(List.of("127.0.0.1"), Set.of()), "1");
    private final BrokerGate broker = new BrokerGate();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PollLoop loop = loop();
    private final FeedShard shard =
            new FeedShard(2, PROPERTIES, new Newcomers(20, Duration.ofMinutes(30), new Random(1)));

    private PollLoop loop() {
        return loop(client, 10);
    }

    private PollLoop loop(FeedClient asking, int maxInFlight) {
        var kafka = new KafkaTemplate<>(new MockProducerFactory<>(() -> producer));
        var publisher = new RawArticlePublisher(kafka, 1_000_000, Traces.OFF, new PollMetrics(meters));
        return loop(poller(asking, publisher, meters), publisher, kafka, meters, broker, maxInFlight);
    }

    static Poller poller(FeedClient asking, RawArticlePublisher publisher, SimpleMeterRegistry meters) {
        var visits = new Visits(asking, InstantSource.system(), () -> 0, Duration.ofSeconds(60));
        return new Poller(
                asking,
                publisher,
                new Sitemaps(visits, PROPERTIES),
                FollowUps.of(visits, publisher, meters, InstantSource.system(), PROPERTIES),
                100);
    }

    static PollLoop loop(
            Poller poller,
            RawArticlePublisher publisher,
            KafkaTemplate<String, NewsRecord> kafka,
            SimpleMeterRegistry meters,
            BrokerGate broker,
            int maxInFlight) {
        var metrics = new PollMetrics(meters);
        var clock = InstantSource.system();
        var rounds = new PollRounds(
                poller, publisher, PROPERTIES.poll(), WebSubPlanTests.off(kafka, meters), metrics, clock);
        return new PollLoop(rounds, publisher, metrics, broker, clock, maxInFlight);
    }

    @BeforeEach
    void start() {
        loop.start();
        loop.add(shard);
    }

    @AfterEach
    void stop() {
        loop.stop();
        client.close();
        server.close();
    }

    private Feed add(String path) {
        var feed = Feed.of(server.url(path), Instant.parse("2026-03-01T10:00:00Z"));
        shard.define(feed, Instant.now());
        loop.wake();
        return feed;
    }

    private List<String> sent() {
        return producer.history().stream().map(ProducerRecord::topic).toList();
    }

    @Test
    void sendsStateOnlyWhenTheBrokerHasEveryEntry() {
        server.feed("/feed", FeedServer.rss("b", "a"));
        add("/feed");
        await().until(() -> sent().size() == 2);
        producer.completeNext();
        await().during(Duration.ofMillis(500)).until(() -> sent().size() == 2);
        assertThat(sent()).containsOnly(Topics.RAW_ARTICLES);

        producer.completeNext();
        await().until(() -> sent().size() == 3);
        assertThat(sent()).last().isEqualTo(Topics.FEED_STATES);
        assertThat(producer.history().getLast().partition()).isEqualTo(2);
    }

    @Test
    void forgetsPollWhoseEntriesTheBrokerDoesNotHave() {
        server.feed("/feed", FeedServer.rss("a"));
        add("/feed");
        await().until(() -> sent().size() == 1);
        producer.errorNext(new TimeoutException("too late"));
        await().until(() -> !broker.isOpen());
        assertThat(sent()).containsExactly(Topics.RAW_ARTICLES);
    }

    @Test
    void feedWhoseRecordIsTooLargeDoesNotStopTheOthers() {
        server.feed("/large", FeedServer.rss("a"));
        server.feed("/other", FeedServer.rss("b"));
        add("/large");
        await().until(() -> sent().size() == 1);
        producer.errorNext(new RecordTooLargeException("too large"));
        add("/other");
        await().until(() -> sent().size() == 2);
        assertThat(broker.isOpen()).isTrue();
    }

    @Test
    void pollsNothingWhileTheBrokerIsAway() {
        broker.close("a test");
        server.feed("/feed", FeedServer.rss("a"));
        add("/feed");
        await().during(Duration.ofMillis(500)).until(() -> server.asked("/feed").isEmpty());
        broker.open();
        loop.wake();
        await().until(() -> !server.asked("/feed").isEmpty());
    }

    @Test
    void sendsNothingOfFeedThatWasRemovedMeanwhile() throws Exception {
        server.feed("/feed", FeedServer.rss("a"));
        var feed = add("/feed");
        await().until(() -> sent().size() == 1);
        shard.remove(feed.feedId());
        producer.completeNext();
        assertThat(shard.drain(Duration.ofSeconds(10))).isTrue();
        assertThat(sent()).containsExactly(Topics.RAW_ARTICLES);
    }

    @Test
    void hostsThatSayNothingDoNotHoldUpTheOthers() {
        var patient = FeedClientTests.properties(Map.of(
                "fetcher.host.spacing", "1ms",
                "fetcher.limits.first-byte", "90s",
                "fetcher.limits.exchange", "90s"));
        try (var dead = new RawServer();
                var asking = new FeedClient(patient, AddressGuardTests.guard(List.of("127.0.0.1"), Set.of()), "1")) {
            dead.answer("");
            dead.hang();
            var two = loop(asking, 2);
            two.start();
            two.add(shard);
            try {
                loop.remove(shard.partition());
                server.feed("/feed", FeedServer.rss("a"));
                var living = define("/feed", server.url("/feed"));
                await().until(() -> confirmed(Topics.FEED_STATES));
                for (int n = 0; n < 10; n++) {
                    define("/dead" + n, dead.url("/" + n));
                }
                two.wake();
                await().until(() -> !dead.asked().isEmpty());
                shard.define(living.movedTo(server.url("/moved"), Instant.now()), Instant.now());
                two.wake();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> !server.asked("/moved").isEmpty());
                var waits = meters.get("newswire.fetcher.poll.wait").timer();
                assertThat(waits.count()).as("of polls that began").isEqualTo(3);
            } finally {
                two.stop();
            }
        }
    }

    /** Each a publisher of its own. */
    private Feed define(String name, URI url) {
        var plain = Feed.of(URI.create("https://host" + name.hashCode() + ".example" + name), Instant.now());
        var feed = new Feed(
                plain.schemaVersion(),
                plain.feedId(),
                1,
                url,
                null,
                name,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                true,
                plain.publisher(),
                plain.poll(),
                plain.http(),
                plain.dates(),
                plain.identity(),
                plain.content(),
                plain.updates(),
                plain.websub(),
                plain.rights(),
                plain.createdAt(),
                plain.updatedAt());
        shard.define(feed, Instant.now());
        return feed;
    }

    private boolean confirmed(String topic) {
        producer.completeNext();
        return sent().contains(topic);
    }

    @Test
    void remembersPollThatFoundNoRoom() {
        var hasty = FeedClientTests.properties(Map.of("fetcher.limits.exchange", "1s", "fetcher.limits.memory", "1MB"));
        try (var asking = new FeedClient(hasty, AddressGuardTests.guard(List.of("127.0.0.1"), Set.of()), "1");
                var all = asking.memory().room()) {
            all.forBytes(262_144, Duration.ZERO);
            loop.remove(shard.partition());
            var crowded = loop(asking, 1);
            crowded.start();
            crowded.add(shard);
            try {
                server.feed("/feed", FeedServer.rss("a"));
                add("/feed");
                crowded.wake();
                await().until(() -> confirmed(Topics.FEED_STATES));
                assertThat(sent()).containsExactly(Topics.FEED_STATES);
                var state = (FeedState) producer.history().getLast().value();
                assertThat(state.status()).isEqualTo(FeedState.Status.NEW);
                assertThat(state.polls()).singleElement().satisfies(poll -> {
                    assertThat(poll.outcome()).isEqualTo("put_off");
                    assertThat(poll.reasons()).containsExactly("no-room");
                    assertThat(poll.nextPollAt()).isEqualTo(state.schedule().nextPollAt());
                });
                SchemaAssert.assertValid(Encoding.encode(state), FeedState.class);
            } finally {
                crowded.stop();
            }
        }
    }

    @Test
    void countsPollsAndEntries() {
        server.feed("/feed", FeedServer.rss("b", "a"));
        add("/feed");
        add("/absent");
        await().until(() -> sent().stream().filter(Topics.RAW_ARTICLES::equals).count() == 2);
        await().until(() -> {
            producer.completeNext();
            return meters.find("newswire.fetcher.polls").counters().size() == 2;
        });
        assertThat(meters.counter("newswire.fetcher.polls", "outcome", "modified")
                        .count())
                .isEqualTo(1);
        assertThat(meters.counter("newswire.fetcher.polls", "outcome", "http_404")
                        .count())
                .isEqualTo(1);
        assertThat(meters.counter("newswire.fetcher.entries", "kind", "new").count())
                .isEqualTo(2);
        assertThat(meters.get("newswire.fetcher.poll.wait").timer().count()).isEqualTo(2);
    }
}
