package newswire.store;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What could not be processed: looked at, sent again, put away, never lost. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class DeadLetterIT {
    private static final byte[] BROKEN = "{\"uri\": \"\u00e9 \\ \u0000\n".getBytes(StandardCharsets.UTF_8);

    private static TestServices.Kafka kafka;
    private RunningStore store;

    @BeforeAll
    static void startBroker() {
        kafka = TestServices.freshKafka();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @BeforeEach
    void start() {
        store = RunningStore.start(kafka, TestServices.postgres());
        var key = TestArticle.id(1).toString();
        store.sendWith(Topics.ARTICLES, key, BROKEN, 1, new RecordHeader("x-mine", new byte[] {0, -1}));
        store.sendWith(Topics.ARTICLES, key, Encoding.encode(TestArticle.of(2, 1)), 0);
        store.sendBytes(Topics.FEEDS, "x", "[]".getBytes(StandardCharsets.UTF_8));
        store.sendBytes(Topics.FEEDS, "y", "[]".getBytes(StandardCharsets.UTF_8));
        await().atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                store.json("/api/dead-letters?fate=any").path("items"))
                        .hasSize(4));
    }

    @AfterEach
    void stop() {
        store.close();
        kafka.clear();
    }

    private List<JsonNode> items(String query) {
        var list = new ArrayList<JsonNode>();
        store.json("/api/dead-letters" + query).path("items").forEach(list::add);
        return list;
    }

    private String id(String reason) {
        return items("?fate=any&reason=" + reason)
                .getLast()
                .path("deadLetterId")
                .asString();
    }

    private int post(String path) {
        return store.post("/api/dead-letters" + path, "application/json", "").statusCode();
    }

    @Test
    void areFoundByWhatTheyAre() {
        var found = new LinkedHashMap<String, Integer>();
        for (var query : List.of("", "&reason=bad-key", "&topic=news.feed.v1", "&stage=STORE&limit=3", "&reason=no")) {
            found.put(query, items("?fate=any" + query).size());
        }
        assertThat(found.values()).containsExactly(4, 1, 2, 3, 0);
    }

    @Test
    void comeInPages() {
        var first = store.json("/api/dead-letters?fate=any&limit=3");
        var rest = store.json("/api/dead-letters?fate=any&limit=3&cursor="
                + first.path("next").asString());
        assertThat(rest.path("items")).hasSize(1);
        assertThat(rest.path("next").isNull()).isTrue();
        assertThat(first.path("items").toString())
                .doesNotContain(rest.at("/items/0/deadLetterId").asString());
        assertThat(store.get("/api/dead-letters?cursor=x").statusCode()).isEqualTo(400);
    }

    @Test
    void areSentAgainByteForByte() {
        var id = id("undecodable");
        assertThat(store.getBytes("/api/dead-letters/" + id + "/payload")).isEqualTo(BROKEN);
        long before = store.records(Topics.ARTICLES).size();
        assertThat(post("/" + id + "/replay")).isEqualTo(204);
        var records = store.records(Topics.ARTICLES).stream()
                .filter(record -> record.partition() == 1)
                .toList();
        assertThat(store.records(Topics.ARTICLES)).hasSize((int) before + 1);
        var sent = records.getLast();
        assertThat(sent.value()).isEqualTo(BROKEN);
        assertThat(sent.key()).isEqualTo(records.getFirst().key());
        assertThat(sent.headers().lastHeader("x-mine").value()).containsExactly(0, -1);
        assertThat(sent.headers().lastHeader("newswire-replay-of").value())
                .asString()
                .isEqualTo(id);
        await("it cannot be read this time either")
                .atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(items("?reason=undecodable")).hasSize(1));
        assertThat(items("?fate=replayed&reason=undecodable")).hasSize(1);
    }

    @Test
    void allOfAReasonAreSentAgain() {
        var answer = store.post("/api/dead-letters/replay?reason=schema-violation", "application/json", "");
        assertThat(Encoding.json().readTree(answer.body()).path("replayed").asInt())
                .isEqualTo(2);
        await().atMost(ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(items("?reason=schema-violation")).hasSize(2));
        assertThat(items("?fate=any&reason=schema-violation")).hasSize(4);
    }

    @Test
    void whatIsDiscardedIsKept() {
        var id = id("bad-key");
        assertThat(post("/" + id + "/discard")).isEqualTo(204);
        assertThat(items("?reason=bad-key")).isEmpty();
        assertThat(items("?reason=bad-key&fate=discarded")).hasSize(1);
        assertThat(store.get("/api/dead-letters/" + id).statusCode()).isEqualTo(200);
        assertThat(post("/00000000-0000-5000-8000-000000000000/discard")).isEqualTo(404);
    }
}
