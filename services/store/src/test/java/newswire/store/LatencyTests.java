package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import newswire.contract.Article;
import newswire.contract.Samples;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class LatencyTests {
    private static final Instant FETCHED = Instant.parse("2026-05-01T12:00:00Z");

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final Latency latency = new Latency(meters);

    LatencyTests() {
        clock.add(FETCHED.plusSeconds(5).toEpochMilli() - clock.wallTime(), TimeUnit.MILLISECONDS);
    }

    @Test
    void timesAreTakenFromThePublisherThePollAndTheTopic() {
        latency.saved(List.of(published(FETCHED.minusSeconds(60))));
        assertThat(seconds("published")).isEqualTo(65);
        assertThat(seconds("fetched")).isEqualTo(5);
        assertThat(seconds("topic")).isEqualTo(3);
    }

    @Test
    void anArchiveIsNobodysDelayAndAClockThatIsAheadIsNoTime() {
        latency.saved(
                List.of(published(FETCHED.minus(Duration.ofDays(2))), published(FETCHED.plus(Duration.ofHours(1)))));
        assertThat(count("published")).isZero();
        assertThat(count("fetched")).isEqualTo(2);
    }

    private static Incoming published(Instant published) {
        var document = (ObjectNode) Encoding.json().readTree(Encoding.encode(Samples.article("minimal")));
        document.put("datePublished", published.toString());
        ((ObjectNode) document.path("revision")).put("kind", "initial");
        ((ObjectNode) document.path("provenance")).put("fetchedAt", FETCHED.toString());
        var article = Encoding.json().treeToValue(document, Article.class);
        var key = article.id().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return Incoming.of(new ConsumerRecord<>(
                Topics.ARTICLES,
                0,
                0,
                FETCHED.plusSeconds(2).toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key,
                Encoding.encode(article),
                new RecordHeaders(),
                Optional.empty()));
    }

    private double seconds(String since) {
        return meters.get("store.article.latency").tag("since", since).timer().totalTime(TimeUnit.SECONDS);
    }

    private long count(String since) {
        return meters.get("store.article.latency").tag("since", since).timer().count();
    }
}
