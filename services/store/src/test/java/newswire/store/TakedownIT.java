package newswire.store;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import newswire.contract.Article;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.node.ObjectNode;

/** What has to go goes, and only that. */
class TakedownIT {
    @RegisterExtension
    static final StoreExtension RUN = new StoreExtension();

    private int status(String path) {
        return RUN.store().get(path).statusCode();
    }

    private List<String> onTopic(Article article) {
        return RUN.store().records(Topics.ARTICLES).stream()
                .filter(record -> article.id().toString().equals(new String(record.key(), StandardCharsets.UTF_8)))
                .map(record -> record.value() == null ? "removed" : "article")
                .toList();
    }

    @Test
    void anArticleThatWasTakenDownIsGoneEverywhereAndStaysSo() {
        var article = TestArticle.of(1, 1, "Libel about somebody", "Slander.");
        RUN.store().send(article, TestArticle.of(1, 2, "Libel about somebody", "More."), TestArticle.of(2, 1));
        RUN.store().awaitRead(Topics.ARTICLES);
        var path = "/api/articles/" + article.id();

        assertThat(RUN.store().delete(path).statusCode()).isEqualTo(204);
        assertThat(List.of(
                        status(path), status(path + "/revisions"), status(path + "/diff"), status(path + "/lineage")))
                .containsOnly(404);
        assertThat(RUN.store().json("/api/articles?q=libel").path("items")).isEmpty();
        assertThat(RUN.store().json("/api/changes").path("items").toString()).doesNotContain("Libel");
        assertThat(onTopic(article)).containsExactly("article", "article", "removed");
        assertThat(RUN.store().delete(path).statusCode()).as("again").isEqualTo(204);

        RUN.store().send(TestArticle.of(1, 3, "Libel about somebody", "Once more."));
        await("the tombstone is repeated")
                .atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(onTopic(article))
                        .endsWith("article", "removed")
                        .hasSize(5));
        RUN.store().awaitRead(Topics.ARTICLES);
        assertThat(status(path)).isEqualTo(404);
        assertThat(status("/api/articles/" + TestArticle.id(2))).isEqualTo(200);
        assertThat(RUN.store().delete("/api/articles/" + TestArticle.id(77)).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aRebuildGivesTheSameRowsAndTakesNoTakedownBack() {
        for (int number = 0; number < 30; number++) {
            RUN.store().send(TestArticle.of(number, 1), TestArticle.of(number, 2));
        }
        assertThat(RUN.store()
                        .post("/api/feeds", "application/json", "{\"xmlUrl\":\"https://a.example/feed\"}")
                        .statusCode())
                .isEqualTo(201);
        RUN.store().awaitRead(Topics.ARTICLES);
        RUN.store().delete("/api/articles/" + TestArticle.id(3));
        var before = RUN.store().rows();
        RUN.store()
                .jdbc()
                .sql("update article set title = 'spoilt', document = '{}'")
                .update();
        RUN.store()
                .jdbc()
                .sql("delete from article where revision = 2 and id::text < '8'")
                .update();
        RUN.restart("--store.rebuild=true");
        RUN.store().awaitRead(Topics.ARTICLES);
        RUN.store().awaitRead(Topics.FEEDS);
        assertThat(RUN.store().rows()).isEqualTo(before);
        assertThat(RUN.store().json("/api/feeds").path("items")).hasSize(1);
        assertThat(status("/api/articles/" + TestArticle.id(3))).isEqualTo(404);
        assertThat(onTopic(TestArticle.of(3, 1))).as("not taken down again").hasSize(3);
    }

    @Test
    void oldMonthsGoWholeAndTheirReadersAreTold() {
        RUN.store().send(TestArticle.of(1, 1), dated(TestArticle.of(2, 1), "2019-05-31T23:59:59Z"));
        RUN.store().send(dated(TestArticle.of(3, 1), "2019-06-01T00:00:00Z"), TestArticle.of(3, 2));
        RUN.store().awaitRead(Topics.ARTICLES);
        var retention = new RetentionTable(RUN.store().jdbc());
        assertThat(retention.forget(Duration.ofDays(365 * 200))).isEmpty();
        assertThat(retention.forget(sinceEndOf2019()))
                .containsExactly("article_revision_2019_05", "article_revision_2019_06");
        assertThat(status("/api/articles/" + TestArticle.id(2))).isEqualTo(404);
        assertThat(RUN.store()
                        .json("/api/articles/" + TestArticle.id(3) + "/revisions")
                        .path("items"))
                .hasSize(1);
        assertThat(status("/api/articles/" + TestArticle.id(1))).isEqualTo(200);
        assertThat(RUN.store().get("/api/changes?after=0:0,1:0").body())
                .contains("urn:newswire:problem:cursor_expired");
        assertThat(status("/api/changes")).isEqualTo(200);
        RUN.store().send(dated(TestArticle.of(4, 1), "2019-05-01T00:00:00Z"));
        RUN.store().awaitRead(Topics.ARTICLES);
        assertThat(status("/api/articles/" + TestArticle.id(4)))
                .as("a month can come again")
                .isEqualTo(200);
    }

    private Duration sinceEndOf2019() {
        return Duration.ofSeconds(RUN.store()
                .jdbc()
                .sql("select extract(epoch from now() - timestamptz '2020-01-02T00:00:00Z')::bigint")
                .query(Long.class)
                .single());
    }

    private static Article dated(Article article, String created) {
        ObjectNode json = Encoding.json().valueToTree(article);
        return RevisionTable.article(json.put("versionCreated", created).toString());
    }
}
