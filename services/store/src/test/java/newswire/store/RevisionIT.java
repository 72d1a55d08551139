package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import newswire.contract.Article;
import newswire.contract.RawArticle;
import newswire.contract.Samples;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The history of an article over HTTP. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class RevisionIT {
    private static final String STORY = "/api/articles/" + TestArticle.id(1);

    private static TestServices.Kafka kafka;
    private static RunningStore store;

    @BeforeAll
    static void start() {
        kafka = TestServices.freshKafka();
        store = RunningStore.start(kafka, TestServices.postgres());
        store.send(
                TestArticle.of(1, 1, "Five dead in flood", "The river rose.\n\nFive people died."),
                TestArticle.of(
                        1, 2, "Seven dead in flood", "The river rose.\n\nSeven people died, <b>officials</b> said."),
                TestArticle.of(2, 1));
        var raw = Samples.read("raw-article-full", RawArticle.class);
        long place = store.sendWith(Topics.RAW_ARTICLES, "example.com", Encoding.encode(raw), 1);
        var seed = Samples.article("seed");
        store.sendWith(
                Topics.ARTICLES,
                seed.id().toString(),
                Encoding.encode(seed),
                0,
                header("newswire-raw-partition", "1"),
                header("newswire-raw-offset", String.valueOf(place)));
        store.awaitRead(Topics.ARTICLES);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @AfterAll
    static void stop() {
        store.close();
        kafka.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # path                                    | title
                                                  | Seven dead in flood
        ?at=2026-03-01T00:01:01Z                  | Five dead in flood
        ?at=2026-03-01T00:01:02Z                  | Seven dead in flood
        /revisions/1                              | Five dead in flood
        /revisions/1.0                            | Five dead in flood
        /revisions/2                              | Seven dead in flood
        """)
    void saysWhatItSaid(String path, String title) {
        assertThat(store.json(STORY + (path == null ? "" : path)).path("title").asString())
                .isEqualTo(title);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # path                                    | status
        ?at=2026-03-01T00:01:00Z                  | 404
        /revisions/3                              | 404
        /revisions/1.1                            | 404
        /revisions/x                              | 400
        /diff?from=9                              | 404
        /diff?from=-1                             | 400
        """)
    void knowsNoOtherTimesAndVersions(String path, int status) {
        assertThat(store.get(STORY + path).statusCode()).isEqualTo(status);
    }

    @Test
    void tellsWhatDiffers() {
        var diff = store.json(STORY + "/diff");
        assertThat(diff.path("from").asString()).isEqualTo("1.0");
        assertThat(diff.path("to").asString()).isEqualTo("2.0");
        assertThat(diff.path("title").toString())
                .isEqualTo("[{\"kind\":\"removed\",\"text\":\"Five\"},{\"kind\":\"added\",\"text\":\"Seven\"},"
                        + "{\"kind\":\"same\",\"text\":\" dead in flood\"}]");
        assertThat(store.json(STORY + "/diff?from=2&to=1").path("title").toString())
                .contains("{\"kind\":\"removed\",\"text\":\"Seven\"}");
        assertThat(store.json("/api/articles/" + TestArticle.id(2) + "/diff")
                        .path("title")
                        .toString())
                .contains("\"same\"")
                .doesNotContain("added");
    }

    @Test
    void showsWhatDiffersWithoutTrustingIt() {
        var page = store.get(STORY + "/diff", "Accept", "text/html");
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.body())
                .contains("<h2><del>Five</del><ins>Seven</ins> dead in flood</h2>")
                .contains("&lt;b&gt;officials")
                .doesNotContain("<b>");
    }

    @Test
    void tellsTheWayBackToTheFeed() {
        var seed = Samples.article("seed");
        var lineage = store.json("/api/articles/" + seed.id() + "/lineage");
        assertThat(lineage.at("/event/topic").asString()).isEqualTo(Topics.ARTICLES);
        assertThat(lineage.at("/raw/partition").asInt()).isEqualTo(1);
        assertThat(lineage.at("/poll/fetch/status").asInt()).isEqualTo(200);
        assertThat(lineage.at("/poll/fetch/etag").asString()).isNotEmpty();
        assertThat(lineage.path("normalizer").asString())
                .isEqualTo(seed.provenance().normalizer());
        assertThat(lineage.at("/feed/url").asString())
                .isEqualTo(seed.provenance().feedUrl().toString());
        var without = store.json(STORY + "/lineage?version=1");
        assertThat(without.path("version").asString()).isEqualTo("1.0");
        assertThat(without.path("poll").isNull()).isTrue();
    }

    @Test
    void revisionsAreKeptWhole() {
        var revisions = store.json(STORY + "/revisions").path("items");
        assertThat(List.of(
                        revisions.path(0).path("version").asString(),
                        revisions.path(1).path("version").asString()))
                .containsExactly("2.0", "1.0");
        Article first = RevisionTable.article(revisions.path(1).toString());
        assertThat(first).isEqualTo(TestArticle.of(1, 1, "Five dead in flood", "The river rose.\n\nFive people died."));
    }
}
