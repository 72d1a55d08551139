package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import newswire.contract.Article;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** A search finds the same however far it goes step by step. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class ArticleSearchIT {
    private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");
    private static final ArticleSearch.Effort LITTLE = new ArticleSearch.Effort(3, 20, 2, 1_000, 1_000);
    private static final ArticleSearch.Effort GREAT = new ArticleSearch.Effort(1_000, 1_000, 1, 1_000, 1_000);

    private static TestDatabase database;
    private static JdbcClient jdbc;

    @BeforeAll
    static void fill() {
        database = new TestDatabase();
        jdbc = database.jdbc();
        var table = new ArticleTable(jdbc, new AnalysisTable(jdbc), new SimpleMeterRegistry());
        var records = new ArrayList<Consumed<Article>>();
        for (int number = 0; number < 200; number++) {
            records.add(record(number));
        }
        database.transaction().executeWithoutResult(_ -> table.save(records));
        jdbc.sql("analyze article").update();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** One every other day: a frequent word in each second, rarer ones here and there, one only long ago. */
    private static Consumed<Article> record(int number) {
        var title = "Story" + (number % 2 == 0 ? " often" : "") + (number % 9 == 0 ? " sometimes" : "")
                + (number % 50 == 7 ? " seldom" : "") + (number < 5 ? " once" : "");
        var json = (ObjectNode) Encoding.json().valueToTree(TestArticle.of(number, 1, title, "Text " + number));
        json.put("datePublished", FIRST.plus(2L * number, ChronoUnit.DAYS).toString());
        json.put("language", number % 3 == 0 ? "de-AT" : "en");
        var article = RevisionTable.article(json.toString());
        return new Consumed<>(
                article.id().toString(),
                article,
                new Lineage(Topics.ARTICLES, 0, number, null, null, null, Instant.EPOCH));
    }

    private static List<String> pages(
            ArticleSearch.Effort effort, String typed, ArticleSearch.Sort sort, @Nullable String language) {
        var search = new ArticleSearch(jdbc, new AnalysisTable(jdbc), effort);
        var found = new ArrayList<String>();
        ArticleSearch.Position after = null;
        while (true) {
            var page = search.find(new ArticleSearch.Query(
                    SearchText.of(typed), null, null, null, language, null, null, sort, after, 4));
            page.items()
                    .forEach(item -> found.add(
                            Encoding.json().readTree(item.json()).path("uri").asString()));
            if (page.next() == null) {
                return found;
            }
            after = ArticleSearch.Position.of(page.next());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "often, PUBLISHED, , 100",
        "sometimes, PUBLISHED, , 23",
        "seldom, PUBLISHED, , 4",
        "once, PUBLISHED, , 5",
        "-often, PUBLISHED, , 100",
        "often -sometimes, PUBLISHED, , 88",
        "sometimes or seldom, PUBLISHED, de, 24",
        "often, PUBLISHED, de, 34",
        "often, PUBLISHED, de-AT, 34",
        "often, PUBLISHED, de-DE, 0",
        "sometimes, SEEN, , 23",
        "sometimes, RELEVANCE, , 23",
        "nowhere, PUBLISHED, , 0"
    })
    void theSameIsFoundInTheSameOrderWithLittleEffort(
            String typed, ArticleSearch.Sort sort, @Nullable String language, int count) {
        var found = pages(GREAT, typed, sort, language);
        assertThat(found).hasSize(count).doesNotHaveDuplicates();
        var little = pages(LITTLE, typed, sort, language);
        if (sort == ArticleSearch.Sort.RELEVANCE) {
            assertThat(found).containsAll(little);
        } else {
            assertThat(little).isEqualTo(found);
        }
    }
}
