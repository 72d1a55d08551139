package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import newswire.contract.Article;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** The table of articles is what its records say, however they come. */
class ArticleTableIT {
    private static final int ARTICLES = 25;

    private final TestDatabase database = new TestDatabase();
    private final JdbcClient jdbc = database.jdbc();
    private final ArticleTable table = new ArticleTable(jdbc, new AnalysisTable(jdbc), new SimpleMeterRegistry());

    @AfterEach
    void close() {
        database.close();
    }

    private Map<String, Long> save(List<Consumed<Article>> records) {
        return Objects.requireNonNull(database.transaction().execute(_ -> table.save(records)));
    }

    private static Consumed<Article> revision(int number, int revision, long offset) {
        var article = TestArticle.of(number, revision);
        return new Consumed<>(
                article.id().toString(),
                article,
                new Lineage(Topics.ARTICLES, 0, offset, null, null, null, Instant.EPOCH));
    }

    private static Consumed<Article> takenDown(int number, long offset) {
        return new Consumed<>(
                TestArticle.id(number).toString(),
                null,
                new Lineage(Topics.ARTICLES, 0, offset, null, null, null, Instant.EPOCH));
    }

    /** The same revision of another month, as a normalizer makes it that has lost its memory. */
    private static Consumed<Article> madeAgain(int number, int revision, long offset) {
        var record = revision(number, revision, offset);
        var document = (ObjectNode) Encoding.json().valueToTree(record.value());
        document.put("versionCreated", "2026-05-0" + (1 + offset % 9) + "T00:00:00Z");
        return new Consumed<>(record.key(), RevisionTable.article(document.toString()), record.lineage());
    }

    /** Articles in up to twelve revisions, some of them twice on the topic, some taken down and published again. */
    private static List<Consumed<Article>> records() {
        var records = new ArrayList<Consumed<Article>>();
        for (int number = 0; number < ARTICLES; number++) {
            for (int revision = 1; revision <= 1 + number % 12; revision++) {
                records.add(revision(number, revision, records.size()));
                if (number % 4 == 0) {
                    records.add(revision(number, revision, records.size()));
                }
            }
            if (number % 5 == 1) {
                records.add(madeAgain(number, 1, records.size()));
                records.add(madeAgain(number, 2, records.size()));
                records.add(madeAgain(number, 2, records.size()));
            }
            if (number % 7 == 3) {
                records.add(takenDown(number, records.size()));
                records.add(revision(number, 20, records.size()));
            }
        }
        return records;
    }

    private List<String> rows() {
        return jdbc.sql("""
                        select 'article ' || a::text from article a
                        union all select 'revision ' || r::text from article_revision r
                        union all select 'gone ' || g::text from article_taken_down g
                        order by 1
                        """).query((row, _) -> row.getString(1)).list();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void orderAndRepetitionOfRecordsMakeNoDifference(int seed) {
        records().forEach(record -> save(List.of(record)));
        var inOrder = rows();
        jdbc.sql("truncate article, article_revision, article_taken_down").update();

        var random = new Random(seed);
        var shuffled = new ArrayList<>(records());
        shuffled.addAll(records());
        Collections.shuffle(shuffled, random);
        for (int at = 0; at < shuffled.size(); ) {
            int end = Math.min(shuffled.size(), at + 1 + random.nextInt(40));
            save(shuffled.subList(at, end));
            at = end;
        }

        assertThat(rows()).isEqualTo(inOrder);
    }

    @Test
    void theHighestRevisionCountsAsANumber() {
        save(List.of(revision(1, 10, 9), revision(1, 9, 8), revision(1, 2, 1)));
        assertThat(jdbc.sql("select revision from article").query(Integer.class).single())
                .isEqualTo(10);
    }

    @Test
    void everyRecordHasOneOutcome() {
        var first = save(List.of(revision(1, 1, 0), revision(1, 2, 1), revision(1, 2, 2), takenDown(9, 3)));
        assertThat(first).containsEntry("inserted", 1L).containsEntry("updated", 1L);
        assertThat(first).containsEntry("stale", 1L).containsEntry("removed", 1L);
        var again = save(List.of(revision(1, 1, 4), revision(9, 1, 5)));
        assertThat(again).containsEntry("inserted", 0L).containsEntry("stale", 2L);
    }
}
