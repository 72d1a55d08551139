package newswire.normalizer;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import newswire.contract.Article;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;

/** Puts an article together from what was read. */
final class Composition {
    private static final int LARGEST_HTML = 1024 * 1024;
    private final RawArticle raw;
    private final Entry entry;
    private final @Nullable CanonicalUrl url;
    private final Content content;
    private final PublicationDates dates;
    private final Headlines headlines;
    private final Identity identity;
    private final Language language;
    private final String text;

    Composition(
            RawArticle raw,
            Entry entry,
            @Nullable CanonicalUrl url,
            Content content,
            PublicationDates dates,
            Headlines headlines,
            Identity identity) {
        this.raw = raw;
        this.entry = entry;
        this.url = url;
        this.content = content;
        this.dates = dates;
        this.headlines = headlines;
        this.identity = identity;
        this.text = content.story().text();
        this.language = Language.of(stated(), text);
    }

    private List<String> stated() {
        var stated = new ArrayList<>(entry.languages());
        Stream.of(
                        entry.channel().language(),
                        raw.feed().language(),
                        entry.work().locale())
                .filter(Objects::nonNull)
                .forEachOrdered(stated::add);
        return stated;
    }

    Article article() {
        var id = identity.mint();
        var pictures = pictures();
        var credits = new Credits(entry, content.story());
        var origins = new Origins(raw, entry, content.story());
        var matter = new Matter(entry, raw.fetch().feedUrl());
        var fetchedAt = raw.fetch().fetchedAt();
        var associations = pictures.associations(id);
        return new Article(
                id.uri(),
                type(associations),
                Article.PROFILE,
                Article.STANDARD,
                "1." + Normalizer.GENERATION,
                fetchedAt,
                fetchedAt,
                dates.created(),
                dates.embargoed(),
                dates.expires(),
                isWithdrawn() ? Article.PubStatus.CANCELED : Article.PubStatus.USABLE,
                content.full() ? Article.RepresentationType.FULL : Article.RepresentationType.PARTIAL,
                language.tag(),
                headlines.title(),
                headlines.all(),
                bodies(pictures),
                summary(),
                credits.byline(),
                origins.place(),
                origins.sources(language.tag()),
                matter.subjects(),
                matter.genres(),
                matter.places(),
                associations,
                renditions(),
                altIds(),
                plain(entry.work().copyrightHolder()),
                copyright(),
                raw.feed().rights().usageTerms(),
                license(),
                matter.sourceType(),
                url == null ? null : url.url(),
                dates.published(),
                dates.modified(),
                dates.candidates(),
                credits.contributors(),
                new LanguageVersions(entry, content, language.tag(), raw.feed().identity()).all(),
                content.story().notices(),
                MentionedDates.in(text, language.tag(), dates.published()),
                corrections(),
                new Article.Revision(1, Normalizer.GENERATION, Article.Revision.Kind.INITIAL, List.of()),
                Fingerprints.of(headlines.title(), content.story().paragraphs()),
                provenance());
    }

    private Pictures pictures() {
        var pictures = new Pictures(raw.feed().identity());
        entry.media().forEach(pictures::add);
        content.story().figures().forEach(figure -> pictures.add(figure, content.base()));
        if (content.html() != null) {
            content.html().embedded().forEach(embedded -> pictures.add(embedded, content.base()));
        }
        return pictures;
    }

    private String type(List<Article.Association> associations) {
        if (!text.isEmpty()) {
            return "text";
        }
        if (associations.isEmpty()) {
            var medium = String.valueOf(entry.work().medium());
            return medium.startsWith("video") ? "video" : "text";
        }
        var first = associations.getFirst().type();
        return associations.stream().allMatch(other -> other.type().equals(first)) ? first : "composite";
    }

    private List<Article.Body> bodies(Pictures pictures) {
        if (text.isEmpty()) {
            return List.of();
        }
        var bodies = new ArrayList<Article.Body>();
        bodies.add(new Article.Body("main", "text/plain", text.codePointCount(0, text.length()), words(text), text));
        var html = content.html();
        if (html != null && html.isMarkup()) {
            var markup = html.without(notices(), pictures.namesByBlock());
            if (markup.length() <= LARGEST_HTML) {
                bodies.add(new Article.Body("html", "text/html", null, null, markup));
            }
        }
        return bodies;
    }

    /** Runs of white space part words. */
    private static int words(String text) {
        int words = 1;
        for (int at = 1; at < text.length(); at++) {
            words += isSpace(text.charAt(at)) && !isSpace(text.charAt(at - 1)) ? 1 : 0;
        }
        return words;
    }

