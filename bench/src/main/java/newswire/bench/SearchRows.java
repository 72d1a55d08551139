package newswire.bench;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** What the store has written, looked at in the database itself. */
final class SearchRows {
    /** What the store did before it had analyzers of its own, for the languages that PostgreSQL knows. */
    private static final String OLD = """
            setweight(to_tsvector(c, title), 'A') || setweight(to_tsvector(c, document #>> '{bodies,0,value}'), 'B')
            from sample cross join lateral (select case language when 'en' then 'english' when 'de' then 'german'
                when 'es' then 'spanish' when 'fr' then 'french' when 'it' then 'italian' when 'pt' then 'portuguese'
                when 'ru' then 'russian' else 'simple' end::regconfig) as config(c)
            """;

    private final Connection connection;
    private final PrintWriter out;

    SearchRows(Connection connection, PrintWriter out) {
        this.connection = connection;
        this.out = out;
    }

    /** Does what autovacuum would have done a little later. */
    void settle() throws SQLException {
        out.printf(Locale.ROOT, "vacuum and analyze: %.0f s%n", seconds("vacuum (analyze) article"));
    }

    void sizes(int count) throws SQLException {
        size("all, with history", "pg_database_size(current_database())", count);
        size("articles", "pg_table_size('article')", count);
        size("of it without texts", "pg_relation_size('article')", count);
        size("index of words", "pg_relation_size('article_words')", count);
        size("all indexes", "pg_indexes_size('article')", count);
        size(
                "words",
                "(select 1.0 * :n * avg(pg_column_size(words)) from article tablesample system (1))"
                        .replace(":n", String.valueOf(count)),
                count);
    }

    private void size(String what, String sql, int count) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select " + sql)) {
            row.next();
            out.printf(
                    Locale.ROOT,
                    "%-20s %8.1f MB, %6.0f bytes an article%n",
                    what,
                    row.getDouble(1) / 1e6,
                    row.getDouble(1) / count);
        }
    }

    /** The same rows by COPY without any index, and their words by both ways with the index. */
    void compare(int count) throws SQLException {
        seconds("create table sample as select * from article limit " + count);
        seconds("create table plain (like article)");
        var file = file();
        seconds("copy sample to '" + file + "'");
        out.printf(
                Locale.ROOT,
                "COPY without indexes: %.0f rows a second%n",
                count / seconds("copy plain from '" + file + "'"));
        words("words, read by the store", count, "words from sample");
        words("words, read by PostgreSQL", count, OLD);
        seconds("drop table sample, plain");
    }

    /** Beside the database, which reads it. */
    private String file() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select current_setting('data_directory') || '/sample.copy'")) {
            row.next();
            return row.getString(1);
        }
    }

    private void words(String what, int count, String select) throws SQLException {
        seconds("create table found (words tsvector)");
        double bare = seconds("insert into found select " + select);
        seconds("truncate found");
        seconds("create index on found using gin (words)");
        double indexed = seconds("insert into found select " + select);
        seconds("drop table found");
        out.printf(
                Locale.ROOT, "%s: %.0f µs a row, with index %.0f%n", what, bare * 1e6 / count, indexed * 1e6 / count);
    }

    private double seconds(String sql) throws SQLException {
        long start = System.nanoTime();
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
