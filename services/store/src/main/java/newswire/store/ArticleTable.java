package newswire.store;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import newswire.contract.Article;
import newswire.contract.ArticleId;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The articles: latest state, every revision, and where each came from. */
@Repository
class ArticleTable {
    /** Longest text that is indexed, in characters: a tsvector holds 1 MB. */
    private static final int INDEXED = 200_000;

    private static final Comparator<Article> BY_REVISION = Comparator.<Article>comparingInt(
                    article -> article.revision().number())
            .thenComparingInt(article -> article.revision().generation());

    private final JdbcClient jdbc;
    private final MeterRegistry meters;

    ArticleTable(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.meters = meters;
    }

    /**
     * Inserts, updates and takes down, in the order of the records. Doing it again, or with older revisions, changes
     * nothing; what was taken down stays away.
     */
    void save(List<Consumed<Article>> records) {
        var run = new LinkedHashMap<ArticleKey, Consumed<Article>>();
        for (var record : records) {
            var article = record.value();
            if (article == null) {
                insert(run.values());
                run.clear();
                takeDown(record);
            } else {
                run.put(new ArticleKey(article.id(), article.version()), record);
            }
        }
        insert(run.values());
    }

    /** Counts a record that did not get as far as the table. */
    void count(String outcome) {
        count(outcome, 1);
    }

    private void count(String outcome, int by) {
        if (by > 0) {
            meters.counter("store.articles", "outcome", outcome).increment(by);
        }
    }

    private void insert(Collection<Consumed<Article>> records) {
        if (records.isEmpty()) {
            return;
        }
        var rows = List.copyOf(records);
        columns(jdbc.sql("""
                        insert into article_revision (id, revision, generation, kind, version_created, document, feed, raw_id,
                            raw_partition, raw_offset, topic, partition, "offset")
                        select n.id, n.revision, n.generation, n.kind, n.version_created, n.document, n.feed, n.raw_id,
                            n.raw_partition, n.raw_offset, n.topic, n.partition, n.position
                        from
                        """ + ROWS + """
                        where not exists (select from article_taken_down t where t.id = n.id)
                        order by n.id
                        on conflict (id, revision, generation) do nothing
                        """), rows).update();
        upsertLatest(latest(rows));
    }

    private void upsertLatest(List<Consumed<Article>> rows) {
        var inserted = columns(jdbc.sql(UPSERT), rows)
                .query((row, _) -> row.getBoolean("inserted"))
                .list();
        int fresh = (int) inserted.stream().filter(Boolean.TRUE::equals).count();
        count("inserted", fresh);
        count("updated", inserted.size() - fresh);
        count("stale", rows.size() - inserted.size());
    }

    private static List<Consumed<Article>> latest(List<Consumed<Article>> rows) {
        var latest = new LinkedHashMap<ArticleId, Consumed<Article>>();
        for (var row : rows) {
            latest.merge(article(row).id(), row, (a, b) -> BY_REVISION.compare(article(a), article(b)) >= 0 ? a : b);
        }
        return List.copyOf(latest.values());
    }

    private void takeDown(Consumed<Article> record) {
        var id = uuid(record.key());
        if (id == null) {
            count("refused");
            return;
        }
        jdbc.sql("""
                        insert into article_taken_down (id, topic, partition, "offset") values (:id, :topic, :partition, :offset)
                        on conflict do nothing
                        """)
                .param("id", id)
                .param("topic", record.lineage().topic())
                .param("partition", record.lineage().partition())
                .param("offset", record.lineage().offset())
                .update();
        jdbc.sql("delete from article where id = :id").param("id", id).update();
        jdbc.sql("delete from article_revision where id = :id").param("id", id).update();
        count("removed");
    }

    private static @Nullable UUID uuid(String key) {
        try {
            return UUID.fromString(key);
        } catch (IllegalArgumentException ex) {
            return null; // a tombstone of nothing that could be here
        }
    }

