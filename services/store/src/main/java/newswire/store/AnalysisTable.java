package newswire.store;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which analyzers have read the articles, and whether all were read as they would be today. */
@Repository
class AnalysisTable {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    /** More make a query longer than it is worth, as when one article is of the year 2099. */
    private static final int MOST_WEEKS = 500;

    private final JdbcClient jdbc;
    private volatile @Nullable Known weeks;

    AnalysisTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Remembers who reads these languages, for queries. In one order, so that no two transactions wait for each other. */
    void keepAnalyzers(List<String> languages) {
        jdbc.sql("insert into article_analyzer select unnest(:names::text[]) on conflict do nothing")
                .param(
                        "names",
                        languages.stream()
                                .map(language -> WordAnalyzers.of(language).name())
                                .distinct()
                                .sorted()
                                .toArray(String[]::new))
                .update();
    }

    /** Those that have read at least one article. */
    List<WordAnalyzer> analyzers() {
        return WordAnalyzers.named(jdbc.sql("select name from article_analyzer order by 1")
                .query((row, _) -> row.getString(1))
                .list());
    }

    /** The weeks that the newest articles are of; null if there are fewer than that. Worked out once a minute. */
    ArticleConditions.@Nullable Weeks recentWeeks(int articles) {
        var known = weeks;
        if (known == null || System.nanoTime() - known.since() > MINUTE) {
            known = new Known(weeks(articles), System.nanoTime());
            weeks = known;
        }
        return known.weeks();
    }

    /** One more than there are, for the week may end before this is looked at again. */
    private ArticleConditions.@Nullable Weeks weeks(int articles) {
        return jdbc.sql("""
                        select (select sorted from article order by sorted desc, id desc limit 1) as last, sorted as first
                        from article order by sorted desc, id desc offset :articles limit 1
                        """)
                .param("articles", articles)
                .query((row, _) -> new ArticleConditions.Weeks(
                        WordVector.week(row.getTimestamp(2).toInstant()),
                        WordVector.week(row.getTimestamp(1).toInstant()) + 1))
                .optional()
                .filter(found -> found.last() - found.first() < MOST_WEEKS)
                .orElse(null);
    }

    private record Known(ArticleConditions.@Nullable Weeks weeks, long since) {}

    /** Whether all articles were once read as they are today; what came later was too. */
    boolean isFinished() {
        return jdbc.sql("select exists (select from article_analysis where version = :version)")
                .param("version", WordAnalyzers.VERSION)
                .query(Boolean.class)
                .single();
    }

    /** How many articles were not read as they would be today. */
    long left() {
        return jdbc.sql("select count(*) from article where analysis <> :version")
                .param("version", WordAnalyzers.VERSION)
                .query(Long.class)
                .single();
    }

    /** Call it when none is {@link #left()}. */
    void finish() {
        jdbc.sql("insert into article_analysis values (:version) on conflict do nothing")
                .param("version", WordAnalyzers.VERSION)
                .update();
    }

    /**
     * An article that was not read as it would be today.
     *
     * @param sorted its place in the order of articles, with its id
     */
    record Unread(UUID id, Instant sorted, int revision, int generation, RawJson document) {}

    /** The newest of them; with a place, those after it. */
    List<Unread> newest(@Nullable Unread after, int limit) {
        return jdbc.sql("""
                        select id, sorted, revision, generation, document::text from article
                        where analysis <> :version and (:id::uuid is null or (sorted, id) < (:sorted::timestamptz, :id::uuid))
                        order by sorted desc, id desc limit :limit
                        """)
                .param("version", WordAnalyzers.VERSION)
                .param("id", after == null ? null : after.id())
                .param("sorted", after == null ? null : after.sorted().atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, _) -> new Unread(
                        row.getObject(1, UUID.class),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getInt(3),
                        row.getInt(4),
                        new RawJson(row.getString(5))))
                .list();
    }

    /**
     * An article that was read.
     *
     * @param words as {@link ArticleWords} says
     */
    record Read(Unread article, String words) {}

    /**
     * Writes what articles can be found by. What is being changed at the same time, or was since it was looked at, stays as it
     * is.
     *
     * @return how many were written
     */
    int write(List<Read> articles) {
        return jdbc.sql("""
                        update article a set words = n.words, analysis = :version, subjects =
                            (select array_agg(s ->> 'name') from jsonb_array_elements(a.document -> 'subjects') as s)
                        from (select id from article where id = any(:id::uuid[]) order by id
                                for no key update skip locked) as free
                            join unnest(:id::uuid[], :words::tsvector[], :revision::int[], :generation::int[])
                                as n(id, words, revision, generation) using (id)
                        where a.id = free.id and a.revision = n.revision and a.generation = n.generation
                            and a.analysis <> :version
                        """)
                .param("version", WordAnalyzers.VERSION)
                .param("id", texts(articles, it -> it.article().id()))
                .param("words", texts(articles, Read::words))
                .param("revision", texts(articles, it -> it.article().revision()))
                .param("generation", texts(articles, it -> it.article().generation()))
                .update();
    }

    private static String[] texts(List<Read> articles, Function<Read, Object> column) {
        return articles.stream().map(column).map(Object::toString).toArray(String[]::new);
    }
}
