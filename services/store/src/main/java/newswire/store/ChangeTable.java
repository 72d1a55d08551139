package newswire.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The articles' topic as one sequence that can be read from any place: each revision once, each removal once, those of one
 * article in their order. Rows of a partition become visible in the order of their offsets, for they are written under
 * the lock of the partition's position; so no reader can pass one that comes later.
 */
@Repository
class ChangeTable {
    private final JdbcClient jdbc;

    ChangeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A step of the sequence.
     *
     * @param partition {@link ChangeCursor#RELEASES} for what an embargo held back
     * @param type published, updated, withdrawn or removed
     * @param at when it happened, if that is known
     * @param json type, id and, unless it was removed, version and article
     */
    record Change(
            int partition,
            long offset,
            UUID id,
            String type,
            @Nullable Instant at,
            String json) {}

    /**
     * A part of the sequence.
     *
     * @param next where it goes on
     * @param more whether there is more already
     */
    record Page(List<Change> changes, ChangeCursor next, boolean more) {}

    /** Where the sequence ends now. */
    ChangeCursor end() {
        var next = new TreeMap<Integer, Long>();
        jdbc.sql("""
                        select partition, next from ingest_offset where topic = :topic
                        union all select -1, coalesce(max(seq), 0) + 1 from article_release
                        """).param("topic", Topics.ARTICLES).query(row -> {
            next.put(row.getInt(1), row.getLong(2));
        });
        return new ChangeCursor(next);
    }

    /** Where the sequence begins: what is older is no longer kept. */
    ChangeCursor beginning() {
        var floor = new TreeMap<Integer, Long>();
        jdbc.sql("select partition, position from change_floor").query(row -> {
            floor.put(row.getInt(1), row.getLong(2));
        });
        return new ChangeCursor(floor);
    }

    /**
     * Reads on.
     *
     * @throws ExpiredException if some of what follows is no longer kept
     */
    Page after(ChangeCursor cursor, int limit) {
        var floor = beginning();
        if (!cursor.next().isEmpty() && !cursor.covers(floor)) {
            throw new ExpiredException();
        }
        var from = cursor.or(floor);
        var end = end();
        if (from.covers(end)) {
            return new Page(List.of(), from, false);
        }
        var rows = rows(from, end, limit);
        return new Page(rows, rows.size() < limit ? from.or(end) : reached(from, rows), rows.size() == limit);
    }

    private static ChangeCursor reached(ChangeCursor from, List<Change> changes) {
        var next = new TreeMap<>(from.next());
        changes.forEach(change -> next.merge(change.partition(), change.offset() + 1, Math::max));
        return new ChangeCursor(next);
    }

    /** Evenly from all partitions, each in the order of its offsets. */
    private List<Change> rows(ChangeCursor from, ChangeCursor end, int limit) {
        var partitions = new ArrayList<>(end.next().keySet());
        return jdbc.sql("""
                        select w.partition, c."offset", c.id, c.version, c.kind, c.document, c.happened
                        from unnest(:partitions::int[], :from::bigint[], :end::bigint[]) as w(partition, first, last)
                        cross join lateral (
                            select c.*, row_number() over (order by c."offset") as turn from (
                                (select r."offset", r.id, r.revision || '.' || r.generation as version, r.kind,
                                    r.document::text as document, r.version_created as happened
                                from article_revision r
                                where w.partition >= 0 and r.partition = w.partition
                                    and r."offset" >= w.first and r."offset" < w.last
                                    and (r.embargoed_until is null or r.embargoed_until <= r.version_created)
                                order by r."offset" limit :limit)
                                union all
                                (select t."offset", t.id, null, 'removed', null, t.taken_down
                                from article_taken_down t
                                where w.partition >= 0 and t.partition = w.partition
                                    and t."offset" >= w.first and t."offset" < w.last
                                order by t."offset" limit :limit)
                                union all
                                (select s.seq, s.id, s.revision || '.' || s.generation, r.kind, r.document::text,
                                    r.embargoed_until
                                from article_release s join article_revision r using (id, revision, generation)
                                where w.partition = -1 and s.seq >= w.first and s.seq < w.last
                                order by s.seq limit :limit)
                            ) as c order by c."offset" limit :limit
                        ) as c
                        order by c.turn, w.partition limit :limit
                        """)
                .param("partitions", partitions.stream().map(String::valueOf).toArray(String[]::new))
                .param("from", texts(partitions, from))
                .param("end", texts(partitions, end))
                .param("limit", limit)
                .query((row, _) -> change(row))
                .list();
    }

    /** The newest changes, the newest first, and where the sequence goes on behind them. */
    Page newest(int limit) {
        var end = end();
        var partitions = new ArrayList<>(end.next().keySet());
        var changes = jdbc.sql("""
                        select n.partition, n."offset", n.id, n.revision || '.' || n.generation as version, n.kind,
                            d.document::text as document, n.happened
                        from (
                            select w.partition, c.*
                            from unnest(:partitions::int[], :end::bigint[]) as w(partition, last)
                            cross join lateral (
                                (select r."offset", r.id, r.revision, r.generation, r.kind, r.version_created as happened
                                from article_revision r
                                where w.partition >= 0 and r.partition = w.partition and r."offset" < w.last
                                    and (r.embargoed_until is null or r.embargoed_until <= r.version_created)
                                order by r."offset" desc limit :limit)
                                union all
                                (select t."offset", t.id, null, null, 'removed', t.taken_down
                                from article_taken_down t
                                where w.partition >= 0 and t.partition = w.partition and t."offset" < w.last
                                order by t."offset" desc limit :limit)
                                union all
                                (select s.seq, s.id, s.revision, s.generation, r.kind, r.embargoed_until
                                from article_release s join article_revision r using (id, revision, generation)
                                where w.partition = -1 and s.seq < w.last
                                order by s.seq desc limit :limit)
                            ) as c
                            order by c.happened desc nulls last, w.partition, c."offset" desc limit :limit
                        ) as n left join article_revision d using (id, revision, generation)
                        order by n.happened desc nulls last, n.partition, n."offset" desc
                        """)
                .param("partitions", partitions.stream().map(String::valueOf).toArray(String[]::new))
                .param("end", texts(partitions, end))
                .param("limit", limit)
                .query((row, _) -> change(row))
                .list();
        return new Page(changes, end, false);
    }

    private static Change change(ResultSet row) throws SQLException {
        var id = row.getObject(3, UUID.class);
        var type = type(row.getString(5));
        var happened = row.getTimestamp(7);
        return new Change(
                row.getInt(1),
                row.getLong(2),
                id,
                type,
                happened == null ? null : happened.toInstant(),
                json(id, row.getString(4), type, row.getString(6)));
    }

    private static String type(String kind) {
        return switch (kind) {
            case "removed" -> "removed";
            case "initial" -> "published";
            case "withdrawal" -> "withdrawn";
            default -> "updated";
        };
    }

    private static String[] texts(List<Integer> partitions, ChangeCursor cursor) {
        return partitions.stream()
                .map(partition -> String.valueOf(cursor.at(partition)))
                .toArray(String[]::new);
    }

    private static String json(UUID id, @Nullable String version, String type, @Nullable String document) {
        var change = Encoding.json().createObjectNode().put("type", type).put("id", id.toString());
        if (version == null || document == null) {
            return change.toString();
        }
        var head = change.put("version", version).toString();
        return head.substring(0, head.length() - 1) + ",\"article\":" + document + "}";
    }

    /**
     * Numbers the revisions whose embargo has ended. Two that do so at once write the same numbers, and the second writes
     * none.
     */
    void release() {
        jdbc.sql("""
                        insert into article_release (seq, id, revision, generation)
                        select (select coalesce(max(seq), 0) from article_release)
                            + row_number() over (order by embargoed_until, id, revision, generation), id, revision, generation
                        from article_revision r
                        where embargoed_until > version_created and embargoed_until <= now()
                            and not exists (select from article_release s where s.id = r.id and s.revision = r.revision
                                and s.generation = r.generation)
                        on conflict do nothing
                        """).update();
    }

    /** A reader was away for longer than changes are kept. */
    static final class ExpiredException extends IllegalArgumentException {
        ExpiredException() {
            super("the changes that follow this cursor are no longer kept");
        }
    }
}
