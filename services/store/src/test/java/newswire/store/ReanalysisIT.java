package newswire.store;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import newswire.contract.Article;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What is in the tables of an older version is found after an upgrade as what comes later is. */
class ReanalysisIT {
    private static final int ARTICLES = 250;

    private final TestServices.Postgres place = TestServices.postgres();
    private final DriverManagerDataSource source =
            new DriverManagerDataSource(place.jdbcUrl(), place.user(), place.password());
    private final JdbcClient jdbc = JdbcClient.create(source);
    private final AnalysisTable analyses = new AnalysisTable(jdbc);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Reanalysis reanalysis = new Reanalysis(analyses, meters);

    @AfterEach
    void stop() {
        reanalysis.stop();
    }

    private void migrate(String target) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:newswire/store/migration")
                .target(target)
                .load()
                .migrate();
    }

    /** As the version before wrote it. */
    private void insertOld(Article article) {
        jdbc.sql("""
                        insert into article (id, revision, generation, document, title, language, pub_status, first_created,
                            sorted, search_config, search, feed, raw_id, topic, partition, "offset", version_created)
                        values (:id, 1, 0, :document::jsonb, :title, :language, 'usable', now(), now() - :age * interval '1 s',
                            'english', to_tsvector('english', :title), :id, 'raw', 't', 0, 0, now())
                        """)
                .param("id", article.id().value())
                .param("document", new String(Encoding.encode(article), StandardCharsets.UTF_8))
                .param("title", article.title())
                .param("language", article.language())
                .param("age", article.title().length())
                .update();
    }

    private List<String> found(String typed) {
        var query = new ArticleSearch.Query(
                SearchText.of(typed), null, null, null, null, null, null, ArticleSearch.Sort.PUBLISHED, null, 1_000);
        var titles = new ArrayList<String>();
        for (var item : new ArticleSearch(jdbc, analyses).find(query).items()) {
            titles.add(Encoding.json().readTree(item.json()).path("title").asString());
        }
        return titles;
    }

    @Test
    void articlesOfTheVersionBeforeAreReadAgain() {
        migrate("8");
        for (int number = 0; number < ARTICLES; number++) {
            insertOld(TestArticle.of(number, 1));
        }
        migrate("latest");
        assertThat(found("story")).isEmpty();

        reanalysis.start();

        await().atMost(ofSeconds(60)).until(analyses::isFinished);
        assertThat(found("stories")).hasSize(ARTICLES);
        assertThat(found("subject:\"Economy\" or story")).hasSize(ARTICLES);
        assertThat(meters.get("store.search.unread").gauge().value()).isZero();
        assertThat(jdbc.sql("select proname from pg_proc where proname in ('search_query', 'prefix_query',"
                                + " 'search_configuration')")
                        .query((row, _) -> row.getString(1))
                        .list())
                .isEmpty();
    }

    @Test
    void whatWasWrittenInTheMeantimeStaysAsItIs() {
        migrate("latest");
        var table = new ArticleTable(jdbc, analyses, meters);
        save(table, TestArticle.of(1, 1), 1);
        jdbc.sql("update article set words = null, analysis = 0").update();
        var seen = analyses.newest(null, 10);
        save(table, TestArticle.of(1, 2), 2);

        int written = analyses.write(seen.stream()
                .map(article -> new AnalysisTable.Read(article, "'old'"))
                .toList());

        assertThat(written).isZero();
        assertThat(found("form 2")).hasSize(1);
    }

    private static void save(ArticleTable table, Article article, long offset) {
        table.save(List.of(new Consumed<>(
                article.id().toString(),
                article,
                new Lineage(Topics.ARTICLES, 0, offset, null, null, null, Instant.EPOCH))));
    }

    @Test
    void aRowThatCannotBeReadKeepsNoOtherFromBeingFound() {
        migrate("8");
        insertOld(TestArticle.of(1, 1));
        insertOld(TestArticle.of(2, 1));
        jdbc.sql("update article set document = '{}' where id = :id")
                .param("id", TestArticle.id(2).value())
                .update();
        migrate("latest");

        reanalysis.start();

        await().atMost(ofSeconds(60)).until(analyses::isFinished);
        assertThat(found("story")).hasSize(1);
    }
}
