package newswire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import newswire.contract.Article;
import newswire.contract.Samples;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code newswire --demo}: six feeds without a network, the reference article among them. */
class DemoIT {
    @TempDir
    private static Path folder;

    private static RunningNewswire newswire;

    @BeforeAll
    static void start() {
        newswire = RunningNewswire.launch(folder.resolve("data"), RunningNewswire.freePort(), List.of("--demo"));
        newswire.awaitArticle("smugglers");
    }

    @AfterAll
    static void stop() {
        newswire.close();
        assertThat(newswire.databaseRuns()).isFalse();
    }

    @Test
    void theReferenceArticleComesThroughWhole() {
        var found = newswire.get("/api/articles?q=smugglers").path("items");
        assertThat(found.size()).isEqualTo(1);
        var article = Encoding.json().treeToValue(found.path(0), Article.class);
        var expected = Samples.article("seed");
        assertThat(article.title()).isEqualTo(expected.title());
        assertThat(article.headlines()).isEqualTo(expected.headlines());
        assertThat(article.bodies().getFirst()).isEqualTo(expected.bodies().getFirst());
        assertThat(article.bodies().getFirst().value().split("\n\n", -1)).hasSize(10);
        assertThat(article.bodies().getFirst().wordCount()).isEqualTo(416);
        assertThat(article.by()).isNull();
        assertThat(article.contributors()).isEqualTo(expected.contributors());
        assertThat(article.infoSources()).isEqualTo(expected.infoSources());
        assertThat(article.language()).isEqualTo(expected.language());
        assertThat(article.url()).isEqualTo(expected.url());
        assertThat(article.altIds()).isEqualTo(expected.altIds());
        assertThat(article.datePublished()).isEqualTo(expected.datePublished());
        assertThat(article.dates()).isEqualTo(expected.dates());
        assertThat(article.mentionedDates()).isEqualTo(expected.mentionedDates());
        assertThat(article.associations())
                .singleElement()
                .satisfies(picture -> assertThat(picture.by()).isEqualTo("Daily NK"))
                .extracting(Article.Association::descriptions)
                .isEqualTo(expected.associations().getFirst().descriptions());
        assertThat(article.notices())
                .extracting(Article.Notice::role)
                .containsExactly("translator-credit", "contact", "language-link", "syndication");
        assertThat(article.languageVersions()).singleElement().satisfies(korean -> {
            assertThat(korean.language()).isEqualTo("ko");
            assertThat(korean.relation()).isEqualTo("original");
        });
        assertThat(article.revision().number()).isEqualTo(1);
    }

    @Test
    void allSixFeedsBringArticles() {
        assertThat(newswire.get("/api/feeds").path("items").size()).isEqualTo(6);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var feeds = new HashSet<String>();
            newswire.rows()
                    .forEach(row ->
                            feeds.add(row.path("provenance").path("feedId").asString()));
            assertThat(feeds).hasSize(6);
        });
    }

    @Test
    void newArticlesKeepComing() {
        int before = newswire.rows().size();
        await().atMost(Duration.ofSeconds(60)).until(() -> newswire.rows().size() > before + 3);
    }
}
