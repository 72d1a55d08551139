package newswire.store;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.PublisherScope;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import newswire.contract.kafka.ScopePartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the fetcher proposes, the store applies. */
class RelocationIT {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static TestServices.Kafka kafka;
    private static RunningStore store;

    @BeforeAll
    static void start() {
        kafka = TestServices.freshKafka();
        store = RunningStore.start(kafka, TestServices.postgres());
    }

    @AfterAll
    static void stop() {
        store.close();
        kafka.close();
    }

    @Test
    void feedThatMovesToAnotherPublisherChangesItsPartitionAndKeepsItsName() {
        var from = URI.create("https://a.example/feed");
        var to = elsewhere(from);
        var id = add(from);
        store.send(Topics.FEED_STATES, id, state(from, to, 1));
        await().atMost(ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(feed(id).path("xmlUrl").asString()).isEqualTo(to.toString()));
        var feed = feed(id);
        assertThat(feed.path("feedId").asString()).isEqualTo(id);
        assertThat(feed.path("revision").asInt()).isEqualTo(2);
        assertThat(feed.path("title").asString()).isEqualTo(to.toString());
        assertThat(feed.path("publisher").path("scope").asString())
                .isEqualTo(PublisherScope.of(to).value());
        await("a tombstone in the old partition")
                .atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(store.values(Topics.FEEDS, id))
                        .containsExactlyInAnyOrder(
                                partition(from) + " " + from, partition(to) + " " + to, partition(from) + " gone"));
        assertThat(store.get("/api/feeds/" + id).statusCode())
                .as("the tombstone leaves alone what moved")
                .isEqualTo(200);

        assertThat(store.delete("/api/feeds/" + id).statusCode()).isEqualTo(204);
        store.send(Topics.FEED_STATES, id, state(from, to, 2));
        store.awaitRead(Topics.FEED_STATES);
        assertThat(store.get("/api/feeds/" + id).statusCode())
                .as("what is removed does not come back by a proposal")
                .isEqualTo(404);
    }

    @Test
    void proposalForAnotherRevisionIsOutOfDate() {
        var from = URI.create("https://b.example/feed");
        var id = add(from);
        store.send(Topics.FEED_STATES, id, state(from, URI.create("https://b.example/new"), 7));
        store.awaitRead(Topics.FEED_STATES);
        assertThat(store.values(Topics.FEEDS, id)).hasSize(1);
        assertThat(feed(id).path("xmlUrl").asString()).isEqualTo(from.toString());
    }

    @Test
    void whyHasWhatTheNextPollWasDecidedBy() {
        var url = URI.create("https://c.example/feed");
        var id = add(url);
        assertThat(store.json("/api/feeds/" + id + "/why").path("status").asString())
                .isEqualTo("NEW");
        store.send(Topics.FEED_STATES, id, state(url, url, 1));
        store.awaitRead(Topics.FEED_STATES);
        var why = store.json("/api/feeds/" + id + "/why");
        assertThat(why.path("schedule").path("why").path("chance").asDouble()).isEqualTo(0.25);
        assertThat(why.path("schedule").path("reasons").path(0).asString()).isEqualTo("overlap-good");
        assertThat(why.path("status").asString()).isEqualTo("ACTIVE");
        assertThat(store.get("/api/feeds/" + new java.util.UUID(1, 2) + "/why").statusCode())
                .isEqualTo(404);
    }

    private static String add(URI url) {
        var response = store.post("/api/feeds", "application/json", "{\"xmlUrl\": \"" + url + "\"}");
        assertThat(response.statusCode()).isEqualTo(201);
        return Encoding.json().readTree(response.body()).path("feedId").asString();
    }

    private static JsonNode feed(String id) {
        return store.json("/api/feeds/" + id).path("feed");
    }

    private static int partition(URI url) {
        return ScopePartition.of(PublisherScope.of(url), RunningStore.PARTITIONS);
    }

    /** An address whose publisher lives in another partition. */
    private static URI elsewhere(URI url) {
        for (int n = 0; ; n++) {
            var other = URI.create("https://moved" + n + ".example/feed");
            if (partition(other) != partition(url)) {
                return other;
            }
        }
    }

    private static FeedState state(URI from, URI to, int revision) {
        var why = new FeedState.Why(0.25, 0, 1, NOW, 1_800_000, 1.0, 1.0, true, false, null, 0);
        var location = new FeedState.Location(to, to, NOW, 9, new FeedState.Proposal(to, "moved"), null, List.of());
        return new FeedState(
                FeedState.SCHEMA_VERSION,
                Feed.of(from, NOW).feedId(),
                revision,
                NOW,
                FeedState.Status.ACTIVE,
                location,
                null,
                null,
                null,
                null,
                List.of(),
                new FeedState.Schedule(NOW, NOW, NOW, NOW, 1_800L, List.of("overlap-good"), why),
                FeedState.Counters.ZERO,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }
}
