package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.Samples;
import newswire.contract.SchemaAssert;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Feeds are changed, and no change is lost. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class FeedEditIT {
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

    private static String add(String url) {
        var added = store.post("/api/feeds", "application/json", "{\"xmlUrl\":\"" + url + "\"}");
        return "/api/feeds/"
                + Encoding.json().readTree(added.body()).path("feedId").asString();
    }

    private static JsonNode feed(String path) {
        return store.json(path).path("feed");
    }

    private static HttpResponse<String> patch(String path, String patch, String... headers) {
        return store.patch(path, patch, headers);
    }

    @Test
    void aPatchChangesWhatItNamesAndNothingElse() {
        var path = add("https://edit.example/feed");
        var before = feed(path);
        assertThat(patch(path, "{\"title\":\"T\",\"enabled\":false,\"poll\":{\"intervalSeconds\":600}}")
                        .statusCode())
                .isEqualTo(200);
        var after = feed(path);
        assertThat(after.path("title").asString()).isEqualTo("T");
        assertThat(after.path("enabled").asBoolean()).isFalse();
        assertThat(after.at("/poll/intervalSeconds").asInt()).isEqualTo(600);
        assertThat(after.path("revision").asInt()).isEqualTo(2);
        for (var name : List.of("feedId", "xmlUrl", "createdAt", "publisher", "http")) {
            assertThat(after.path(name)).as(name).isEqualTo(before.path(name));
        }
        assertThat(patch(path, "{\"poll\":{\"intervalSeconds\":null}}").statusCode())
                .isEqualTo(200);
        assertThat(feed(path).at("/poll/intervalSeconds").isMissingNode()).isTrue();
        store.records(Topics.FEEDS).stream()
                .filter(record -> record.value() != null)
                .forEach(record -> assertThat(Encoding.decode(record.value(), Feed.class))
                        .isInstanceOfSatisfying(
                                Decoded.Value.class, value -> SchemaAssert.assertValid((Feed) value.value())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # patch                                | field
        {"feedId":"x"}                         | feedId
        {"revision":7}                         | revision
        {"titel":"x"}                          | titel
        {"poll":{"every":1}}                   | poll.every
        {"poll":{"intervalSeconds":1}}         | poll.intervalSeconds
        {"poll":{"intervalSeconds":"often"}}   | body
        {"xmlUrl":"ftp://a.example"}           | xmlUrl
        {"title":""}                           | title
        {"title":null}                         | body
        {"language":"!"}                       | language
        [1]                                    | body
        """)
    void whatIsNotAllowedIsRefusedByField(String patch, String field) {
        var path = add("https://refused.example/feed");
        var before = feed(path);
        var response = patch(path, patch);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(Encoding.json()
                        .readTree(response.body())
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo(field);
        assertThat(feed(path)).isEqualTo(before);
    }

    @Test
    void aChangeOfSomethingElseThanWasReadIsRefused() {
        var path = add("https://match.example/feed");
        var tag = store.get(path).headers().firstValue("ETag").orElseThrow();
        assertThat(patch(path, "{\"title\":\"one\"}", "If-Match", tag).statusCode())
                .isEqualTo(200);
        assertThat(patch(path, "{\"title\":\"two\"}", "If-Match", tag).statusCode())
                .isEqualTo(412);
        assertThat(patch(path, "{\"title\":\"two\"}", "If-Match", "rubbish").statusCode())
                .isEqualTo(400);
        assertThat(feed(path).path("title").asString()).isEqualTo("one");
        assertThat(store.get(
                                path,
                                "If-None-Match",
                                store.get(path).headers().firstValue("ETag").orElseThrow())
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void changesAtOnceAreAllKept() throws Exception {
        var path = add("https://race.example/feed");
        var names = List.of("title", "description", "country", "language", "htmlUrl", "priority");
        var values = List.of("\"T\"", "\"D\"", "\"KR\"", "\"ko\"", "\"https://race.example/\"", "3");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<Integer>>();
            for (int i = 0; i < names.size(); i++) {
                var patch = "{\"" + names.get(i) + "\":" + values.get(i) + "}";
                all.add(threads.submit(() -> patch(path, patch).statusCode()));
            }
            for (var one : all) {
                assertThat(one.get()).isEqualTo(200);
            }
        }
        var feed = feed(path);
        assertThat(feed.path("revision").asInt()).isEqualTo(1 + names.size());
        assertThat(names).allMatch(feed::has);
    }

    @Test
    void anotherPublishersAddressMovesTheFeedWhole() {
        var path = add("https://first.example/feed");
        assertThat(patch(path, "{\"xmlUrl\":\"https://second-publisher.example/feed\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(feed(path).path("xmlUrl").asString()).isEqualTo("https://second-publisher.example/feed");
        assertThat(feed(path).at("/publisher/scope").asString()).isEqualTo("second-publisher.example");
        store.awaitRead(Topics.FEEDS);
        assertThat(store.get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void aPollCanBeAskedForUnlessTheFeedIsPaused() {
        var path = add("https://now.example/feed");
        assertThat(store.post(path + "/poll", "application/json", "").statusCode())
                .isEqualTo(202);
        assertThat(feed(path).path("revision").asInt())
                .as("a change is polled at once")
                .isEqualTo(2);
        patch(path, "{\"enabled\":false}");
        assertThat(store.post(path + "/poll", "application/json", "").statusCode())
                .isEqualTo(409);
    }

    @Test
    void manyFeedsAreTaggedAtOnceAndFoundByTheirTag() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            ids.add(add("https://tag" + i + ".example/feed").substring("/api/feeds/".length()));
        }
        var body = "{\"feeds\":[\"" + String.join("\",\"", ids)
                + "\",\"00000000-0000-5000-8000-000000000000\"],\"add\":[\"/asia\",\"/b\"]}";
        var report = Encoding.json()
                .readTree(
                        store.post("/api/feeds/tags", "application/json", body).body());
        assertThat(report.path("changed").asInt()).isEqualTo(5);
        assertThat(report.path("unknown")).hasSize(1);
        assertThat(Encoding.json()
                        .readTree(store.post("/api/feeds/tags", "application/json", body)
                                .body())
                        .path("unchanged")
                        .asInt())
                .isEqualTo(5);
        assertThat(store.json("/api/feeds?category=/asia").path("items")).hasSize(5);
        assertThat(store.json("/api/feeds?category=/asia&q=TAG3.").path("items"))
                .hasSize(1);
        var remove = "{\"feeds\":[\"" + ids.getFirst() + "\"],\"remove\":[\"/asia\"]}";
        store.post("/api/feeds/tags", "application/json", remove);
        assertThat(store.json("/api/feeds?category=/asia").path("items")).hasSize(4);
        assertThat(feed("/api/feeds/" + ids.getFirst()).path("categories").toString())
                .isEqualTo("[\"/b\"]");
    }

    @Test
    void theLastPollsOfAFeedAreTold() {
        var feed = Samples.read("feed-full", Feed.class);
        var state = Samples.read("feed-state-full", FeedState.class);
        store.send(Topics.FEEDS, feed.feedId().toString(), feed);
        store.send(Topics.FEED_STATES, state.feedId().toString(), state);
        store.awaitRead(Topics.FEEDS);
        store.awaitRead(Topics.FEED_STATES);
        var polls = store.json("/api/feeds/" + state.feedId() + "/polls");
        assertThat(polls.path("items")).hasSize(state.polls().size());
        assertThat(polls.path("gaps")).hasSize(state.gaps().size());
        assertThat(store.json("/api/feeds?gaps=true").path("items"))
                .hasSize(state.gaps().isEmpty() ? 0 : 1);
    }

    @Test
    void fiveThousandOutlinesComeInOnceAndGoOutAsTheyCame() {
        var opml = new StringBuilder("<opml version=\"2.0\"><body><outline text=\"Bulk\">");
        for (int i = 0; i < 5000; i++) {
            opml.append("<outline type=\"rss\" text=\"Bulk &amp; ")
                    .append(i)
                    .append("\" language=\"ko\" xmlUrl=\"")
                    .append(i % 1000 == 999 ? "gopher" : "https")
                    .append("://bulk")
                    .append(i % 700)
                    .append(".example/feed/")
                    .append(i)
                    .append("\"/>\n");
        }
        opml.append("</outline></body></opml>");
        var report = Encoding.json()
                .readTree(store.post("/api/feeds/opml", "text/x-opml", opml.toString())
                        .body());
        assertThat(report.path("added").asInt()).isEqualTo(4995);
        assertThat(report.path("refused")).hasSize(5);
        assertThat(report.at("/refused/0/reason").asString()).contains("gopher");
        var written = store.get("/api/feeds/opml").body();
        var again = Encoding.json()
                .readTree(store.post("/api/feeds/opml", "text/x-opml", written).body());
        assertThat(again.path("added").asInt()).isZero();
        assertThat(again.path("refused")).isEmpty();
        var before = lines(opml.toString());
        var after = lines(written);
        assertThat(after).containsAll(before);
    }

    /** Title, address, language and folder of each feed of a list. */
    private static Set<String> lines(String opml) {
        var lines = new HashSet<String>();
        var read = Opml.read(
                new java.io.ByteArrayInputStream(opml.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                java.time.Instant.EPOCH);
        for (var feed : read.feeds()) {
            lines.add(feed.title() + " " + feed.xmlUrl() + " " + feed.language() + " " + feed.categories());
        }
        return lines;
    }
}
