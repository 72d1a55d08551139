package newswire.store;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final Comparator<Article> BY_REVISION = Comparator.<Article>comparingInt(
                    article -> article.revision().number())
            .thenComparingInt(article -> article.revision().generation());

    private final JdbcClient jdbc;
    private final AnalysisTable analyses;
    private final MeterRegistry meters;

    ArticleTable(JdbcClient jdbc, AnalysisTable analyses, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.analyses = analyses;
        this.meters = meters;
    }

    /**
     * Inserts, updates and takes down. The rows follow from the set of records alone: any order and any repetition gives the
     * same, and what was taken down stays away.
     *
     * @return how many records had which outcome
     */
    Map<String, Long> save(List<Consumed<Article>> records) {
        var outcomes = new HashMap<String, Long>();
        var live = new LinkedHashMap<ArticleKey, Consumed<Article>>();
        for (var record : records) {
            var article = record.value();
            if (article == null) {
                takeDown(record);
                outcomes.merge("removed", 1L, Long::sum);
            } else {
                live.merge(new ArticleKey(article.id(), article.version()), record, ArticleTable::first);
            }
        }
        insert(List.copyOf(live.values()), outcomes);
        long other = outcomes.values().stream().mapToLong(Long::longValue).sum();
        outcomes.put("stale", records.size() - other);
        return outcomes;
    }

    /** Of two records that say the same, the one that came first is the lineage. */
    private static Consumed<Article> first(Consumed<Article> a, Consumed<Article> b) {
        return a.lineage().offset() <= b.lineage().offset() ? a : b;
    }

    /** Counts records once what became of them is committed. */
    void count(String outcome, long by) {
        if (by > 0) {
            meters.counter("store.articles", "outcome", outcome).increment((double) by);
        }
    }

    private void insert(List<Consumed<Article>> rows, Map<String, Long> outcomes) {
        if (rows.isEmpty()) {
            return;
        }
        var latest = latest(rows);
        analyses.keepAnalyzers(
                latest.stream().map(row -> article(row).language()).toList());
        columns(jdbc.sql(MONTHS), rows).query((_, _) -> true).list();
        columns(jdbc.sql(DELETE_LATER), rows).update();
        long revisions = columns(jdbc.sql(INSERT_REVISIONS), rows).update();
        long articles = columns(jdbc.sql(UPSERT), latest)
                .param("words", texts(latest, row -> ArticleWords.of(article(row))))
                .param("analysis", WordAnalyzers.VERSION)
                .query((row, _) -> row.getBoolean("inserted"))
                .list()
                .stream()
                .filter(Boolean.TRUE::equals)
                .count();
        outcomes.put("inserted", articles);
        outcomes.put("updated", revisions - articles);
    }

    private static List<Consumed<Article>> latest(List<Consumed<Article>> rows) {
        var latest = new LinkedHashMap<ArticleId, Consumed<Article>>();
        for (var row : rows) {
            latest.merge(article(row).id(), row, (a, b) -> BY_REVISION.compare(article(a), article(b)) >= 0 ? a : b);
        }
        return List.copyOf(latest.values());
    }

    private void takeDown(Consumed<Article> record) {
        var id = UUID.fromString(record.key());
        jdbc.sql("""
                        insert into article_taken_down as gone (id, topic, partition, "offset", taken_down, last)
                        values (:id, :topic, :partition, :offset, :recorded, :offset)
                        on conflict (id) do update set topic = excluded.topic, partition = excluded.partition,
                            "offset" = least(gone."offset", excluded."offset"),
                            taken_down = least(gone.taken_down, excluded.taken_down),
                            last = greatest(gone.last, excluded.last)
                        """)
                .param("id", id)
                .param("topic", record.lineage().topic())
                .param("partition", record.lineage().partition())
                .param("offset", record.lineage().offset())
                .param("recorded", record.lineage().recorded().atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("delete from article where id = :id").param("id", id).update();
        jdbc.sql("delete from article_revision where id = :id").param("id", id).update();
    }

    /** Those of some articles that were taken down and are on the topic again since. */
    List<UUID> revived(List<Consumed<Article>> records) {
        var live = records.stream().filter(record -> record.value() != null).toList();
        return jdbc.sql("""
                        select distinct gone.id from article_taken_down gone
                        join unnest(:id::uuid[], :position::bigint[]) as n(id, position) using (id) where gone.last < n.position
                        """)
                .param("id", texts(live, Consumed::key))
                .param("position", texts(live, record -> record.lineage().offset()))
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Whether an article is there, or was taken down. */
    Optional<Boolean> isTakenDown(UUID id) {
        return jdbc.sql("""
                        select true from article_taken_down where id = :id
                        union all select false from article where id = :id
                        union all select false from article_revision where id = :id limit 1
                        """).param("id", id).query(Boolean.class).optional();
    }

    /** The latest state of an article, as JSON, once its embargo is over. */
    Optional<RawJson> find(UUID id) {
        return jdbc.sql("""
                        select document::text from article
                        where id = :id and (embargoed_until is null or embargoed_until <= now())
                        """).param("id", id).query(String.class).optional().map(RawJson::new);
    }

    /** What was taken down last, newest first. */
    List<OutputFeed.Removed> takenDown(int limit) {
        return jdbc.sql("""
                        select id, taken_down from article_taken_down where taken_down > now() - interval '30 days'
                        order by taken_down desc, id limit :limit
                        """)
                .param("limit", limit)
                .query((row, _) -> new OutputFeed.Removed(
                        row.getObject(1, UUID.class), row.getTimestamp(2).toInstant()))
                .list();
    }

    /** How many articles there are, near enough for a page. */
    long count() {
        return jdbc.sql("select count(*) from article").query(Long.class).single();
    }

    private static final String ROWS = """
            unnest(:id::uuid[], :revision::int[], :generation::int[], :kind::text[], :version_created::timestamptz[],
                :document::jsonb[], :title::text[], :url::text[], :publisher::text[], :language::text[],
                :pub_status::text[], :published::timestamptz[], :first_created::timestamptz[], :feed::uuid[],
                :raw_id::text[], :raw_topic::text[], :raw_partition::int[], :raw_offset::bigint[], :topic::text[], :partition::int[],
                :position::bigint[], :embargoed_until::timestamptz[])
            as n(id, revision, generation, kind, version_created, document, title, url, publisher, language,
                pub_status, published, first_created, feed, raw_id, raw_topic, raw_partition, raw_offset, topic, partition,
                position, embargoed_until)
            """;

    private static final String KEYS = """
            unnest(:id::uuid[], :revision::int[], :generation::int[], :version_created::timestamptz[], :position::bigint[])
            as n(id, revision, generation, version_created, position)
            """;

    private static final String MONTHS = """
            select keep_month(month) from (select distinct date_trunc('month', n.version_created, 'UTC') as month from
            """ + KEYS + ") as months";

    /** The same revision can come again with another date from a normalizer that lost its memory: the first record counts. */
    private static final String DELETE_LATER = """
            delete from article_revision r using
            """ + KEYS + """
            where r.id = n.id and r.revision = n.revision and r.generation = n.generation
                and r.version_created <> n.version_created and r."offset" > n.position
            """;

    private static final String INSERT_REVISIONS = """
            insert into article_revision as old (id, revision, generation, kind, version_created, embargoed_until, document,
                feed, raw_id, raw_topic, raw_partition, raw_offset, topic, partition, "offset")
            select n.id, n.revision, n.generation, n.kind, n.version_created, n.embargoed_until, n.document, n.feed,
                n.raw_id, n.raw_topic, n.raw_partition, n.raw_offset, n.topic, n.partition, n.position
            from
            """ + ROWS + """
            where not exists (select from article_taken_down t where t.id = n.id)
                and not exists (select from article_revision r where r.id = n.id and r.revision = n.revision
                    and r.generation = n.generation and r.version_created <> n.version_created)
            order by n.id, n.revision, n.generation
            on conflict (id, revision, generation, version_created) do update set
                kind = excluded.kind, embargoed_until = excluded.embargoed_until, document = excluded.document,
                feed = excluded.feed, raw_id = excluded.raw_id, raw_topic = excluded.raw_topic,
                raw_partition = excluded.raw_partition, raw_offset = excluded.raw_offset, topic = excluded.topic,
                partition = excluded.partition, "offset" = excluded."offset"
            where old."offset" > excluded."offset"
            """;

    private static final String UPSERT = """
            insert into article (id, revision, generation, document, title, url, publisher, language, pub_status, published,
                first_created, sorted, words, analysis, subjects, feed, raw_id, raw_topic, raw_partition, raw_offset, topic,
                partition, "offset", version_created, embargoed_until)
            select n.id, n.revision, n.generation, n.document, n.title, n.url, n.publisher, n.language, n.pub_status,
                n.published, n.first_created, coalesce(n.published, n.first_created), w.words, :analysis,
                (select array_agg(s ->> 'name') from jsonb_array_elements(n.document -> 'subjects') as s), n.feed, n.raw_id, n.raw_topic, n.raw_partition, n.raw_offset, n.topic, n.partition, n.position,
                n.version_created, n.embargoed_until
            from
            """ + ROWS + """
            join unnest(:id::uuid[], :words::tsvector[]) as w(id, words) on w.id = n.id
            where not exists (select from article_taken_down t where t.id = n.id)
            order by n.id
            on conflict (id) do update set
                revision = excluded.revision, generation = excluded.generation, document = excluded.document,
                title = excluded.title, url = excluded.url, publisher = excluded.publisher, language = excluded.language,
                pub_status = excluded.pub_status, published = excluded.published, first_created = excluded.first_created,
                sorted = excluded.sorted, words = excluded.words, analysis = excluded.analysis,
                subjects = excluded.subjects, feed = excluded.feed, raw_id = excluded.raw_id, raw_topic = excluded.raw_topic,
                raw_partition = excluded.raw_partition, raw_offset = excluded.raw_offset, topic = excluded.topic,
                partition = excluded.partition, "offset" = excluded."offset",
                version_created = excluded.version_created, embargoed_until = excluded.embargoed_until
            where (article.revision, article.generation, -article."offset")
                < (excluded.revision, excluded.generation, -excluded."offset")
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
                .param("url", texts(rows, row -> article(row).url()))
                .param("publisher", texts(rows, row -> publisher(article(row))))
                .param("language", texts(rows, row -> article(row).language()))
                .param("pub_status", texts(rows, row -> article(row).pubStatus()))
                .param("published", texts(rows, row -> article(row).datePublished()))
                .param("first_created", texts(rows, row -> article(row).firstCreated()))
                .param("feed", texts(rows, row -> article(row).provenance().feedId()))
                .param("raw_id", texts(rows, row -> article(row).provenance().rawId()))
                .param("raw_topic", texts(rows, row -> row.lineage().rawTopic()))
                .param("raw_partition", texts(rows, row -> row.lineage().rawPartition()))
                .param("raw_offset", texts(rows, row -> row.lineage().rawOffset()))
                .param("topic", texts(rows, row -> row.lineage().topic()))
                .param("partition", texts(rows, row -> row.lineage().partition()))
                .param("position", texts(rows, row -> row.lineage().offset()))
                .param("embargoed_until", texts(rows, row -> article(row).embargoedUntil()));
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

    private static @Nullable String publisher(Article article) {
        return article.infoSources().isEmpty()
                ? null
                : article.infoSources().getFirst().name();
    }

    private record ArticleKey(ArticleId id, String version) {}
}
