package newswire.store;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which store delivers for which webhook, and how far it is. A webhook has one holder at a time; who has lost it, to another
 * store or to an operator's change, writes nothing any more. All times are the database's.
 */
@Repository
class WebhookClaimTable {
    private final JdbcClient jdbc;

    WebhookClaimTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A webhook that is held.
     *
     * @param epoch number of the claim
     * @param cursor where to go on
     * @param secrets as they are in the database, the newest first
     * @param failures in a row so far
     * @param now time of the claim
     */
    record Claim(
            UUID id,
            UUID holder,
            long epoch,
            URI url,
            String search,
            List<String> secrets,
            ChangeCursor cursor,
            int failures,
            Instant now) {
        Claim {
            secrets = List.copyOf(secrets);
        }
    }

    /** Whether there is any to be served. */
    boolean any() {
        return jdbc.sql("select exists (select from webhook where status = 'active')")
                .query(Boolean.class)
                .single();
    }

    /** Takes all webhooks that are due, not held, and not at an end yet. */
    List<Claim> claim(ChangeCursor end, Duration lease) {
        return jdbc.sql("""
                        update webhook set holder = gen_random_uuid(), epoch = epoch + 1,
                            held_until = now() + :seconds * interval '1 second'
                        where id in (
                            select id from webhook
                            where status = 'active' and next_attempt <= now() and position <> :end
                                and (held_until is null or held_until <= now())
                            for update skip locked)
                        returning id, holder, epoch, url, search::text, secret,
                            case when former_until > now() then former_secret end, position, failures, now()
                        """)
                .param("end", end.toString())
                .param("seconds", lease.toSeconds())
                .query((row, _) -> claim(row))
                .list();
    }

    private static Claim claim(ResultSet row) throws SQLException {
        var former = row.getString(7);
        return new Claim(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getLong(3),
                URI.create(row.getString(4)),
                row.getString(5),
                former == null ? List.of(row.getString(6)) : List.of(row.getString(6), former),
                ChangeCursor.of(row.getString(8)),
                row.getInt(9),
                row.getTimestamp(10).toInstant());
    }

    /** Those of some articles that the receiver has been told of. */
    Set<UUID> told(UUID webhook, Collection<UUID> ids) {
        return Set.copyOf(
                jdbc.sql("select article from webhook_article where webhook = :webhook and article = any(:ids::uuid[])")
                        .param("webhook", webhook)
                        .param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                        .query((row, _) -> row.getObject(1, UUID.class))
                        .list());
    }

    /** Moves on and keeps the webhook; false if it is lost. */
    boolean keep(Claim claim, ChangeCursor to, Duration lease) {
        return held("""
                        update webhook set position = :position, held_until = now() + :seconds * interval '1 second'
                        where id = :id and epoch = :epoch
                        """, claim)
                        .param("position", to.toString())
                        .param("seconds", lease.toSeconds())
                        .update()
                == 1;
    }

    /** Notes a delivery, moves behind it and keeps the webhook; false if it is lost. */
    boolean delivered(
            Claim claim,
            int attempt,
            WebhookMessage message,
            WebhookAnswer.Accepted answer,
            ChangeCursor to,
            Duration lease) {
        return noted("""
                        with moved as (
                            update webhook set position = :position, failures = 0, failing_since = null, problem = null,
                                delivered = delivered + 1, last_delivered = now(),
                                held_until = now() + :seconds * interval '1 second'
                            where id = :id and epoch = :epoch returning id),
                        told as (
                            insert into webhook_article (webhook, article) select id, :article::uuid from moved
                            where :article::uuid is not null and not :removal on conflict do nothing),
                        forgotten as (
                            delete from webhook_article a using moved
                            where a.webhook = moved.id and a.article = :article::uuid and :removal),
                        noted as (
                            insert into webhook_delivery (webhook, message, type, article, attempt, status, millis)
                            select id, :message, :type, :article::uuid, :attempt, :status, :millis from moved)
                        select count(*) from moved
                        """, claim, attempt, message, answer.status(), answer.millis())
                        .param("position", to.toString())
                        .param("removal", message.isRemoval())
                        .param("seconds", lease.toSeconds())
                        .query(Long.class)
                        .single()
                == 1;
    }

    /**
     * Notes a failure and lets the webhook go until the next attempt, or for good if it has failed for longer than is borne.
     *
     * @param status of the answer, if there was one
     * @return what the webhook is now; empty if it was lost
     */
    Optional<WebhookTable.Status> failed(
            Claim claim,
            int attempt,
            WebhookMessage message,
            @Nullable Integer status,
            String problem,
            int millis,
            Duration wait,
            Duration patience) {
        return noted("""
                        with failed as (
                            update webhook set failures = failures + 1, failing_since = coalesce(failing_since, now()),
                                next_attempt = now() + :wait * interval '1 millisecond', held_until = null,
                                problem = :problem,
                                status = case when coalesce(failing_since, now()) <= now() - :patience * interval '1 millisecond'
                                    then 'disabled' else status end,
                                disabled = case when coalesce(failing_since, now()) <= now() - :patience * interval '1 millisecond'
                                    then now() end
                            where id = :id and epoch = :epoch returning id, status),
                        noted as (
                            insert into webhook_delivery (webhook, message, type, article, attempt, status, problem, millis)
                            select id, :message, :type, :article::uuid, :attempt, :status::int, :problem, :millis from failed)
                        select status from failed
                        """, claim, attempt, message, status, millis)
                .param("problem", problem)
                .param("wait", wait.toMillis())
                .param("patience", patience.toMillis())
                .query(String.class)
                .optional()
                .map(WebhookTable.Status::of);
    }

    /** Notes why a webhook cannot be served at all, and lets it go until later. */
    void stuck(Claim claim, String problem, Duration wait) {
        held("""
                        update webhook set failures = failures + 1, failing_since = coalesce(failing_since, now()),
                            next_attempt = now() + :wait * interval '1 millisecond', held_until = null, problem = :problem
                        where id = :id and epoch = :epoch
                        """, claim)
                .param("problem", problem)
                .param("wait", wait.toMillis())
                .update();
    }

    /** Lets the webhook go, unless somebody else has it by now. */
    void release(Claim claim) {
        jdbc.sql("update webhook set held_until = null where id = :id and holder = :holder")
                .param("id", claim.id())
                .param("holder", claim.holder())
                .update();
    }

    private JdbcClient.StatementSpec noted(
            String sql, Claim claim, int attempt, WebhookMessage message, @Nullable Integer status, int millis) {
        return held(sql, claim)
                .param("message", message.id())
                .param("type", message.type())
                .param(
                        "article",
                        message.article() == null ? null : message.article().toString())
                .param("attempt", attempt)
                .param("status", status)
                .param("millis", millis);
    }

    private JdbcClient.StatementSpec held(String sql, Claim claim) {
        return jdbc.sql(sql).param("id", claim.id()).param("epoch", claim.epoch());
    }
}
