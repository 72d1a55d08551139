package newswire.fetcher;

import java.time.Instant;
import java.util.Objects;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

/**
 * What to ask a server by next time, and whether it can be believed. Some say for ever that nothing changed. Such a server is
 * caught in two ways: it gives changed entries the validators of the document before them; or, asked once more by the
 * validators of that earlier document, which an audit has shown to be past, it says that nothing changed.
 */
final class Honesty {
    private Honesty() {}

    /** Kept only for a body all of whose entries were sent: others would be hidden behind a 304 for ever. */
    static FeedState.@Nullable Validators after(FeedState.@Nullable Validators was, PollOutcome outcome, Instant now) {
        return switch (outcome) {
            case PollOutcome.Failed _ -> was;
            case PollOutcome.Unchanged unchanged -> unchanged(was, unchanged, now);
            case PollOutcome.Changed changed -> changed(was, changed, now);
        };
    }

    private static FeedState.Validators unchanged(
            FeedState.@Nullable Validators was, PollOutcome.Unchanged unchanged, Instant now) {
        var exchange = unchanged.exchange();
        boolean probed = was != null && Boolean.TRUE.equals(was.probe());
        boolean notModified = unchanged.documentSha256() == null;
        var distrusted = probed && notModified ? now : distrusted(was, exchange);
        if (was == null || !notModified) {
            return of(exchange, exchange.etag(), exchange.lastModified(), unchanged.documentSha256(), distrusted);
        }
        return of(
                exchange,
                exchange.etag() == null ? was.etag() : exchange.etag(),
                exchange.lastModified() == null ? was.lastModified() : exchange.lastModified(),
                was.documentSha256(),
                distrusted);
    }

    private static FeedState.@Nullable Validators changed(
            FeedState.@Nullable Validators was, PollOutcome.Changed changed, Instant now) {
        var exchange = changed.exchange();
        var distrusted = distrusted(was, exchange);
        if (distrusted == null && was != null && same(was, exchange) && fresh(changed)) {
            distrusted = now;
        }
        if (!changed.complete()) {
            return distrusted == null ? null : of(exchange, null, null, null, distrusted);
        }
        return was != null && changed.audit() && distrusted == null && fresh(changed)
                ? new FeedState.Validators(
                        was.url(), was.etag(), was.lastModified(), changed.documentSha256(), true, null)
                : of(exchange, exchange.etag(), exchange.lastModified(), changed.documentSha256(), distrusted);
    }

    private static FeedState.Validators of(
            FetchResult.Exchange exchange,
            @Nullable String etag,
            @Nullable String lastModified,
            @Nullable String documentSha256,
            @Nullable Instant distrusted) {
        return distrusted == null
                ? new FeedState.Validators(exchange.url(), etag, lastModified, documentSha256, null, null)
                : new FeedState.Validators(exchange.url(), null, null, documentSha256, null, distrusted);
    }

    /** Another address may be another server. */
    private static @Nullable Instant distrusted(FeedState.@Nullable Validators was, FetchResult.Exchange exchange) {
        return was != null && was.url().equals(exchange.url()) ? was.distrustedSince() : null;
    }

    private static boolean same(FeedState.Validators was, FetchResult.Exchange exchange) {
        return was.url().equals(exchange.url())
                && (was.etag() != null || was.lastModified() != null)
                && !Boolean.TRUE.equals(was.probe())
                && Objects.equals(was.etag(), exchange.etag())
                && Objects.equals(was.lastModified(), exchange.lastModified());
    }

    private static boolean fresh(PollOutcome.Changed changed) {
        return changed.count(SeenEntries.Kind.NEW) > 0
                || (!weak(changed) && changed.count(SeenEntries.Kind.CHANGED) > 0);
    }

    /** A weak tag may stay where an entry was only touched up. */
    private static boolean weak(PollOutcome.Changed changed) {
        var etag = changed.exchange().etag();
        return etag != null && etag.startsWith("W/");
    }
}
