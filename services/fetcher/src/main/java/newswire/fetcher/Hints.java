package newswire.fetcher;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** What feeds and servers ask of those who poll them, as far as it is sane. */
final class Hints {
    private static final Duration SANE = Duration.ofHours(24);

    private Hints() {}

    /** The shortest interval that is wanted: zero if nothing is. */
    static Duration sum(PollBasis basis, List<String> reasons) {
        if (!basis.hints()) {
            return Duration.ZERO;
        }
        var longest = Duration.ZERO;
        var document = basis.document();
        if (document != null && document.ttlMinutes() != null) {
            longest = longer(longest, Duration.ofMinutes(document.ttlMinutes()), "ttl", reasons);
        }
        if (document != null && document.updatePeriodSeconds() != null) {
            longest = longer(longest, Duration.ofSeconds(document.updatePeriodSeconds()), "sy", reasons);
        }
        if (basis.maxAgeSeconds() != null) {
            longest = longer(longest, Duration.ofSeconds(basis.maxAgeSeconds()), "cache-control", reasons);
        } else if (basis.expires() != null && basis.expires().isAfter(basis.at())) {
            longest = longer(longest, Duration.between(basis.at(), basis.expires()), "expires", reasons);
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
    static Instant skipped(PollBasis basis, Instant at, List<String> reasons) {
        var document = basis.document();
        if (document == null || !basis.hints() || document.skipHours().size() >= 24) {
            return at;
        }
        var moved = at.atOffset(ZoneOffset.UTC);
        for (int hours = 0; hours < 8 * 24; hours++) {
            var day = moved.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
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
}
