package newswire.fetcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import newswire.contract.Feed;
import newswire.contract.FeedPush;
import newswire.contract.NewsRecord;
import newswire.contract.Topics;
import newswire.contract.kafka.RecordSerializer;
import newswire.contract.operation.Traces;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.mock.MockProducerFactory;

/** The door with a broker that confirms, or does not. */
class PushIntakeTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");
    private static final URI HUB = URI.create("https://hub.example/");
    private static final Feed FEED = Feed.of(URI.create("https://news.example/feed"), NOW);
    private static final FetcherProperties PROPERTIES =
            FeedClientTests.properties(Map.of("fetcher.limits.decoded", "4MB"));

    private final Callbacks callbacks =
            new Callbacks(URI.create("https://us.example"), "0123456789abcdef0123456789abcdef");
    private final String id = callbacks.id(FEED.feedId(), 3, HUB, FEED.xmlUrl(), NOW);
    private final Callbacks.Callback callback = requireNonNull(callbacks.read(FEED.feedId(), 3, id));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private boolean away;
    private final MockProducer<String, NewsRecord> producer =
            new MockProducer<>(false, null, new StringSerializer(), new RecordSerializer("fetcher")) {
                @Override
                public void close(Duration timeout) {} // the template closes it after every record

                @Override
                public synchronized Future<RecordMetadata> send(
                        ProducerRecord<String, NewsRecord> record, Callback callback) {
                    var sent = super.send(record, callback);
                    assertThat(away ? errorNext(new TimeoutException("away")) : completeNext())
                            .isTrue();
                    return sent;
                }
            };
    private final KafkaTemplate<String, NewsRecord> kafka =
            new KafkaTemplate<>(new MockProducerFactory<>(() -> producer));
    private final PollLoop loop = loop();
    private final PushIntake intake = new PushIntake(
            callbacks,
            WebSubPlanTests.settings(Map.of("fetcher.websub.per-minute", "3")),
            PROPERTIES.limits(),
            loop,
            new PushPublisher(kafka),
            new PushMetrics(meters),
            () -> NOW,
            new MemoryBudget(64 << 20));

    private PollLoop loop() {
        var publisher = new RawArticlePublisher(kafka, 1_000_000, Traces.OFF, new PollMetrics(meters));
        var client =
                new FeedClient(PROPERTIES, new AddressGuard(List.of(), java.util.Set.of(), new AddressBudget(8)), "1");
        return PollLoopTests.loop(
                PollLoopTests.poller(client, publisher, meters), publisher, kafka, meters, new BrokerGate(), 1);
    }

    private int push(byte[] body, @Nullable String encoding) throws IOException {
        var signature =
                "sha256=" + HexFormat.of().formatHex(TestHub.hmac("sha256", body, callbacks.secret(FEED.feedId(), id)));
        return intake.push(callback, signature, "text/xml", encoding, new ByteArrayInputStream(body))
                .status();
    }

    private FeedPush sent() {
        var record = producer.history().getLast();
        assertThat(record.topic()).isEqualTo(Topics.FEED_PUSHES);
        assertThat(record.partition()).isEqualTo(3);
        return (FeedPush) record.value();
    }

    private double count(String outcome) {
        return meters.counter("newswire.fetcher.pushes", "outcome", outcome).count();
    }

    @Test
    void passesOnWhatIsSigned() throws IOException {
        assertThat(push("<rss/>".getBytes(StandardCharsets.UTF_8), null)).isEqualTo(202);
        var push = sent();
        assertThat(push.kind()).isEqualTo(FeedPush.Kind.CONTENT);
        assertThat(push.at()).isEqualTo(Instant.parse("2026-03-01T10:00:00.123Z"));
        assertThat(requireNonNull(push.content()).body()).isEqualTo("PHJzcy8+");
        assertThat(count("accepted")).isEqualTo(1);
    }

    @Test
    void passesOnTheFactAloneOfWhatIsTooLarge() throws IOException {
        assertThat(push(new byte[2_900_001], null)).isEqualTo(202);
        assertThat(requireNonNull(sent().content()).body()).isNull();
        assertThat(requireNonNull(sent().content()).bytes()).isEqualTo(2_900_001);
        assertThat(count("too_large_for_record")).isEqualTo(1);
        var noise = new byte[2_900_000];
        new Random(1).nextBytes(noise);
        assertThat(push(noise, "identity")).isEqualTo(202);
        assertThat(newswire.contract.kafka.Encoding.encode(sent()).length).isBetween(2_900_000, 4_100_000);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # packed, said        , bytes    , status
            gzip    , gzip        , 1000     , 202
            gzip    , X-GZIP      , 1000     , 202
            deflate , deflate     , 1000     , 202
            zstd    , zstd        , 1000     , 202
            gzip    , zstd        , 1000     , 400
            gzip    , 'gzip, gzip', 1000     , 415
            gzip    , compress    , 1000     , 415
            gzip    , gzip        , 4200000  , 413
            """)
    void unpacksOneLayer(String packed, String said, int bytes, int status) throws IOException {
        assertThat(push(FeedClientTests.packed(packed, new byte[bytes]), said)).isEqualTo(status);
        if (status == 202) {
            assertThat(Base64.getDecoder()
                            .decode(requireNonNull(sent().content()).body()))
                    .isEqualTo(new byte[bytes]);
        } else {
            assertThat(producer.history()).isEmpty();
            assertThat(count(status == 413 ? "too_large" : "bad_encoding")).isEqualTo(1);
        }
    }

    @Test
    void brokenPackingIsRefused() throws IOException {
        var whole = FeedClientTests.packed("gzip", new byte[50_000]);
        assertThat(push(java.util.Arrays.copyOf(whole, whole.length / 2), "gzip"))
                .isEqualTo(400);
    }

    @Test
    void readsNoMoreThanFeedsMayHave() throws IOException {
        assertThat(push(new byte[4 * 1024 * 1024 + 1], null)).isEqualTo(413);
        assertThat(producer.history()).isEmpty();
        assertThat(count("too_large")).isEqualTo(1);
    }

    @Test
    void saysSoWhenTheBrokerHasNotTakenIt() throws IOException {
        away = true;
        assertThat(push("<rss/>".getBytes(StandardCharsets.UTF_8), null)).isEqualTo(503);
        assertThat(count("broker_away")).isEqualTo(1);
        assertThat(ask("subscribe", FEED.xmlUrl().toString(), "me").status()).isEqualTo(503);
    }

    @Test
    void noFeedIsPushedMoreOftenThanAllowed() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(push(new byte[] {1}, null)).isEqualTo(202);
        }
        assertThat(push(new byte[] {1}, null)).isEqualTo(429);
        assertThat(count("too_many")).isEqualTo(1);
        assertThat(producer.history()).hasSize(3);
    }

    @Test
    void bodyThatBreaksOffIsNothing() throws IOException {
        var broken = InputStream.nullInputStream();
        broken.close();
        assertThatIOException().isThrownBy(() -> intake.push(callback, "sha256=00", null, null, broken));
        assertThat(count("broken_off")).isEqualTo(1);
    }

    @Test
    void knowsWhichOfItsFeedsAreGone() throws IOException {
        var shard = new FeedShard(3, PROPERTIES, new Newcomers(1, Duration.ofMinutes(1), new Random(1)));
        loop.add(shard);
        assertThat(push(new byte[] {1}, null)).isEqualTo(410);
        assertThat(ask("subscribe", FEED.xmlUrl().toString(), "me").status()).isEqualTo(404);
        assertThat(ask("unsubscribe", FEED.xmlUrl().toString(), "me")).isEqualTo(new PushIntake.Reply(200, "me"));
        shard.define(FEED, NOW);
        assertThat(push(new byte[] {1}, null)).isEqualTo(202);
    }

    private PushIntake.Reply ask(@Nullable String mode, @Nullable String topic, @Nullable String challenge) {
        return intake.ask(callback, new PushIntake.Question(mode, topic, challenge, "60", "a\nb"));
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3} {4}")
    @CsvSource(nullValues = "-", textBlock = """
            # mode     , topic                    , challenge, status, passed on
            subscribe  , https://news.example/feed, me       , 200   , SUBSCRIBED
            unsubscribe, https://news.example/feed, me       , 200   , UNSUBSCRIBED
            denied     , https://news.example/feed, -        , 200   , DENIED
            subscribe  , https://news.example/feed, -        , 404   , -
            subscribe  , https://news.example/feed, ''       , 404   , -
            subscribe  , https://news.example/feed, é        , 404   , -
            subscribe  , https://news.example/    , me       , 404   , -
            denied     , https://news.example/    , -        , 404   , -
            subscribe  , -                        , me       , 404   , -
            publish    , https://news.example/feed, me       , 404   , -
            -          , https://news.example/feed, me       , 404   , -
            """)
    void answersHubs(
            @Nullable String mode,
            @Nullable String topic,
            @Nullable String challenge,
            int status,
            FeedPush.@Nullable Kind passedOn) {
        var reply = ask(mode, topic, challenge);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text()).isEqualTo(status == 200 && challenge != null ? challenge : "");
        if (passedOn == null) {
            assertThat(producer.history()).isEmpty();
            return;
        }
        assertThat(sent().kind()).isEqualTo(passedOn);
        assertThat(sent().leaseSeconds()).isEqualTo(60);
        assertThat(sent().reason()).isEqualTo("a?b");
    }

    @Test
    void challengeHasAnEnd() {
        assertThat(ask("subscribe", FEED.xmlUrl().toString(), "x".repeat(1_024)).status())
                .isEqualTo(200);
        assertThat(ask("subscribe", FEED.xmlUrl().toString(), "x".repeat(1_025)).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            x, 3, x
            9d2f0f6e-0000-5000-8000-000000000000, 3, x
            9d2f0f6e-0000-5000-8000-000000000000, -1, x
            9d2f0f6e-0000-5000-8000-000000000000, 99999999999, x
            """)
    void strangersHaveNoCallback(String feed, String partition, String id) {
        assertThat(intake.callback(feed, partition, id)).isNull();
        assertThat(intake.callback(FEED.feedId().toString(), "3", this.id)).isEqualTo(callback);
    }
}
