package newswire.contract;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An article in its canonical form, a profile of IPTC ninjs 3.1: the value of {@link Topics#ARTICLES}. Properties with a
 * ninjs name mean what ninjs says. The twelve that ninjs lacks ({@code url}, {@code datePublished}, {@code dateModified},
 * {@code dates}, {@code contributors}, {@code languageVersions}, {@code notices}, {@code mentionedDates},
 * {@code corrections}, {@code revision}, {@code fingerprints}, {@code provenance}) have their schema.org name where there
 * is one; without them the document is valid ninjs. Absent means unknown; null is never written.
 *
 * @param uri {@code urn:uuid:} and the {@link ArticleId}
 * @param type kind of news object: text, audio, video, picture, composite
 * @param version {@code <revision>.<generation>}, compared by part as numbers
 * @param firstCreated when the ledger first saw the article; never the publisher's date
 * @param versionCreated when what this revision says was fetched
 * @param contentCreated when the content was made, if stated
 * @param representationType full, or partial = summary or truncated text only
 * @param language BCP 47, {@code und} if unknown
 * @param title plain text, as in {@code headlines[0]}
 * @param bodies [0] plain text, paragraphs parted by a blank line; [1] the same as sanitised HTML; may be empty
 * @param by the publisher's byline, verbatim less "By"
 * @param infoSources [0] is the publisher
 * @param altIds every key the article is known by
 * @param url permalink, cleaned, fit to be fetched
 * @param datePublished the publisher's; a later revision never moves it later
 * @param notices boilerplate that was kept out of the bodies, verbatim
 */
public record Article(
        URI uri,
        String type,
        String profile,
        Standard standard,
        String version,
        Instant firstCreated,
        Instant versionCreated,
        @Nullable Instant contentCreated,
        @Nullable Instant embargoedUntil,
        @Nullable Instant expires,
        PubStatus pubStatus,
        RepresentationType representationType,
        String language,
        String title,
        List<Headline> headlines,
        List<Body> bodies,
        List<Description> descriptions,
        @Nullable String by,
        @Nullable String located,
        List<InfoSource> infoSources,
        List<Subject> subjects,
        List<Concept> genres,
        List<Place> places,
        List<Association> associations,
        List<Rendition> renditions,
        List<AltId> altIds,
        @Nullable String copyrightHolder,
        @Nullable String copyrightNotice,
        @Nullable String usageTerms,
        @Nullable RightsInfo rightsInfo,
        @Nullable Concept digitalSourceType,
        @Nullable URI url,
        @Nullable Instant datePublished,
        @Nullable Instant dateModified,
        List<DateCandidate> dates,
        List<Contributor> contributors,
        List<LanguageVersion> languageVersions,
        List<Notice> notices,
        List<MentionedDate> mentionedDates,
        List<Correction> corrections,
        Revision revision,
        Fingerprints fingerprints,
        Provenance provenance)
        implements NewsRecord {

    public static final String PROFILE = "newswire-article";
    public static final Standard STANDARD = new Standard(PROFILE, "1.0", "urn:newswire:schema:article:1.0");

    public Article {
        headlines = List.copyOf(headlines);
        bodies = List.copyOf(bodies);
        descriptions = List.copyOf(descriptions);
        infoSources = List.copyOf(infoSources);
        subjects = List.copyOf(subjects);
        genres = List.copyOf(genres);
        places = List.copyOf(places);
        associations = List.copyOf(associations);
        renditions = List.copyOf(renditions);
        altIds = List.copyOf(altIds);
        dates = List.copyOf(dates);
        contributors = List.copyOf(contributors);
        languageVersions = List.copyOf(languageVersions);
        notices = List.copyOf(notices);
        mentionedDates = List.copyOf(mentionedDates);
        corrections = List.copyOf(corrections);
    }

    /** The id within {@link #uri()}. */
    public ArticleId id() {
        return new ArticleId(uri.toString());
    }

    /** Which schema the document is valid against. */
    public record Standard(String name, String version, String schema) {}

    /** ninjs {@code pubstatus}; canceled = withdrawn. */
    public enum PubStatus {
        USABLE,
        WITHHELD,
        CANCELED;

        @Override
        public String toString() {
            return lowerCase(this);
        }
    }

    /** Whether the bodies are the whole text. */
    public enum RepresentationType {
        FULL,
        PARTIAL;

        @Override
        public String toString() {
            return lowerCase(this);
        }
    }

    /**
     * A title.
     *
     * @param role main or derived at index 0; sub, alternative
     */
    public record Headline(String role, String contentType, String value) {}

    /**
     * The text.
     *
     * @param role main or html
     * @param charCount code points, captions left out
     * @param wordCount words parted by white space, captions left out
     */
    public record Body(
            String role,
            String contentType,
            @Nullable Integer charCount,
            @Nullable Integer wordCount,
            String value) {}

    /**
     * A short text beside the body.
     *
     * @param role summary; of an association: caption, alt
     */
    public record Description(String role, String contentType, String value) {}

    /**
     * Who stands behind the article.
     *
     * @param role publisher, feed, agency, originator
     */
    public record InfoSource(
            String name,
            String role,
            @Nullable URI uri,
            @Nullable String literal,
            List<Contact> contactInfo) {
        public InfoSource {
            contactInfo = List.copyOf(contactInfo);
        }
    }

    /**
     * How to reach a source.
     *
     * @param type email, phone, web
     */
    public record Contact(
            String type,
            @Nullable String role,
            @Nullable String lang,
            @Nullable String name,
            String value) {}

    /**
     * A category or keyword.
     *
     * @param creator who assigned it: publisher, or a system
     */
    public record Subject(
            String name,
            @Nullable String rel,
            @Nullable URI uri,
            @Nullable String literal,
            @Nullable String creator) {}

    /** A term of a vocabulary. */
    public record Concept(
            @Nullable String name,
            @Nullable URI uri,
            @Nullable String literal) {}

    /**
     * A place that the article is about.
     *
     * @param geoJSON longitude first
     */
    public record Place(
            @Nullable String name,
            @Nullable String rel,
            @Nullable GeoJson geoJSON) {}

    /**
     * A GeoJSON geometry (RFC 7946).
     *
     * @param coordinates a position, or lists of positions, by the type
     */
    public record GeoJson(String type, List<?> coordinates) {
        public GeoJson {
            coordinates = List.copyOf(coordinates);
        }
    }

    /**
     * A picture, video, sound or related item.
     *
     * @param name image-1, video-1, audio-1 …
     * @param rel illustration, video, audio, related, syndicatedFrom
     * @param by credit as printed
     * @param renditions sizes and formats of the same thing
     */
    public record Association(
            String name,
            String rel,
            URI uri,
            String type,
            @Nullable String title,
            @Nullable String by,
            @Nullable String language,
            List<Description> descriptions,
            @Nullable String copyrightHolder,
            @Nullable String copyrightNotice,
            List<Rendition> renditions) {
        public Association {
            descriptions = List.copyOf(descriptions);
            renditions = List.copyOf(renditions);
        }
    }

    /**
     * A form of an article or association; {@code web} is the permalink.
     *
     * @param width pixels
     * @param duration seconds
     */
    public record Rendition(
            String name,
            @Nullable URI href,
            @Nullable String contentType,
            @Nullable String title,
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Long sizeInBytes,
            @Nullable Double duration) {}

    /**
     * A key that the article is known by.
     *
     * @param role guid, url, shortlink, amp, wp-post-id, hash
     */
    public record AltId(String role, String value) {}

    /**
     * Machine-readable rights.
     *
     * @param linkedRights the licence
     */
    public record RightsInfo(@Nullable URI langId, URI linkedRights) {}

    /**
     * A date that the publisher gave.
     *
     * @param role published, modified, created, expires
     * @param value absent if it cannot be read
     * @param raw verbatim
     * @param source element, key or meta name
     * @param precision instant, minute, day, month, year
     * @param zone explicit, feed-default, assumed-utc
     * @param flags future, implausible-past, ambiguous-day-month, zone-abbreviation, lenient
     * @param chosen whether it became the article's
     */
    public record DateCandidate(
            String role,
            @Nullable Instant value,
            String raw,
            String source,
            @Nullable String precision,
            @Nullable String zone,
            List<String> flags,
            @Nullable Boolean chosen) {
        public DateCandidate {
            flags = List.copyOf(flags);
        }
    }

    /**
     * A credited person or desk.
     *
     * @param role author, editor, translator, photographer, contributor, publisher-desk
     * @param source where it was read
     */
    public record Contributor(
            String name,
            String role,
            @Nullable URI url,
            @Nullable String email,
            String source) {}

    /**
     * The article in another language.
     *
     * @param relation original, translation, unknown: what that version is to this article
     * @param articleUri our own article, if known
     * @param evidence hreflang, language-link, translator-credit, json-ld
     */
    public record LanguageVersion(
            String language,
            String relation,
            @Nullable URI url,
            @Nullable URI articleUri,
            List<String> evidence) {
        public LanguageVersion {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * Boilerplate.
     *
     * @param role translator-credit, contact, language-link, copyright, syndication, correction, subscription, related,
     *     other
     * @param block index of the source block, from 0
     */
    public record Notice(
            String role, String value, @Nullable Integer block) {}

    /**
     * A calendar date in running text; never a publication date.
     *
     * @param offset code points from the start of {@code bodies[0].value}
     * @param resolved ISO date, truncated where less is known
     * @param partial {@code --MM-DD} or {@code --MM} if the year is unknown
     * @param basis what fixed the year: explicit, datePublished, none
     */
    public record MentionedDate(
            String text,
            int offset,
            @Nullable String resolved,
            @Nullable String partial,
            String basis) {}

    /** A correction that the publisher states (schema.org {@code correction}). */
    public record Correction(String text, @Nullable Instant date, String source) {}

    /**
     * Which state of the article this is.
     *
     * @param number from 1, by one for each state
     * @param generation of the normalizer's rules
     * @param changed names of the properties that differ from the revision before; empty in the first
     */
    public record Revision(int number, int generation, Kind kind, List<String> changed) {
        public Revision {
            changed = List.copyOf(changed);
        }

        /** The form of {@link Article#version()}. */
        public String version() {
            return number + "." + generation;
        }

        /** Why there is a new revision. */
        public enum Kind {
            INITIAL,
            UPDATE,
            /** An update that the publisher calls a correction. */
            CORRECTION,
            WITHDRAWAL,
            /** The same raw article under newer rules. */
            REPROCESS;

            @Override
            public String toString() {
                return lowerCase(this);
            }
        }
    }

    /**
     * What the text is known by.
     *
     * @param algorithm the canonicalisation, {@code canon-1}
     * @param contentHash SHA-256 in hex of title and body
     * @param bodyHash SHA-256 in hex of the body
     * @param simHash 64 bits in hex of the body's three-word shingles
     */
    public record Fingerprints(String algorithm, String contentHash, String bodyHash, String simHash) {}

    /**
     * Where it came from.
     *
     * @param rawId of the raw article
     * @param contentSource feed-content, feed-summary, page, none
     * @param normalizer name and version of the rules
     * @param flags warnings: title-derived, date-missing, date-future, language-mismatch, boilerplate-removed …
     */
    public record Provenance(
            FeedId feedId,
            URI feedUrl,
            Format format,
            String rawId,
            String entryDigest,
            Instant fetchedAt,
            String contentSource,
            String normalizer,
            List<String> flags) {
        public Provenance {
            flags = List.copyOf(flags);
        }
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
