package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import newswire.contract.Article;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.common.TopicPartition;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/** The sequence of changes, as many writers make it and one reader sees it. */
class ChangesIT {
    private final HikariDataSource source = source();
    private final JdbcClient jdbc = JdbcClient.create(source);
    private final ArticleTable articles = new ArticleTable(jdbc, new AnalysisTable(jdbc), new SimpleMeterRegistry());
    private final IngestOffsets offsets = new IngestOffsets(jdbc);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    private final ChangeTable changes = new ChangeTable(jdbc);

    private static HikariDataSource source() {
        var place = TestServices.postgres();
        var config = new HikariConfig();
        config.setJdbcUrl(place.jdbcUrl());
        config.setUsername(place.user());
        config.setPassword(place.password());
        config.setMaximumPoolSize(12);
        var source = new HikariDataSource(config);
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:newswire/store/migration")
                .load()
                .migrate();
        return source;
    }

    @AfterEach
    void close() {
        source.close();
    }

    /** Writes one partition's records, some in a transaction, as the listener does. */
    private void write(int partition, List<Consumed<Article>> records, int batch) {
        var place = new TopicPartition(Topics.ARTICLES, partition);
        long epoch = offsets.claim(place).epoch();
        for (int at = 0; at < records.size(); at += batch) {
            var some = records.subList(at, Math.min(records.size(), at + batch));
            transaction.executeWithoutResult(_ -> {
                offsets.lock(place, epoch);
                articles.save(some);
                offsets.advance(place, epoch, some.getLast().lineage().offset() + 1);
            });
        }
    }

    private static Consumed<Article> record(int partition, long offset, Article article) {
        return new Consumed<>(article.id().toString(), article, lineage(partition, offset));
    }

    private static Lineage lineage(int partition, long offset) {
        return new Lineage(Topics.ARTICLES, partition, offset, null, null, null, Instant.EPOCH);
    }

    private List<String> read(ChangeCursor from, int limit) {
        var read = new ArrayList<String>();
        var cursor = from;
        while (true) {
            var page = changes.after(cursor, limit);
            page.changes().forEach(change -> read.add(name(change)));
            cursor = page.next();
            if (!page.more()) {
                return read;
            }
        }
    }

    private static String name(ChangeTable.Change change) {
        var json = Encoding.json().readTree(change.json());
        return json.path("id").asString() + " "
                + json.path("version").asString(json.path("type").asString());
    }

    @Test
    void oneReaderOfEightWritersMissesNothingAndSeesNothingTwice() throws Exception {
        int writers = 8;
        int each = 120;
        var done = new CountDownLatch(writers);
        var seen = new ArrayList<String>();
        var writing = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < writers; writer++) {
                int partition = writer;
                writing.add(threads.submit(() -> {
                    try {
                        write(partition, records(partition, each), 1 + partition);
                    } finally {
                        done.countDown();
                    }
                }));
            }
            var cursor = ChangeCursor.BEGINNING;
            boolean last = false;
            while (true) {
                var page = changes.after(ChangeCursor.of(cursor.toString()), 17);
                page.changes().forEach(change -> seen.add(name(change)));
                cursor = page.next();
                if (!page.more() && last) {
                    break;
                }
                last = !page.more() && done.getCount() == 0;
            }
        }
        for (var writer : writing) {
            writer.get();
        }
        var written = new ArrayList<String>();
        for (int writer = 0; writer < writers; writer++) {
            records(writer, each).forEach(record -> written.add(nameOf(record)));
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(written);
        for (int writer = 0; writer < writers; writer++) {
            var own = records(writer, each).stream().map(ChangesIT::nameOf).toList();
            assertThat(seen.stream().filter(own::contains)).as("in order").containsExactlyElementsOf(own);
        }
    }

    private static String nameOf(Consumed<Article> record) {
        var article = record.value();
        return record.key() + " " + (article == null ? "removed" : article.version());
    }

    private static List<Consumed<Article>> records(int partition, int count) {
        var records = new ArrayList<Consumed<Article>>();
        for (int i = 0; i < count; i++) {
            // Two offsets for each record: transactions leave gaps.
            records.add(record(partition, 2L * i, TestArticle.of(1000 * partition + i / 3, 1 + i % 3)));
        }
        return records;
    }

    @Test
    void whatIsUnderEmbargoComesOnceWhenThatIsOver() {
        var open = record(0, 0, TestArticle.of(1, 1));
        var held = record(0, 1, embargoed(TestArticle.of(2, 1), Instant.parse("2999-01-01T00:00:00Z")));
        write(0, List.of(open, held, record(0, 2, TestArticle.of(3, 1))), 10);
        changes.release();
        var first = changes.after(ChangeCursor.BEGINNING, 10);
        assertThat(first.changes())
                .extracting(ChangesIT::name)
                .containsExactly(TestArticle.id(1) + " 1.0", TestArticle.id(3) + " 1.0");
        assertThat(articles.find(TestArticle.id(2).value())).isEmpty();
        assertThat(new RevisionTable(jdbc).all(TestArticle.id(2).value())).isEmpty();

        for (var table : List.of("article", "article_revision")) { // time passes
            jdbc.sql("update " + table + " set embargoed_until = version_created + interval '1 second'"
                            + " where embargoed_until is not null")
                    .update();
        }
        changes.release();
        changes.release();
        assertThat(read(first.next(), 10)).containsExactly(TestArticle.id(2) + " 1.0");
        assertThat(read(ChangeCursor.BEGINNING, 1)).hasSize(3).doesNotHaveDuplicates();
        assertThat(articles.find(TestArticle.id(2).value())).isPresent();
    }

    private static Article embargoed(Article article, Instant until) {
        var json = (ObjectNode) Encoding.json().readTree(Encoding.encode(article));
        return RevisionTable.article(
                json.put("embargoedUntil", until.toString()).toString());
    }

    @Test
    void whoWasAwayTooLongIsTold() {
        write(0, List.of(record(0, 0, TestArticle.of(1, 1)), record(0, 1, TestArticle.of(2, 1))), 1);
        jdbc.sql("insert into change_floor values (0, 1)").update();
        assertThat(read(ChangeCursor.BEGINNING, 10)).containsExactly(TestArticle.id(2) + " 1.0");
        assertThat(changes.after(ChangeCursor.of("0:1"), 10).changes()).hasSize(1);
        assertThatExceptionOfType(ChangeTable.ExpiredException.class)
                .isThrownBy(() -> changes.after(ChangeCursor.of("0:0,1:5"), 10));
    }
}
