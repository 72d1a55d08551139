package newswire.store;

import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Forgets what is old, by whole months. */
@Repository
class RetentionTable {
    private final JdbcClient jdbc;

    RetentionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Drops the months of revisions that ended longer ago, and deletes the articles that were last changed then. Readers of
     * changes that stand before what is dropped are told so.
     *
     * @return the months
     */
    @Transactional
    public List<String> forget(Duration age) {
        var months = jdbc.sql("""
                        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                        where i.inhparent = 'article_revision'::regclass
                            and to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month'
                                <= date_trunc('month', (now() - :seconds * interval '1 second') at time zone 'UTC')
                        order by 1
                        """)
                .param("seconds", age.toSeconds())
                .query((row, _) -> row.getString(1))
                .list();
        for (var month : months) {
            jdbc.sql("insert into change_floor select partition, max(\"offset\") + 1 from " + month + """
                             group by partition
                            on conflict (partition) do update set
                                position = greatest(change_floor.position, excluded.position)
                            """)
                    .update();
            jdbc.sql("drop table " + month).update();
        }
        if (!months.isEmpty()) {
            jdbc.sql("""
                            delete from article where version_created
                                < (to_date(right(:month, 7), 'YYYY_MM') + interval '1 month') at time zone 'UTC'
                            """).param("month", months.getLast()).update();
        }
        return months;
    }
}
