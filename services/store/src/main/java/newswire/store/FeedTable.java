package newswire.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import newswire.contract.Feed;
import newswire.contract.FeedId;
import newswire.contract.FeedState;
import newswire.contract.NewsRecord;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What operators want polled, and what the fetcher found there: the projection of the two feed topics. */
@Repository
class FeedTable {
    private final JdbcClient jdbc;

    FeedTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Inserts, updates and removes. An older definition changes nothing; a removal in one partition leaves alone what has
     * moved to another.
     */
    void save(List<Consumed<Feed>> records) {
        for (var record : records) {
            var feed = record.value();
            if (feed == null) {
                remove(record);
            } else {
                upsert(feed, record.lineage());
            }
        }
    }

    private void upsert(Feed feed, Lineage lineage) {
        jdbc.sql("""
                        insert into feed (id, revision, definition, xml_url, title, partition, "offset")
                        values (:id, :revision, :definition::jsonb, :xmlUrl, :title, :partition, :offset)
                        on conflict (id) do update set revision = excluded.revision, definition = excluded.definition,
                            xml_url = excluded.xml_url, title = excluded.title, partition = excluded.partition,
                            "offset" = excluded."offset"
                        where case when feed.partition = excluded.partition then feed."offset" < excluded."offset"
                            else feed.revision < excluded.revision end
                        """)
                .param("id", feed.feedId().value())
                .param("revision", feed.revision())
                .param("definition", json(feed))
                .param("xmlUrl", feed.xmlUrl().toString())
                .param("title", feed.title())
                .param("partition", lineage.partition())
                .param("offset", lineage.offset())
                .update();
    }

    private void remove(Consumed<Feed> record) {
        jdbc.sql("delete from feed where id::text = :id and partition = :partition and \"offset\" < :offset")
                .param("id", record.key())
                .param("partition", record.lineage().partition())
                .param("offset", record.lineage().offset())
                .update();
    }

    /** Inserts, updates and removes what the fetcher found; the last record of a feed counts. */
    void saveStates(List<Consumed<FeedState>> records) {
        for (var record : records) {
            var state = record.value();
            if (state == null) {
                jdbc.sql("delete from feed_state where id::text = :id and partition = :partition")
                        .param("id", record.key())
                        .param("partition", record.lineage().partition())
                        .update();
            } else {
                upsertState(state, record.lineage());
            }
        }
    }

    private void upsertState(FeedState state, Lineage lineage) {
        jdbc.sql("""
                        insert into feed_state (id, state, status, partition, "offset")
                        values (:id, :state::jsonb, :status, :partition, :offset)
                        on conflict (id) do update set state = excluded.state, status = excluded.status,
                            partition = excluded.partition, "offset" = excluded."offset"
                        where feed_state.partition <> excluded.partition or feed_state."offset" < excluded."offset"
                        """)
                .param("id", state.feedId().value())
                .param("state", json(state))
                .param("status", state.status().toString())
                .param("partition", lineage.partition())
                .param("offset", lineage.offset())
                .update();
    }

    /**
     * A feed as the API shows it.
     *
     * @param feed the {@link Feed}
     * @param state the {@link FeedState} without its memory of entries; absent before the first poll
     */
    record FeedView(RawJson feed, @Nullable RawJson state) {}

    /**
     * Which feeds; what is absent does not restrict.
     *
     * @param text part of the title or the address, in any case
     * @param category one of its categories
     * @param gaps whether only feeds are wanted of which entries were probably missed
     * @param quiet whether only feeds are wanted that are silent for far longer than they ever are
     */
    record Filter(
            @Nullable String text,
            @Nullable String status,
            @Nullable String category,
            @Nullable Boolean enabled,
            boolean gaps,
            boolean quiet) {}

    /**
     * Feeds by title.
     *
     * @param after {@link #position} to begin behind; empty = the first
     */
    List<FeedView> list(Filter filter, String after, int limit) {
        var place = Place.of(after);
        return jdbc.sql("""
                        select f.definition::text, (s.state - 'seen')::text from feed f left join feed_state s using (id)
                        where (lower(f.title), f.id) > (:title, :id)
                            and (:text::text is null or strpos(lower(f.title || ' ' || f.xml_url), lower(:text)) > 0)
                            and (:status::text is null or coalesce(s.status, 'NEW') = :status)
                            and (:category::text is null or jsonb_exists(f.definition -> 'categories', :category))
                            and (:enabled::boolean is null or (f.definition -> 'enabled')::boolean = :enabled)
                            and (not :gaps or jsonb_array_length(coalesce(s.state -> 'gaps', '[]')) > 0)
                            and (not :quiet or s.state -> 'rhythm' -> 'quietSince' is not null)
                        order by lower(f.title), f.id limit :limit
                        """)
                .param("title", place.title())
                .param("id", place.id())
                .param("text", filter.text())
                .param("status", filter.status())
                .param("category", filter.category())
                .param("enabled", filter.enabled())
                .param("gaps", filter.gaps())
                .param("quiet", filter.quiet())
                .param("limit", limit)
                .query((row, _) -> view(row.getString(1), row.getString(2)))
                .list();
    }

