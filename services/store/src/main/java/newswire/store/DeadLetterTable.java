package newswire.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import newswire.contract.DeadLetter;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The dead letters, and what people made of them: a fate hides a letter from the list of what is to be done, no more. */
@Repository
class DeadLetterTable {
    private static final String FATE = "coalesce(f.fate, 'open')";

    private final JdbcClient jdbc;

    DeadLetterTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Inserts; a dead letter that came twice is one. */
    void save(List<Consumed<DeadLetter>> records) {
        for (var record : records) {
            var letter = record.value();
            if (letter != null) {
                insert(letter, record.lineage());
            }
        }
    }

    private void insert(DeadLetter letter, Lineage lineage) {
        jdbc.sql("""
                        insert into dead_letter (id, letter, stage, reason, failed, topic, partition, "offset")
                        values (:id, :letter::jsonb, :stage, :reason, :failed, :topic, :partition, :offset)
                        on conflict (id) do nothing
                        """)
                .param("id", letter.deadLetterId())
                .param("letter", withoutNul(new String(Encoding.encode(letter), StandardCharsets.UTF_8)))
                .param("stage", letter.stage().toString())
                .param("reason", letter.reason())
                .param("failed", letter.failedAt().atOffset(ZoneOffset.UTC))
                .param("topic", letter.record() == null ? null : letter.record().topic())
                .param("partition", lineage.partition())
                .param("offset", lineage.offset())
                .update();
    }

    /** PostgreSQL's jsonb has no U+0000; the topic keeps the record as it was. */
    private static String withoutNul(String json) {
        return json.replace("\\u0000", "\\ufffd");
    }

    /**
     * Which dead letters; what is absent does not restrict.
     *
     * @param fate open, replayed or discarded
     * @param after where the page before ended
     */
    record Filter(
            @Nullable String reason,
            @Nullable String stage,
            @Nullable String topic,
            @Nullable String fate,
            @Nullable Place after) {
        static Filter open(@Nullable String reason) {
            return new Filter(reason, null, null, "open", null);
        }
    }

    /** A place in the order of dead letters. */
    record Place(Instant failed, UUID id) {
        String cursor() {
            return failed + "_" + id;
        }

        /**
         * Reads a cursor.
         *
         * @throws IllegalArgumentException if it is none of ours
         */
        static Place of(String cursor) {
            try {
                int end = cursor.indexOf('_');
                return new Place(
                        Instant.parse(cursor.substring(0, Math.max(end, 0))),
                        UUID.fromString(cursor.substring(end + 1)));
            } catch (java.time.DateTimeException ex) {
                throw new IllegalArgumentException("no cursor: '" + cursor + "'", ex);
            }
        }
    }

    /** One in the list. */
    record Row(RawJson letter, String fate, Place place) {}

    /** The newest first. */
    List<Row> list(Filter filter, int limit) {
        return rows("d.letter::text", filter, limit);
    }

    /** The same without the records' bytes and stack traces, which may be large. */
    List<Row> outlines(Filter filter, int limit) {
        return rows("(d.letter #- '{payload,value}' #- '{exception,stackTrace}')::text", filter, limit);
    }

    private List<Row> rows(String letter, Filter filter, int limit) {
        var after = filter.after();
        return restricted("select " + letter + ", " + FATE + ", d.failed, d.id", filter, """
                         and (:afterFailed::timestamptz is null
                            or (d.failed, d.id) < (:afterFailed::timestamptz, :afterId::uuid))
                        order by d.failed desc, d.id desc limit :limit
                        """)
                .param("afterFailed", after == null ? null : after.failed().toString())
                .param("afterId", after == null ? null : after.id().toString())
                .param("limit", limit)
                .query((row, _) -> new Row(
                        new RawJson(row.getString(1)),
                        row.getString(2),
                        new Place(row.getObject(3, OffsetDateTime.class).toInstant(), row.getObject(4, UUID.class))))
                .list();
    }

    private JdbcClient.StatementSpec restricted(String select, Filter filter, String end) {
        return jdbc.sql(select + """
                         from dead_letter d left join dead_letter_fate f using (id)
                        where (:reason::text is null or d.reason = :reason)
                            and (:stage::text is null or d.stage = :stage)
                            and (:topic::text is null or d.topic = :topic)
                            and (:fate::text is null or coalesce(f.fate, 'open') = :fate)
                        """ + end)
                .param("reason", filter.reason())
                .param("stage", filter.stage())
                .param("topic", filter.topic())
                .param("fate", filter.fate());
    }

    /** How many there are of each reason. */
    Map<String, Long> countByReason(Filter filter) {
        var counts = new LinkedHashMap<String, Long>();
        restricted("select d.reason, count(*)", filter, " group by 1 order by 2 desc, 1")
                .query(row -> {
                    counts.put(row.getString(1), row.getLong(2));
                });
        return counts;
    }

    /** One, as JSON. */
    Optional<RawJson> find(UUID id) {
        return jdbc.sql("select letter::text from dead_letter where id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .map(RawJson::new);
    }

    /**
     * One and where it stands on its topic.
     *
     * @param letter with U+FFFD for U+0000
     */
    record Kept(DeadLetter letter, int partition, long offset) {}

    Optional<Kept> kept(UUID id) {
        return jdbc.sql("select letter::text, partition, \"offset\" from dead_letter where id = :id")
                .param("id", id)
                .query((row, _) -> new Kept(letter(row.getString(1)), row.getInt(2), row.getLong(3)))
                .optional();
    }

    /** A letter of a row. */
    static DeadLetter letter(String json) {
        if (Encoding.decode(json.getBytes(StandardCharsets.UTF_8), DeadLetter.class)
                instanceof Decoded.Value<DeadLetter>(var letter)) {
            return letter;
        }
        throw new IllegalStateException("a row that cannot be read");
    }

    /** What was made of one: open, replayed or discarded. */
    String fate(UUID id) {
        return jdbc.sql("select fate from dead_letter_fate where id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElse("open");
    }

    /** Notes what was made of one. */
    void decide(UUID id, String fate) {
        jdbc.sql("""
                        insert into dead_letter_fate (id, fate, at) values (:id, :fate, now())
                        on conflict (id) do update set fate = excluded.fate, at = excluded.at
                        """).param("id", id).param("fate", fate).update();
    }

    /** How many wait for somebody. */
    long count() {
        return jdbc.sql("""
                        select count(*) from dead_letter d
                        where not exists (select from dead_letter_fate f where f.id = d.id)
                        """).query(Long.class).single();
    }
}
