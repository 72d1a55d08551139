package newswire.store;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import newswire.contract.Article;
import newswire.contract.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What is on the topic is in the tables once, whatever fails in between. */
class IngestIT {
    @RegisterExtension
    static final StoreExtension RUN = new StoreExtension();

    private void send(int from, int to) {
        RUN.store()
                .send(IntStream.range(from, to)
                        .mapToObj(number -> TestArticle.of(number, 1))
                        .toArray(Article[]::new));
    }

    private long articles() {
        return RUN.store()
                .jdbc()
                .sql("select count(*) from article")
                .query(Long.class)
                .single();
    }

    private void awaitArticles(long count) {
        await().atMost(ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(articles()).isEqualTo(count));
    }

    private List<String> deadLetterReasons() {
        return RUN.store()
                .json("/api/dead-letters")
                .path("items")
                .valueStream()
                .map((JsonNode letter) -> letter.path("reason").asString())
                .toList();
    }

    @Test
    void aRestartReadsNothingTwiceEvenIfTheBrokerHasForgottenTheGroup() throws Exception {
        send(0, 50);
        RUN.store().awaitRead(Topics.ARTICLES);
        var before = RUN.store().rows();
        RUN.store().close();
        try (var admin = Admin.create(Map.of("bootstrap.servers", RUN.kafka().bootstrapServers()))) {
            await().ignoreException(ExecutionException.class).until(() -> {
                admin.deleteConsumerGroups(List.of("store")).all().get();
                return true;
            });
        }
        RUN.start();
        send(50, 51);
        awaitArticles(51);
        assertThat(RUN.store().rows()).containsAll(before);
        assertThat(RUN.store().counted("inserted")).isEqualTo(1);
        assertThat(RUN.store().counted("stale")).isZero();
    }

    @Test
    void aDatabaseThatWasSetBackGetsTheLostRowsAgain() {
        send(0, 40);
        awaitArticles(40);
        var before = RUN.store().rows();
        RUN.store().jdbc().sql("""
                        with back as (update ingest_offset set next = 3 where topic = 'news.article.v1'),
                            revisions as (delete from article_revision where "offset" >= 3)
                        delete from article where "offset" >= 3
                        """).update();
        send(40, 44); // the next batches show it
        awaitArticles(44);
        assertThat(RUN.store().rows()).containsAll(before);
    }

    @Test
    void aDatabaseThatIsAwayForAWhileLosesNothing() throws SQLException {
        send(0, 10);
        awaitArticles(10);
        try (var server = server()) {
            allowConnections(server, false);
            send(10, 30);
            await().untilAsserted(() ->
                    assertThat(RUN.store().get("/api/articles").statusCode()).isEqualTo(503));
            allowConnections(server, true);
        }
        awaitArticles(30);
        assertThat(RUN.store().counted("inserted")).isEqualTo(30);
    }

    private Connection server() throws SQLException {
        var url = RUN.database().jdbcUrl().replaceFirst("/[^/]*$", "/postgres");
        return DriverManager.getConnection(
                url, RUN.database().user(), RUN.database().password());
    }

    private void allowConnections(Connection server, boolean allowed) throws SQLException {
        var name = RUN.database().jdbcUrl().replaceFirst(".*/", "");
        try (var statement = server.createStatement()) {
            statement.execute("alter database " + name + " allow_connections " + allowed);
            if (!allowed) {
                statement.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
            }
        }
    }

    @Test
    void aRecordThatTheDatabaseRefusesIsPutAsideAlone() {
        var poison = TestArticle.of(57, 1, "with \0 in it", "text");
        for (int number = 0; number < 100; number++) {
            RUN.store().send(number == 57 ? poison : TestArticle.of(number, 1));
        }
        RUN.restartAtEmptyTables(); // which reads all in one batch
        awaitArticles(99);
        RUN.store().awaitRead(Topics.DEAD_LETTERS);
        assertThat(RUN.store().json("/api/dead-letters").path("total").asInt()).isEqualTo(1);
        assertThat(deadLetterReasons()).containsOnly("constraint-violation");
        assertThat(RUN.store().get("/api/articles/" + poison.id()).statusCode()).isEqualTo(404);
        assertThat(RUN.store().counted("poison")).isEqualTo(1);
    }

    @Test
    void recordsThatCannotBeReadArePutAsideAndTheOthersGoOn() {
        RUN.store().sendBytes(Topics.ARTICLES, "broken", "{".getBytes(StandardCharsets.UTF_8));
        RUN.store().send(Topics.ARTICLES, TestArticle.id(3).toString(), TestArticle.of(2, 1));
        RUN.store().sendBytes(Topics.ARTICLES, "not an id", null);
        RUN.store().sendBytes(Topics.FEEDS, "x", "[]".getBytes(StandardCharsets.UTF_8));
        RUN.store().sendBytes(Topics.DEAD_LETTERS, "x", "nor is this a dead letter".getBytes(StandardCharsets.UTF_8));
        send(10, 11);
        awaitArticles(1);
        await().untilAsserted(() -> assertThat(deadLetterReasons())
                .containsExactlyInAnyOrder("undecodable", "bad-key", "schema-violation", "schema-violation"));
        assertThat(RUN.store().counted("undecodable")).isEqualTo(3);
    }

    @Test
    void whatWasTakenDownStaysAwayWhenItIsPublishedAgain() {
        send(0, 2);
        awaitArticles(2);
        RUN.store().takeDown(TestArticle.id(0));
        RUN.store().send(TestArticle.of(0, 2));
        RUN.store().awaitRead(Topics.ARTICLES);
        assertThat(articles()).isEqualTo(1);
        assertThat(RUN.store().get("/api/articles/" + TestArticle.id(0)).statusCode())
                .isEqualTo(404);
        assertThat(RUN.store()
                        .get("/api/articles/" + TestArticle.id(0) + "/revisions")
                        .statusCode())
                .isEqualTo(404);
    }
}
