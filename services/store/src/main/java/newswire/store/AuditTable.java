package newswire.store;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who changed what. */
@Repository
class AuditTable {
    private final JdbcClient jdbc;

    AuditTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A request that was to change something.
     *
     * @param who name and id of the key, or {@code loopback}
     * @param request its id, as in the log
     */
    record Line(long number, Instant at, String who, String method, String path, int status, String request) {}

    void add(String who, String method, String path, int status, String request) {
        jdbc.sql("""
                        insert into audit (at, who, method, path, status, request)
                        values (now(), :who, :method, :path, :status, :request)
                        """)
                .param("who", who)
                .param("method", method)
                .param("path", path)
                .param("status", status)
                .param("request", request)
                .update();
    }

    /** The newest first, before a number. */
    List<Line> list(long before, int limit) {
        return jdbc.sql("select * from audit where number < :before order by number desc limit :limit")
                .param("before", before)
                .param("limit", limit)
                .query((row, _) -> new Line(
                        row.getLong("number"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("who"),
                        row.getString("method"),
                        row.getString("path"),
                        row.getInt("status"),
                        row.getString("request")))
                .list();
    }
}
