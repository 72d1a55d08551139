package newswire.contract;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the fetcher found at a feed and needs again after a restart: the value of {@link Topics#FEED_STATES}. It is written
 * only after the broker has every raw article of the poll, so it may be behind, never ahead.
 *
 * @param definitionRevision {@link Feed#revision()} that it was made under
 * @param gaps times in which entries were probably missed, newest first, at most 5
 * @param seen digests of the entries that were sent
 * @param lastError the last poll's problem, absent after a success
 * @param polls the last polls, newest first, at most 30
 */
public record FeedState(
        String schemaVersion,
        FeedId feedId,
        int definitionRevision,
        Instant updatedAt,
        Status status,
        @Nullable Location url,
        @Nullable Validators validators,
        @Nullable Response response,
        @Nullable Document document,
        @Nullable Rhythm rhythm,
        List<Gap> gaps,
        Schedule schedule,
        Counters counters,
        @Nullable Seen seen,
        @Nullable Identity identity,
        @Nullable Robots robots,
        @Nullable WebSub websub,
        @Nullable Problem lastError,
        List<PollRecord> polls)
        implements NewsRecord {

    public static final String SCHEMA_VERSION = "1.0";

    public FeedState {
        gaps = List.copyOf(gaps);
        polls = List.copyOf(polls);
    }

    /** How a feed is doing. */
    public enum Status {
        NEW,
        ACTIVE,
        BACKOFF,
        THROTTLED,
        UNAUTHORIZED,
        ROBOTS_DENIED,
        GONE,
        INVALID,
        PAUSED
    }

    /**
     * Where the feed is, as far as it is not where its definition says.
     *
     * @param effective the URL that answered
     * @param permanent where permanent redirects lead
     * @param permanentSince when it was first seen
     * @param permanentSeen polls in a row that saw it
     * @param proposal what the definition's URL should become; whoever owns the definition applies it
     * @param discoveredAt when feeds were last looked for, as the URL led to a page
     * @param candidates feeds that were found then, the best first
     */
    public record Location(
            @Nullable URI effective,
            @Nullable URI permanent,
            @Nullable Instant permanentSince,
            @Nullable Integer permanentSeen,
            @Nullable Proposal proposal,
            @Nullable Instant discoveredAt,
            List<Candidate> candidates) {
        public Location {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * Another URL for the feed.
     *
     * @param reason {@code moved}, {@code https} or {@code discovered}
     */
    public record Proposal(URI xmlUrl, String reason) {}

    /**
     * A feed that was found where a page was.
     *
     * @param found how: {@code link}, {@code well-known} or {@code sitemap}
     * @param title what it calls itself or, failing that, what the page calls it
     * @param score what it was ranked by, the higher the better
     */
    public record Candidate(
            URI xmlUrl, String found, @Nullable String title, Format format, int items, int score) {}

    /**
     * What makes the next request conditional (RFC 9110 §13), verbatim.
     *
     * @param url the URL that gave them; they mean nothing at another
     * @param etag with quotes and {@code W/}
     * @param documentSha256 of the decoded body, for servers that never answer 304
     * @param probe true = of the document before the last: a server that answers them with 304 says so whatever there is
     * @param distrustedSince when the server was caught saying that nothing changed where something had; it is not asked
     *     conditionally any more
     */
    public record Validators(
            URI url,
            @Nullable String etag,
            @Nullable String lastModified,
            @Nullable String documentSha256,
            @Nullable Boolean probe,
            @Nullable Instant distrustedSince) {}

    /**
     * The last answer.
     *
     * @param status HTTP status, absent if none was received
     * @param bytes of the decoded body
     * @param millis for the whole exchange
     */
    public record Response(
            @Nullable Integer status,
            Instant at,
            @Nullable String contentType,
            @Nullable String charset,
            @Nullable Long bytes,
            @Nullable Long millis,
            @Nullable Long maxAgeSeconds,
            @Nullable Instant expires,
            @Nullable Instant retryAfter) {}

    /**
     * The last document.
     *
     * @param items entries in it
     * @param newItems entries that were not known
     * @param changedItems entries that were known in another form
     * @param updatePeriodSeconds sy:updatePeriod ÷ sy:updateFrequency
     */
    public record Document(
            Format format,
            @Nullable String generator,
            @Nullable String title,
            @Nullable String siteUrl,
            @Nullable String selfUrl,
            @Nullable String hubUrl,
            @Nullable String language,
            @Nullable Integer ttlMinutes,
            List<Integer> skipHours,
            List<String> skipDays,
            @Nullable Long updatePeriodSeconds,
            int items,
            int newItems,
            int changedItems) {
        public Document {
            skipHours = List.copyOf(skipHours);
            skipDays = List.copyOf(skipDays);
        }
    }

    /**
     * How often something new comes, as polls see it.
     *
     * @param lastNewAt when a poll last found a new entry
     * @param arrivals polls that did, since the feed was added
     * @param expectedSeconds mean time between two of them
     * @param longSeconds time that 95 of 100 do not exceed, roughly
     * @param quietSince present while the feed, though it answers, has been silent for far longer than it ever is, or what
     *     it shows as new has dates as old as that
     */
    public record Rhythm(
            Instant lastNewAt,
            int arrivals,
            @Nullable Long expectedSeconds,
            @Nullable Long longSeconds,
            @Nullable Instant quietSince) {}

    /**
     * A time in which entries were probably missed: a document shared none with the one before it.
     *
     * @param from the last success before it
     * @param to when it was noticed
     * @param recovered entries that were found elsewhere since
     * @param next older part of the feed to look in
     */
    public record Gap(
            Instant from,
            Instant to,
            Outlook status,
            int recovered,
            @Nullable URI next) {

        /** What became of a gap. */
        public enum Outlook {
            /** Being looked into. */
            OPEN,
            /** All that was missed was found. */
            CLOSED,
            /** There is nowhere else to look. */
            PERMANENT
        }
    }

    /**
     * When to poll.
     *
     * @param lastChangeAt when an entry was last new or changed
     * @param intervalSeconds current, before jitter
     * @param reasons what decided, most decisive first
     * @param why what else the decision was made of: the same again gives the same time
     */
    public record Schedule(
            @Nullable Instant lastPollAt,
            @Nullable Instant lastSuccessAt,
            @Nullable Instant lastChangeAt,
            Instant nextPollAt,
            @Nullable Long intervalSeconds,
            List<String> reasons,
            @Nullable Why why) {
        public Schedule {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * What decided when to poll next and is not in the definition, the response, the document or the last error already.
     *
     * @param chance from 0 to 1, for the jitter
     * @param weightBefore sum of the weights of the failures before
     * @param repeated how often the same failure was met in a row, the last time included
     * @param repeatedSince when it was met first
     * @param intervalMillis in force until then
     * @param known share of the document's entries that were known; absent after a failure
     * @param knownBefore the same of the poll before; absent if that was none to judge by
     * @param onTime whether the poll came when it was planned
     * @param overrun whether entries were probably missed
     * @param gapMillis mean time between two entries
     * @param silenceMillis since an entry was new or changed
     */
    public record Why(
            double chance,
            double weightBefore,
            int repeated,
            @Nullable Instant repeatedSince,
            long intervalMillis,
            @Nullable Double known,
            @Nullable Double knownBefore,
            boolean onTime,
            boolean overrun,
            @Nullable Long gapMillis,
            long silenceMillis) {}

    /**
     * Counts since the feed was added.
     *
     * @param notModified answers 304, or with the same body
     * @param failureWeight sum of the weights of the failures in a row; 0 after a success
     */
    public record Counters(
            long polls, long notModified, int consecutiveFailures, int consecutiveNotFound, double failureWeight) {
        public static final Counters ZERO = new Counters(0, 0, 0, 0, 0);
    }

    /**
     * The fetcher's memory of what it sent.
     *
     * @param window digests of the last document's entries, in its order: 64 bits each, big-endian, base64
     * @param older digests of entries that have left the document, newest first, in the same form
     * @param titles digests of what its entries are called: 16 bits each, at most 64, big-endian, base64
     */
    public record Seen(
            String window, String older, @Nullable String titles) {
        public static final Seen NOTHING = new Seen("", "", null);
    }

    /** How far the feed's guids can be trusted. */
    public record Identity(Feed.GuidPolicy guidPolicy, int duplicateGuids, int missingGuids, int ambiguousUrls) {}

    /** What robots.txt says of the feed. */
    public record Robots(
            boolean allowed,
            @Nullable Instant checkedAt,
            @Nullable Integer crawlDelaySeconds) {}

    /** The feed's subscription at a hub. */
    public record WebSub(
            @Nullable URI hub,
            @Nullable URI topic,
            State state,
            @Nullable Instant leaseExpiresAt,
            @Nullable String callbackId,
            @Nullable Instant lastPushAt,
            @Nullable Integer missedPushes) {

        /** How far a subscription is. */
        public enum State {
            NONE,
            REQUESTED,
            ACTIVE,
            DENIED,
            EXPIRED
        }
    }

    /**
     * One poll, for the people who ask why.
     *
     * @param outcome {@code modified}, {@code not_modified}, the code of its problem, or {@code put_off} where we had no room
     * @param status HTTP status, absent if none was received
     */
    public record PollRecord(
            Instant at,
            String outcome,
            @Nullable Integer status,
            @Nullable Long bytes,
            @Nullable Long millis,
            int entries,
            int newEntries,
            int changedEntries,
            List<String> reasons,
            Instant nextPollAt) {
        public PollRecord {
            reasons = List.copyOf(reasons);
        }
    }
}