    /** The latest state of an article, as JSON. */
    Optional<RawJson> find(UUID id) {
        return jdbc.sql("select document::text from article where id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .map(RawJson::new);
    }

    /** Every revision of an article as JSON, newest first. */
    List<RawJson> revisions(UUID id) {
        return jdbc.sql("""
                        select document::text from article_revision where id = :id order by revision desc, generation desc
                        """)
                .param("id", id)
                .query((row, _) -> new RawJson(row.getString(1)))
                .list();
    }

    /** How many articles there are, near enough for a page. */
    long count() {
        return jdbc.sql("select count(*) from article").query(Long.class).single();
    }

    private static final String ROWS = """
            unnest(:id::uuid[], :revision::int[], :generation::int[], :kind::text[], :version_created::timestamptz[],
                :document::jsonb[], :title::text[], :body::text[], :url::text[], :publisher::text[], :language::text[],
                :pub_status::text[], :published::timestamptz[], :first_created::timestamptz[], :feed::uuid[],
                :raw_id::text[], :raw_partition::int[], :raw_offset::bigint[], :topic::text[], :partition::int[],
                :position::bigint[])
            as n(id, revision, generation, kind, version_created, document, title, body, url, publisher, language,
                pub_status, published, first_created, feed, raw_id, raw_partition, raw_offset, topic, partition, position)
            """;

    private static final String UPSERT = """
            insert into article (id, revision, generation, document, title, url, publisher, language, pub_status, published,
                first_created, sorted, search_config, search, feed, raw_id, raw_partition, raw_offset, topic, partition,
                "offset")
            select n.id, n.revision, n.generation, n.document, n.title, n.url, n.publisher, n.language, n.pub_status,
                n.published, n.first_created, coalesce(n.published, n.first_created), s.config,
                setweight(to_tsvector(s.config, n.title), 'A') || setweight(to_tsvector(s.config, n.body), 'B'),
                n.feed, n.raw_id, n.raw_partition, n.raw_offset, n.topic, n.partition, n.position
            from
            """ + ROWS + """
            cross join lateral (select search_configuration(n.language)) as s(config)
            where not exists (select from article_taken_down t where t.id = n.id)
            order by n.id
            on conflict (id) do update set
                revision = excluded.revision, generation = excluded.generation, document = excluded.document,
                title = excluded.title, url = excluded.url, publisher = excluded.publisher, language = excluded.language,
                pub_status = excluded.pub_status, published = excluded.published, first_created = excluded.first_created,
                sorted = excluded.sorted, search_config = excluded.search_config, search = excluded.search,
                feed = excluded.feed, raw_id = excluded.raw_id, raw_partition = excluded.raw_partition,
                raw_offset = excluded.raw_offset, topic = excluded.topic, partition = excluded.partition,
                "offset" = excluded."offset"
            where (article.revision, article.generation) < (excluded.revision, excluded.generation)
            returning (xmax = 0) as inserted
            """;

    private static JdbcClient.StatementSpec columns(JdbcClient.StatementSpec sql, List<Consumed<Article>> rows) {
        return sql.param("id", texts(rows, row -> article(row).id()))
                .param("revision", texts(rows, row -> article(row).revision().number()))
                .param("generation", texts(rows, row -> article(row).revision().generation()))
                .param("kind", texts(rows, row -> article(row).revision().kind()))
                .param("version_created", texts(rows, row -> article(row).versionCreated()))
                .param("document", texts(rows, row -> json(article(row))))
                .param("title", texts(rows, row -> article(row).title()))
                .param("body", texts(rows, row -> body(article(row))))
                .param("url", texts(rows, row -> article(row).url()))
                .param("publisher", texts(rows, row -> publisher(article(row))))
                .param("language", texts(rows, row -> article(row).language()))
                .param("pub_status", texts(rows, row -> article(row).pubStatus()))
                .param("published", texts(rows, row -> article(row).datePublished()))
                .param("first_created", texts(rows, row -> article(row).firstCreated()))
                .param("feed", texts(rows, row -> article(row).provenance().feedId()))
                .param("raw_id", texts(rows, row -> article(row).provenance().rawId()))
                .param("raw_partition", texts(rows, row -> row.lineage().rawPartition()))
                .param("raw_offset", texts(rows, row -> row.lineage().rawOffset()))
                .param("topic", texts(rows, row -> row.lineage().topic()))
                .param("partition", texts(rows, row -> row.lineage().partition()))
                .param("position", texts(rows, row -> row.lineage().offset()));
    }

    /** One column as an array of texts, which PostgreSQL reads as the column's type. */
    private static @Nullable String[] texts(
            List<Consumed<Article>> rows, Function<Consumed<Article>, @Nullable Object> column) {
        return rows.stream()
                .map(row -> Objects.toString(column.apply(row), null))
                .toArray(String[]::new);
    }

    private static Article article(Consumed<Article> row) {
        return Objects.requireNonNull(row.value());
    }

    private static String json(Article article) {
        return new String(Encoding.encode(article), StandardCharsets.UTF_8);
    }

    private static String body(Article article) {
        var text = article.bodies().isEmpty() ? "" : article.bodies().getFirst().value();
        return text.length() > INDEXED ? text.substring(0, INDEXED) : text;
    }

    private static @Nullable String publisher(Article article) {
        return article.infoSources().isEmpty()
                ? null
                : article.infoSources().getFirst().name();
    }

    private record ArticleKey(ArticleId id, String version) {}
}
