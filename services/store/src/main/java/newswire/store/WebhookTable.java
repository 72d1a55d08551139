package newswire.store;

import com.fasterxml.jackson.annotation.JsonValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The webhooks as operators see and change them. Each change ends what a store is just about to deliver. */
@Repository
class WebhookTable {
    private static final int KEPT = 1_000;

    private final JdbcClient jdbc;

    WebhookTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether a webhook is served. */
    enum Status {
        ACTIVE,
        /** An operator wants it so. */
        PAUSED,
        /** Its receiver failed for too long, or wants nothing any more. */
        DISABLED;

        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * A webhook, without its secret.
     *
     * @param search as it was given
     * @param cursor all changes before it were delivered or did not match
     * @param revision of the definition
     * @param failures in a row
     * @param nextAttempt while it fails
     * @param problem what went wrong last, while it fails or if it is disabled
     */
    record Webhook(
            UUID id,
            String url,
            @Nullable String description,
            RawJson search,
            Status status,
            String cursor,
            int revision,
            int failures,
            @Nullable Instant failingSince,
            @Nullable Instant nextAttempt,
            @Nullable String problem,
            @Nullable Instant disabled,
            long delivered,
            @Nullable Instant lastDelivered,
            Instant created) {}

    /** What can be said of a webhook. */
    record Definition(String url, @Nullable String description, String search) {}

    /** Adds a webhook; false if there are as many as may be. */
    boolean add(UUID id, Definition definition, String secret, ChangeCursor from, int most) {
        return of("""
                        insert into webhook (id, url, description, search, secret, position, status)
                        select :id, :url, :description, :search::jsonb, :secret, :position, 'active'
                        where (select count(*) from webhook) < :most
                        """, id, definition)
                        .param("secret", secret)
                        .param("position", from.toString())
                        .param("most", most)
                        .update()
                == 1;
    }

    private JdbcClient.StatementSpec of(String sql, UUID id, Definition definition) {
        return jdbc.sql(sql)
                .param("id", id)
                .param("url", definition.url())
                .param("description", definition.description())
                .param("search", definition.search());
    }

    List<Webhook> list() {
        return jdbc.sql("select * from webhook order by created, id")
                .query((row, _) -> webhook(row))
                .list();
    }

    Optional<Webhook> find(UUID id) {
        return jdbc.sql("select * from webhook where id = :id")
                .param("id", id)
                .query((row, _) -> webhook(row))
                .optional();
    }

    private static Webhook webhook(ResultSet row) throws SQLException {
        int failures = row.getInt("failures");
        return new Webhook(
                row.getObject("id", UUID.class),
                row.getString("url"),
                row.getString("description"),
                new RawJson(row.getString("search")),
                Status.of(row.getString("status")),
                row.getString("position"),
                row.getInt("revision"),
                failures,
                instant(row.getTimestamp("failing_since")),
                failures == 0 ? null : instant(row.getTimestamp("next_attempt")),
                row.getString("problem"),
                instant(row.getTimestamp("disabled")),
                row.getLong("delivered"),
                instant(row.getTimestamp("last_delivered")),
                row.getTimestamp("created").toInstant());
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    /** Changes a webhook that is still at a revision; false if it is at another by now. What failed is forgotten. */
    boolean change(UUID id, int revision, Definition definition, Status status) {
        return of("""
                        update webhook set url = :url, description = :description, search = :search::jsonb, status = :status,
                            revision = revision + 1, epoch = epoch + 1, failures = 0, failing_since = null,
                            next_attempt = now(),
                            problem = case when :status = 'disabled' then problem end,
                            disabled = case when :status = 'disabled' then disabled end
                        where id = :id and revision = :revision
                        """, id, definition)
                        .param("status", status.toString())
                        .param("revision", revision)
                        .update()
                == 1;
    }

    /** Has a webhook go on from another place; false if it is gone. */
    boolean replay(UUID id, ChangeCursor from) {
        return jdbc.sql("""
                        update webhook set position = :position, epoch = epoch + 1, next_attempt = now() where id = :id
                        """).param("id", id).param("position", from.toString()).update() == 1;
    }

    /** Takes another secret; the one before signs too for a day. False if the webhook is gone. */
    boolean renew(UUID id, String secret) {
        return jdbc.sql("""
                        update webhook set former_secret = secret, former_until = now() + interval '1 day', secret = :secret,
                            epoch = epoch + 1
                        where id = :id
                        """).param("id", id).param("secret", secret).update() == 1;
    }

    boolean remove(UUID id) {
        return jdbc.sql("delete from webhook where id = :id").param("id", id).update() == 1;
    }

    /**
     * An attempt to deliver.
     *
     * @param message its id, the same at every attempt
     * @param attempt 1 for the first
     * @param status of the answer, if there was one
     */
    record Delivery(
            long number,
            Instant at,
            String message,
            String type,
            @Nullable UUID article,
            int attempt,
            @Nullable Integer status,
            @Nullable String problem,
            int millis) {}

    /** The newest first, before a number. */
    List<Delivery> deliveries(UUID id, long before, int limit) {
        return jdbc.sql("""
                        select * from webhook_delivery where webhook = :id and number < :before
                        order by number desc limit :limit
                        """)
                .param("id", id)
                .param("before", before)
                .param("limit", limit)
                .query((row, _) -> new Delivery(
                        row.getLong("number"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("message"),
                        row.getString("type"),
                        row.getObject("article", UUID.class),
                        row.getInt("attempt"),
                        row.getObject("status", Integer.class),
                        row.getString("problem"),
                        row.getInt("millis")))
                .list();
    }

    /** Forgets all attempts but each webhook's last {@value #KEPT}. */
    void prune() {
        jdbc.sql("""
                        delete from webhook_delivery d using webhook w where d.webhook = w.id and d.number <= (
                            select k.number from webhook_delivery k where k.webhook = w.id
                            order by k.number desc offset :kept limit 1)
                        """).param("kept", KEPT).update();
    }

    /** How many there are of a status. */
    long count(Status status) {
        return jdbc.sql("select count(*) from webhook where status = :status")
                .param("status", status.toString())
                .query(Long.class)
                .single();
    }
}