    private static boolean isSpace(char one) {
        return one == ' ' || (one >= '\t' && one <= '\r');
    }

    /** Figures stay in the HTML; notices, and captions whose picture is elsewhere, do not. */
    private List<Integer> notices() {
        return content.story().notices().stream()
                .map(Article.Notice::block)
                .filter(Objects::nonNull)
                .toList();
    }

    private List<Article.Description> summary() {
        var summary = content.source().equals("page") && entry.summary() == null ? feedText() : entry.summary();
        if (summary == null) {
            return List.of();
        }
        var plain = summary.html() ? Html.plain(summary.value()) : PlainText.line(summary.value());
        var start = Fingerprints.canon(plain).replaceFirst("(?:\\s*\\[?(?:…|\\.\\.\\.)\\]?)$", "");
        boolean repeats = Fingerprints.canon(text).startsWith(start);
        return plain.isEmpty() || repeats
                ? List.of()
                : List.of(new Article.Description("summary", "text/plain", PlainText.cut(plain, 5000)));
    }

    /** A feed's own text whose place the page's took. */
    private Entry.@Nullable Text feedText() {
        var first = entry.contents().getFirst();
        return first.source().equals(PageReader.SOURCE) ? null : first;
    }

    /** A page that is gone for good says so (RFC 9110 §15.5.11). */
    private boolean isWithdrawn() {
        var page = raw.page();
        return entry.deleted() || (page != null && page.status() != null && page.status() == 410);
    }

    private List<Article.AltId> altIds() {
        var ids = new LinkedHashSet<Article.AltId>();
        identity.aliases().stream().map(Identity.Alias::altId).forEachOrdered(ids::add);
        for (var link : entry.links()) {
            var address = link.rel().equals("shortlink") || link.rel().equals("canonical")
                    ? CanonicalUrl.of(link.base(), link.href(), raw.feed().identity())
                    : null;
            if (address != null && link.rel().equals("shortlink")) {
                ids.add(new Article.AltId("shortlink", address.key()));
            } else if (address != null && address.equals(url)) {
                ids.add(new Article.AltId("url", address.key()));
            }
        }
        return List.copyOf(ids);
    }

    private static @Nullable String plain(@Nullable String text) {
        return text == null ? null : RssReader.blankless(Html.plain(text));
    }

    private @Nullable URI uri(@Nullable String text) {
        return text == null ? null : CanonicalUrl.resolve(raw.fetch().feedUrl(), text);
    }

    private List<Article.Rendition> renditions() {
        var renditions = new ArrayList<Article.Rendition>();
        if (url != null) {
            renditions.add(new Article.Rendition("web", url.url(), "text/html", null, null, null, null, null));
        }
        for (var link : entry.links()) {
            var amp = link.rel().equals("amphtml")
                    ? CanonicalUrl.of(link.base(), link.href(), raw.feed().identity())
                    : null;
            if (amp != null) {
                renditions.add(new Article.Rendition("amp", amp.url(), "text/html", null, null, null, null, null));
            }
        }
        return renditions;
    }

    private @Nullable String copyright() {
        var stated = RssReader.first(entry.rights(), entry.channel().rights());
        return stated == null ? raw.feed().rights().copyrightNotice() : RssReader.blankless(Html.plain(stated));
    }

    private Article.@Nullable RightsInfo license() {
        var license = uri(RssReader.first(entry.license(), entry.channel().license()));
        return license == null ? null : new Article.RightsInfo(null, license);
    }

    private List<Article.Correction> corrections() {
        var corrections = new ArrayList<Article.Correction>();
        for (var text : content.story().corrections()) {
            corrections.add(new Article.Correction(text, null, "body-text"));
        }
        for (var stated : entry.work().corrections()) {
            var text = PlainText.cut(Html.plain(stated.text()), 5000);
            var date = stated.date() == null
                    ? null
                    : Dates.read(stated.date(), raw.feed().dates());
            boolean known = corrections.stream()
                    .anyMatch(other -> Fingerprints.canon(other.text()).contains(Fingerprints.canon(text)));
            if (!known && !text.isEmpty() && corrections.size() < 20) {
                corrections.add(new Article.Correction(text, date == null ? null : date.value(), "json-ld"));
            }
        }
        return corrections;
    }

    private Article.Provenance provenance() {
        return new Article.Provenance(
                raw.feed().feedId(),
                raw.fetch().feedUrl(),
                raw.format(),
                raw.rawId(),
                raw.entryDigest(),
                raw.fetch().fetchedAt(),
                content.source(),
                Normalizer.NAME,
                Normalizer.flags(headlines, content, dates, language));
    }
}