    /** A place in the order of titles; a text that names none stands before all feeds that are called so. */
    private record Place(String title, UUID id) {
        private static final UUID FIRST = new UUID(0, 0);
        private static final int ID = 36;

        static Place of(String position) {
            int end = position.length() - ID;
            try {
                return end > 0 && position.charAt(end - 1) == '/'
                        ? new Place(position.substring(0, end - 1), UUID.fromString(position.substring(end)))
                        : new Place(position, FIRST);
            } catch (IllegalArgumentException ex) {
                return new Place(position, FIRST);
            }
        }
    }

    /** All definitions, by address. */
    List<Feed> all() {
        return jdbc
                .sql("select definition::text from feed order by xml_url, id")
                .query((row, _) -> read(row.getString(1)))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Some definitions. */
    List<Feed> definitions(List<FeedId> ids) {
        return jdbc
                .sql("select definition::text from feed where id = any(:ids::uuid[]) order by id")
                .param("ids", ids.stream().map(FeedId::toString).toArray(String[]::new))
                .query((row, _) -> read(row.getString(1)))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** How the last polls of a feed went. */
    Optional<RawJson> polls(UUID id) {
        return jdbc.sql("""
                        select jsonb_strip_nulls(jsonb_build_object(
                            'items', coalesce(s.state -> 'polls', '[]'), 'gaps', coalesce(s.state -> 'gaps', '[]'),
                            'quietSince', s.state -> 'rhythm' -> 'quietSince',
                            'lastChangeAt', s.state -> 'schedule' -> 'lastChangeAt'))::text
                        from feed f left join feed_state s using (id) where f.id = :id
                        """)
                .param("id", id)
                .query((row, _) -> new RawJson(row.getString(1)))
                .optional();
    }

    /** Keeps others from changing feeds until the transaction ends, in whichever process. */
    void lockForChange() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('feed'))")
                .query((_, _) -> true)
                .list();
    }

    /** Where the next page begins that follows a feed. */
    String position(UUID id) {
        return jdbc.sql("select lower(title) || '/' || id from feed where id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** One feed as the API shows it. */
    Optional<FeedView> find(UUID id) {
        return jdbc.sql("""
                        select f.definition::text, (s.state - 'seen')::text from feed f left join feed_state s using (id)
                        where f.id = :id
                        """)
                .param("id", id)
                .query((row, _) -> view(row.getString(1), row.getString(2)))
                .optional();
    }

    /** Why a feed is polled when it is: what its next poll was decided by, and its last polls. */
    Optional<RawJson> why(UUID id) {
        return jdbc.sql("""
                        select jsonb_strip_nulls(jsonb_build_object(
                            'feedId', f.id, 'status', coalesce(s.status, 'NEW'), 'wanted', f.definition -> 'poll',
                            'schedule', s.state -> 'schedule', 'response', s.state -> 'response',
                            'document', s.state -> 'document', 'counters', s.state -> 'counters',
                            'lastError', s.state -> 'lastError', 'polls', s.state -> 'polls'))::text
                        from feed f left join feed_state s using (id) where f.id = :id
                        """)
                .param("id", id)
                .query((row, _) -> new RawJson(row.getString(1)))
                .optional();
    }

    /** One feed's definition. */
    Optional<Feed> definition(FeedId id) {
        return jdbc.sql("select definition::text from feed where id = :id")
                .param("id", id.value())
                .query(String.class)
                .optional()
                .flatMap(FeedTable::read);
    }

    /** Those of some feeds that are there. */
    Set<FeedId> known(List<FeedId> ids) {
        return Set.copyOf(jdbc.sql("select id from feed where id = any(:ids::uuid[])")
                .param("ids", ids.stream().map(FeedId::toString).toArray(String[]::new))
                .query((row, _) -> new FeedId(row.getObject(1, UUID.class)))
                .list());
    }

    private static Optional<Feed> read(String definition) {
        return Encoding.decode(definition.getBytes(StandardCharsets.UTF_8), Feed.class)
                        instanceof Decoded.Value<Feed>(var feed)
                ? Optional.of(feed)
                : Optional.empty();
    }

    /** How many feeds are in each status; those that were never polled are NEW. */
    Map<String, Long> countByStatus() {
        return jdbc.sql("""
                        select coalesce(s.status, 'NEW') as status, count(*) from feed f left join feed_state s using (id)
                        group by 1
                        """).query((row, _) -> Map.entry(row.getString(1), row.getLong(2))).list().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static FeedView view(String definition, @Nullable String state) {
        return new FeedView(new RawJson(definition), state == null ? null : new RawJson(state));
    }

    private static String json(NewsRecord value) {
        return new String(Encoding.encode(value), StandardCharsets.UTF_8);
    }
}
