package newswire.normalizer;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import newswire.contract.Article;
import newswire.contract.Feed;
import newswire.contract.Format;
import newswire.contract.PublisherScope;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;

/** Raw article → article, by the text alone: no clock, no network, no memory. Every input has a result. */
final class Normalizer {
    /** Rises when the rules change so that articles may come out different. */
    static final int GENERATION = 0;

    static final String NAME = "normalizer/1.0";

    private Normalizer() {}

    /** What becomes of a raw article. */
    sealed interface Result {}

    /**
     * An article as if it were seen for the first time.
     *
     * @param identity for the ledger, which knows whether it is
     */
    record Normalized(Article article, Identity identity) implements Result {}

    /** Not an article. */
    record Rejected(RejectCode code, String detail) implements Result {}

    /** What makes articles, or finds that the document is none. */
    @FunctionalInterface
    interface Rules {
        /** Reads a raw article. */
        Result read(RawArticle raw) throws XmlTree.Unreadable;
    }

    /** Normalizes; never throws. */
    static Result normalize(RawArticle raw) {
        return total(Normalizer::read, raw);
    }

    /** What rules make of a raw article; their faults are rejects. */
    static Result total(Rules rules, RawArticle raw) {
        try {
            return rules.read(raw);
        } catch (XmlTree.Unreadable ex) {
            return new Rejected(ex.code(), String.valueOf(ex.getMessage()));
        } catch (StackOverflowError ex) {
            return new Rejected(RejectCode.NORMALIZER_OVERFLOW, "nested too deep");
        } catch (RuntimeException ex) { // the bulkhead: one entry must not keep the others from being normalized
            return new Rejected(RejectCode.NORMALIZER_FAILURE, ex.toString());
        }
    }

    private static Result read(RawArticle raw) throws XmlTree.Unreadable {
        var own = EntryReader.entry(raw.format(), raw.document(), raw.fetch().feedUrl());
        var rules = raw.feed().identity();
        if (isWithoutId(raw, own)) {
            return new Rejected(RejectCode.ITEM_WITHOUT_ID, "JSON Feed 1.1: an item without an id must be ignored");
        }
        var link = url(own, rules);
        var entry = withPage(own, raw);
        var url = canonical(entry, link, raw);
        var base = url == null ? raw.fetch().feedUrl() : url.url();
        var content = Content.of(entry, raw, base);
        var dates = PublicationDates.of(
                entry.dates(), raw.feed().dates(), raw.fetch().fetchedAt());
        var headlines = new Headlines(entry, content, url);
        var identity = Identity.of(
                raw.feed().publisher().scope(),
                new Identity.Evidence(
                        own.guid(),
                        own.guidIsLink(),
                        link,
                        raw.fetch().feedUrl(),
                        headlines.isDerived() ? "" : headlines.title(),
                        content.story().text(),
                        dates.published() == null
                                ? null
                                : dates.published().toString().substring(0, 10)),
                rules);
        if (identity == null) {
            return new Rejected(RejectCode.ITEM_WITHOUT_IDENTITY, "neither guid, link, title nor text");
        }
        return new Normalized(
                new Composition(raw, entry, url, content, dates, headlines, identity).article(), identity);
    }

    private static boolean isWithoutId(RawArticle raw, Entry entry) {
        boolean json = raw.format() == Format.JSON_FEED_1_0 || raw.format() == Format.JSON_FEED_1_1;
        var policy = raw.feed().identity().guidPolicy();
        boolean byGuid = policy == null || policy == Feed.GuidPolicy.AUTO || policy == Feed.GuidPolicy.GUID;
        return json && byGuid && entry.guid() == null;
    }

    /** The entry and its page together, as far as the page can be read. */
    private static Entry withPage(Entry entry, RawArticle raw) {
        var page = raw.page();
        var html = page == null ? null : page.html();
        if (page == null || html == null) {
            return entry;
        }
        try {
            var found = page.finalUrl() == null ? page.url() : page.finalUrl();
            return Conflicts.settle(
                    entry,
                    PageReader.entry(
                            html, found, raw.feed().content(), raw.feed().identity()));
        } catch (RuntimeException | StackOverflowError ex) { // the bulkhead: a page must not harm the entry's article
            return entry;
        }
    }

    /**
     * The address that the page gives itself, if it can be the article's: no home page, and of the same publisher. The feed's
     * own address otherwise.
     */
    private static @Nullable CanonicalUrl canonical(Entry entry, @Nullable CanonicalUrl link, RawArticle raw) {
        var near = link == null ? raw.feed().xmlUrl() : link.url();
        for (var stated : entry.links()) {
            var url = stated.rel().equals("canonical")
                    ? CanonicalUrl.of(stated.base(), stated.href(), raw.feed().identity())
                    : null;
            if (url != null && !url.isHomePage() && PublisherScope.of(url.url()).equals(PublisherScope.of(near))) {
                return url;
            }
        }
        return link;
    }

    private static @Nullable CanonicalUrl url(Entry entry, Feed.Identity rules) {
        for (var rel : List.of("origin", "alternate")) {
            for (var link : entry.links()) {
                boolean page = link.type() == null || link.type().contains("html");
                var url = link.rel().equals(rel) && page ? CanonicalUrl.of(link.base(), link.href(), rules) : null;
                if (url != null && !(rel.equals("alternate") && isOtherLanguage(link, entry))) {
                    return url;
                }
            }
        }
        var guid = entry.guid();
        boolean permalink = guid != null && entry.guidIsLink() && guid.matches("(?is)https?://.*");
        return guid != null && permalink ? CanonicalUrl.of(URI.create("about:blank"), guid, rules) : null;
    }

    /** The first alternate is the article; a later one in another language is a translation. */
    private static boolean isOtherLanguage(Entry.Link link, Entry entry) {
        return link.language() != null
                && entry.links().stream()
                        .anyMatch(other -> other.rel().equals("alternate") && other.language() == null);
    }

    /** Flags for the provenance, in the order in which they were found. */
    static List<String> flags(Headlines headlines, Content content, PublicationDates dates, Language language) {
        Set<String> flags = new LinkedHashSet<>();
        if (headlines.isDerived()) {
            flags.add("title-derived");
        }
        flags.addAll(new ArrayList<>(dates.flags()).stream().sorted().toList());
        if (language.mismatch()) {
            flags.add("language-mismatch");
        }
        if (content.cut()) {
            flags.add("body-truncated");
        }
        if (!content.story().notices().isEmpty()) {
            flags.add("boilerplate-removed");
        }
        return List.copyOf(flags);
    }
}
