package newswire.normalizer;

import java.net.URI;
import java.util.List;
import newswire.contract.Article;
import org.jspecify.annotations.Nullable;

/**
 * What an entry says, in one shape for all syntaxes: which element means what is decided, nothing else is.
 *
 * @param guid trimmed, absent if empty
 * @param guidIsLink whether the syntax lets the guid be a permalink
 * @param titles the title, then others that differ
 * @param contents candidates for the body, best first
 * @param summary what stands beside a content
 * @param languages as stated, nearest to the entry first
 * @param source who published it first, where the entry says so
 * @param work what schema.org has words for and feeds have not
 */
record Entry(
        @Nullable String guid,
        boolean guidIsLink,
        List<Link> links,
        List<Text> titles,
        List<Text> contents,
        @Nullable Text summary,
        List<Person> people,
        List<RawDate> dates,
        List<String> languages,
        List<Category> categories,
        List<Media> media,
        List<Spot> spots,
        @Nullable String rights,
        @Nullable String license,
        @Nullable Source source,
        boolean deleted,
        Channel channel,
        Work work) {

    Entry {
        links = List.copyOf(links);
        titles = List.copyOf(titles);
        contents = List.copyOf(contents);
        people = List.copyOf(people);
        dates = List.copyOf(dates);
        languages = List.copyOf(languages);
        categories = List.copyOf(categories);
        media = List.copyOf(media);
        spots = List.copyOf(spots);
    }

    /** The same with other candidates for the body. */
    Entry withContents(List<Text> others) {
        return new Entry(
                guid,
                guidIsLink,
                links,
                titles,
                others,
                summary,
                people,
                dates,
                languages,
                categories,
                media,
                spots,
                rights,
                license,
                source,
                deleted,
                channel,
                work);
    }

    /**
     * A reference.
     *
     * @param rel alternate, origin (the one before a redirector), canonical, hreflang, license, amphtml …
     * @param href as written
     * @param base what it is relative to
     */
    record Link(
            String rel,
            String href,
            URI base,
            @Nullable String type,
            @Nullable String language) {}

    /**
     * A text.
     *
     * @param html whether it is markup
     * @param base of relative references in it, absent if the document says nothing of it
     * @param source the element it stood in
     */
    record Text(String value, boolean html, @Nullable URI base, String source) {}

    /**
     * A credited person.
     *
     * @param role author, editor, translator, photographer, contributor
     */
    record Person(
            String role,
            @Nullable String name,
            @Nullable String email,
            @Nullable String uri,
            String source) {}

    /**
     * A date, unread.
     *
     * @param role published, modified, created, expires; embargoed, available
     */
    record RawDate(String role, String raw, String source) {}

    /** A category or keyword. */
    record Category(
            String name, @Nullable String literal, @Nullable String scheme) {}

    /**
     * A picture, sound or film.
     *
     * @param kind picture, video, audio, or text for any other file
     * @param group number that sizes of the same thing share
     */
    record Media(
            String kind,
            String href,
            URI base,
            int group,
            @Nullable String type,
            @Nullable String title,
            @Nullable String caption,
            @Nullable String credit,
            @Nullable String copyright,
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Long size,
            @Nullable Double duration) {}

    /** A named or measured place. */
    record Spot(@Nullable String name, Article.@Nullable GeoJson shape) {}

    /**
     * What a page says of the work itself.
     *
     * @param medium what the page calls the article's kind: article, video …
     * @param genres schema.org's names of kinds of articles
     * @param paid whether the page shows only a part to those who have not paid
     * @param agency who wrote it for several publishers
     * @param sourceType IPTC code of how it was made
     * @param locale of the page, often the site's default
     */
    record Work(
            @Nullable String medium,
            List<String> genres,
            boolean paid,
            @Nullable String dateline,
            @Nullable String agency,
            @Nullable String copyrightHolder,
            @Nullable String sourceType,
            @Nullable String locale,
            List<Correction> corrections,
            List<Version> versions) {
        /** Nothing. */
        static final Work UNKNOWN =
                new Work(null, List.of(), false, null, null, null, null, null, List.of(), List.of());

        Work {
            genres = List.copyOf(genres);
            corrections = List.copyOf(corrections);
            versions = List.copyOf(versions);
        }
    }

    /** A correction, its date unread. */
    record Correction(String text, @Nullable String date) {}

    /**
     * The work in another language.
     *
     * @param relation original or translation
     */
    record Version(
            String relation,
            @Nullable String language,
            @Nullable String href) {}

    /** Where a syndicated entry comes from. */
    record Source(@Nullable String title, @Nullable String url) {}

    /**
     * What the document says of itself.
     *
     * @param url of the site, absolute
     * @param updated verbatim
     * @param image absolute
     */
    record Channel(
            @Nullable String title,
            @Nullable String url,
            @Nullable String language,
            @Nullable String description,
            List<Person> authors,
            @Nullable String updated,
            @Nullable String image,
            @Nullable String rights,
            @Nullable String license) {
        Channel {
            authors = List.copyOf(authors);
        }
    }
}
