package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import newswire.contract.Article;
import newswire.contract.ArticleId;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Copies of one text, as several publishers have it. */
class ClusterIT {
    @RegisterExtension
    static final StoreExtension RUN = new StoreExtension();

    private static final ArticleId FIRST = TestArticle.id(1);
    private static final ArticleId SECOND = TestArticle.id(2);
    private static final ArticleId THIRD = TestArticle.id(3);
    private static final ArticleId COPY_OF_A_COPY = TestArticle.id(4);
    private static final ArticleId OTHER = TestArticle.id(5);

    @BeforeEach
    void send() {
        RUN.store()
                .send(
                        article(3, "10:00", "agency", "00ff00ff00ff00fe"),
                        article(1, "08:00", "agency", "00ff00ff00ff00ff"),
                        article(2, "09:00", "agency", "00ff00ff00ff00f8"),
                        article(4, "11:00", "rewritten", "00ff00ff00ff00c0"),
                        article(5, "07:00", "other", "f0ff00ff00ff0f00"));
        RUN.store().awaitRead(Topics.ARTICLES);
    }

    private static Article article(int number, String time, String word, String hash) {
        var text = IntStream.range(0, 80).mapToObj(i -> word + i).collect(Collectors.joining(" "));
        ObjectNode json = Encoding.json().valueToTree(TestArticle.of(number, 1, "Story " + number, text));
        json.put("firstCreated", "2026-03-01T" + time + ":00Z");
        ((ObjectNode) json.get("fingerprints")).put("simHash", hash);
        return RevisionTable.article(json.toString());
    }

    private static String path(ArticleId id) {
        return "/api/articles/" + id + "/cluster";
    }

    private static JsonNode cluster(ArticleId id) {
        return RUN.store().json(path(id));
    }

    private static List<String> members(ArticleId id) {
        return cluster(id)
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    private static String[] ids(ArticleId... ids) {
        return List.of(ids).stream().map(ArticleId::toString).toArray(String[]::new);
    }

    @Test
    void copiesAreGroupedAroundTheFirst() {
        for (var id : List.of(FIRST, SECOND, THIRD)) {
            assertThat(members(id)).containsExactly(ids(FIRST, SECOND, THIRD));
            assertThat(cluster(id).path("first").asString()).isEqualTo(FIRST.toString());
        }
        assertThat(members(OTHER)).containsExactly(ids(OTHER));
        assertThat(members(COPY_OF_A_COPY))
                .as("near to the second, not to the first")
                .containsExactly(ids(COPY_OF_A_COPY));
        assertThat(RUN.store()
                        .json("/api/articles/" + COPY_OF_A_COPY + "/related")
                        .path("items")
                        .findValuesAsString("id"))
                .containsExactly(ids(SECOND));
        assertThat(RUN.store().get(path(TestArticle.id(77))).statusCode()).isEqualTo(404);
    }

    @Test
    void anArticleThatIsTakenOutStandsAloneUntilItIsLetInAgain() {
        assertThat(RUN.store().delete(path(FIRST)).statusCode()).isEqualTo(204);
        assertThat(RUN.store().delete(path(FIRST)).statusCode()).as("again").isEqualTo(204);
        assertThat(members(FIRST)).containsExactly(ids(FIRST));
        assertThat(cluster(FIRST).path("apart").asBoolean()).isTrue();
        assertThat(members(THIRD)).as("the others regroup").containsExactly(ids(SECOND, THIRD, COPY_OF_A_COPY));
        RUN.restart("--store.rebuild=true");
        RUN.store().awaitRead(Topics.ARTICLES);
        assertThat(members(FIRST)).as("after a rebuild").containsExactly(ids(FIRST));
        assertThat(RUN.store().request("PUT", path(FIRST)).statusCode()).isEqualTo(204);
        assertThat(members(THIRD)).containsExactly(ids(FIRST, SECOND, THIRD));
        assertThat(RUN.store().delete(path(TestArticle.id(77))).statusCode()).isEqualTo(404);
    }
}
