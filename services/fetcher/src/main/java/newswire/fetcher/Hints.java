package newswire.fetcher;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import org.jspecify.annotations.Nullable;

/** What feeds and servers ask of those who poll them, as far as it is sane. */
final class Hints {
    private static final Duration SANE = Duration.ofHours(24);

    private Hints() {}

    /** The shortest interval that is wanted: zero if nothing is. */
    static Duration sum(Feed feed, @Nullable FeedState before, PollOutcome outcome, Instant now, List<String> reasons) {
        if (Boolean.FALSE.equals(feed.poll().honourHints())) {
            return Duration.ZERO;
        }
        var longest = Duration.ZERO;
        var exchange = outcome.exchange();
        var document = document(before, outcome);
        if (document != null && document.ttlMinutes() != null) {
            longest = longer(longest, Duration.ofMinutes(document.ttlMinutes()), "ttl", reasons);
        }
        if (document != null && document.updatePeriodSeconds() != null) {
            longest = longer(longest, Duration.ofSeconds(document.updatePeriodSeconds()), "sy", reasons);
        }
        if (exchange.maxAgeSeconds() != null) {
            longest = longer(longest, Duration.ofSeconds(exchange.maxAgeSeconds()), "cache-control", reasons);
        } else if (exchange.expires() != null && exchange.expires().isAfter(now)) {
            longest = longer(longest, Duration.between(now, exchange.expires()), "expires", reasons);
        }
        return longest;
    }

    private static Duration longer(Duration longest, Duration hint, String name, List<String> reasons) {
        if (hint.compareTo(SANE) > 0 || hint.compareTo(longest) <= 0) {
            return longest;
        }
        reasons.add(name + "=" + hint.toSeconds() + "s");
        return hint;
    }

    /** Moves a poll out of the hours and days in which the feed does not want it. */
    static Instant skipped(
            Feed feed, @Nullable FeedState before, PollOutcome outcome, Instant at, List<String> reasons) {
        var document = document(before, outcome);
        if (document == null
                || Boolean.FALSE.equals(feed.poll().honourHints())
                || document.skipHours().size() >= 24) {
            return at;
        }
        var moved = at.atOffset(ZoneOffset.UTC);
        for (int hours = 0; hours < 8 * 24; hours++) {
            var day = moved.getDayOfWeek().name().toLowerCase(Locale.ROOT);
            if (!document.skipHours().contains(moved.getHour())
                    && !document.skipDays().contains(day)) {
                if (hours > 0) {
                    reasons.add("skip-hours");
                }
                return moved.toInstant();
            }
            moved = moved.truncatedTo(ChronoUnit.HOURS).plusHours(1);
        }
        return at;
    }

    private static FeedState.@Nullable Document document(@Nullable FeedState before, PollOutcome outcome) {
        return outcome instanceof PollOutcome.Changed changed
                ? changed.document().facts().document(changed.document().format(), 0, 0, 0)
                : before == null ? null : before.document();
    }
}
