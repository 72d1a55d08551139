package newswire.contract;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants polled: the value of {@link Topics#FEEDS} and a resource of the API. Names that OPML 2.0 has are
 * OPML's. What is absent is left to the services' own defaults.
 *
 * @param schemaVersion {@code 1.x}
 * @param feedId never changes, also when the URL does
 * @param revision counts the changes of this definition from 1; guards against lost updates
 * @param xmlUrl where the document is
 * @param htmlUrl the site that it belongs to
 * @param title what operators call it; the URL until something better is known
 * @param format expected syntax, absent = found out from the document
 * @param language BCP 47, for entries that state none
 * @param country ISO 3166-1 alpha-2
 * @param categories folders as slash paths, as in {@code /asia/korea}
 * @param priority 1 (high) to 9
 * @param enabled false = kept but not polled
 */
public record Feed(
        String schemaVersion,
        FeedId feedId,
        int revision,
        URI xmlUrl,
        @Nullable URI htmlUrl,
        String title,
        @Nullable String description,
        @Nullable Format format,
        @Nullable String language,
        @Nullable String country,
        List<String> categories,
        @Nullable Integer priority,
        boolean enabled,
        Publisher publisher,
        Poll poll,
        Http http,
        Dates dates,
        Identity identity,
        Content content,
        Updates updates,
        WebSub websub,
        Rights rights,
        Instant createdAt,
        Instant updatedAt)
        implements NewsRecord {

    public static final String SCHEMA_VERSION = "1.0";

    public Feed {
        categories = List.copyOf(categories);
    }

    /** A new definition with nothing but its URL, all else left to defaults. */
    public static Feed of(URI xmlUrl, Instant now) {
        return new Feed(
                SCHEMA_VERSION,
                FeedId.of(xmlUrl),
                1,
                xmlUrl,
                null,
                xmlUrl.toString(),
                null,
                null,
                null,
                null,
                List.of(),
                null,
                true,
                new Publisher(null, null, PublisherScope.of(xmlUrl)),
                Poll.DEFAULT,
                Http.DEFAULT,
                Dates.DEFAULT,
                Identity.DEFAULT,
                Content.DEFAULT,
                Updates.DEFAULT,
                WebSub.DEFAULT,
                Rights.NONE,
                now,
                now);
    }

    /**
     * The same feed at another address, as its next revision. Its publisher changes with it where that was told by the old
     * address, and so does a title that was one.
     */
    public Feed movedTo(URI url, Instant now) {
        boolean byAddress = publisher.scope().equals(PublisherScope.of(xmlUrl));
        return new Feed(
                schemaVersion,
                feedId,
                revision + 1,
                url,
                htmlUrl,
                title.equals(xmlUrl.toString()) ? url.toString() : title,
                description,
                format,
                language,
                country,
                categories,
                priority,
                enabled,
                byAddress ? new Publisher(publisher.name(), publisher.uri(), PublisherScope.of(url)) : publisher,
                poll,
                http,
                dates,
                identity,
                content,
                updates,
                websub,
                rights,
                createdAt,
                now);
    }

    /**
     * Who publishes.
     *
     * @param name absent = what the document calls itself
     * @param uri home page
     * @param scope shared by all feeds of one publisher
     */
    public record Publisher(@Nullable String name, @Nullable URI uri, PublisherScope scope) {}

    /**
     * How often to poll.
     *
     * @param intervalSeconds wanted; absent = adaptive
     * @param minIntervalSeconds never sooner
     * @param maxIntervalSeconds never later
     * @param honourHints whether ttl, Cache-Control, sy: and skipHours count; absent = true
     * @param deltaEncoding whether to send {@code A-IM: feed} (RFC 3229); absent = false
     */
    public record Poll(
            @Nullable Integer intervalSeconds,
            @Nullable Integer minIntervalSeconds,
            @Nullable Integer maxIntervalSeconds,
            @Nullable Boolean honourHints,
            @Nullable Boolean deltaEncoding) {
        public static final Poll DEFAULT = new Poll(null, null, null, null, null);
    }

    /**
     * How to ask.
     *
     * @param userAgent instead of our own
     * @param headers more request headers, never credentials
     * @param timeoutMillis for the whole exchange
     * @param maxBytes of the decoded body
     * @param secretRef name of a secret that the fetcher holds, never the secret
     * @param robots whether robots.txt counts for the feed itself; absent = WARN
     */
    public record Http(
            @Nullable String userAgent,
            Map<String, String> headers,
            @Nullable Integer timeoutMillis,
            @Nullable Long maxBytes,
            @Nullable String secretRef,
            @Nullable Robots robots) {
        public static final Http DEFAULT = new Http(null, Map.of(), null, null, null, null);

        public Http {
            headers = Map.copyOf(headers);
        }

        /** What to do when robots.txt forbids the feed. */
        public enum Robots {
            ENFORCE,
            WARN,
            IGNORE
        }
    }

    /**
     * How to read this feed's dates.
     *
     * @param zone IANA zone of dates that name none
     * @param dayFirst whether 01/02/2020 is in February
     * @param zoneOverrides zone abbreviation → offset or IANA zone
     * @param futureToleranceSeconds how far ahead a date may lie; absent = 900
     */
    public record Dates(
            @Nullable String zone,
            @Nullable Boolean dayFirst,
            Map<String, String> zoneOverrides,
            @Nullable Integer futureToleranceSeconds) {
        public static final Dates DEFAULT = new Dates(null, null, Map.of(), null);

        public Dates {
            zoneOverrides = Map.copyOf(zoneOverrides);
        }
    }

    /**
     * What tells two entries of this feed apart.
     *
     * @param guidPolicy absent = AUTO
     * @param keepParams query parameters that are part of the identity though they look like tracking
     * @param dropParams query parameters that are tracking though they do not look like it
     * @param keepFragment whether the part after {@code #} tells entries apart
     */
    public record Identity(
            @Nullable GuidPolicy guidPolicy,
            List<String> keepParams,
            List<String> dropParams,
            @Nullable Boolean keepFragment) {
        public static final Identity DEFAULT = new Identity(null, List.of(), List.of(), null);

        public Identity {
            keepParams = List.copyOf(keepParams);
            dropParams = List.copyOf(dropParams);
        }
    }

    /** What of an entry is its key, from the most to the least trustworthy. It only ever degrades by itself. */
    public enum GuidPolicy {
        AUTO,
        GUID,
        LINK,
        LINK_DATE,
        LINK_DATE_TITLE,
        HASH
    }

    /**
     * Where the text of an article comes from.
     *
     * @param source absent = AUTO
     * @param selectors CSS selectors of the body in the article's page
     * @param remove CSS selectors of what to leave out of the body
     * @param noticeRules boilerplate of this feed
     */
    public record Content(
            @Nullable Source source, List<String> selectors, List<String> remove, List<NoticeRule> noticeRules) {
        public static final Content DEFAULT = new Content(null, List.of(), List.of(), List.of());

        public Content {
            selectors = List.copyOf(selectors);
            remove = List.copyOf(remove);
            noticeRules = List.copyOf(noticeRules);
        }

        /** AUTO = the page if the feed has only summaries. */
        public enum Source {
            AUTO,
            FEED,
            PAGE
        }
    }

    /**
     * A paragraph that matches is a notice, not part of the story.
     *
     * @param role of {@link Article.Notice}
     * @param pattern regular expression on one whole block
     */
    public record NoticeRule(String role, String pattern) {}

    /**
     * Which changes make a revision.
     *
     * @param emit whether revisions after the first are published; absent = true
     * @param ignore names of article properties whose change does not count
     * @param minSeconds shortest time between two revisions; absent = 60
     */
    public record Updates(
            @Nullable Boolean emit,
            List<String> ignore,
            @Nullable Integer minSeconds) {
        public static final Updates DEFAULT = new Updates(null, List.of(), null);

        public Updates {
            ignore = List.copyOf(ignore);
        }
    }

    /**
     * Push.
     *
     * @param enabled whether to subscribe at a hub; absent = true
     * @param hub instead of the one that the feed names
     */
    public record WebSub(
            @Nullable Boolean enabled, @Nullable URI hub) {
        public static final WebSub DEFAULT = new WebSub(null, null);
    }

    /** Rights of entries that state none. */
    public record Rights(
            @Nullable String copyrightNotice, @Nullable String usageTerms) {
        public static final Rights NONE = new Rights(null, null);
    }
}
