package newswire.normalizer;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import newswire.contract.Article;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;

/** Puts an article together from what was read. */
final class Composition {
    private static final int LARGEST_HTML = 1024 * 1024;
    private static final Pattern DATELINE = Pattern.compile(
            "(?<place>\\p{Lu}[\\p{L} .,'’-]{1,60}?)(?: \\((?<agency>AP|AFP|Reuters|REUTERS|Yonhap|Xinhua|dpa|EFE|ANSA|TASS|PTI|ANI|UPI|Kyodo)\\))? ?(?:—|–|--| -) ?.*",
            Pattern.DOTALL);

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
        Stream.of(entry.channel().language(), raw.feed().language())
                .filter(Objects::nonNull)
                .forEachOrdered(stated::add);
        return stated;
    }

    Article article() {
        var id = identity.mint();
        var pictures = pictures();
        var credits = new Credits(entry, content.story());
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
                null,
                dates.expires(),
                entry.deleted() ? Article.PubStatus.CANCELED : Article.PubStatus.USABLE,
                content.full() ? Article.RepresentationType.FULL : Article.RepresentationType.PARTIAL,
                language.tag(),
                headlines.title(),
                headlines.all(),
                bodies(pictures),
                summary(),
                credits.byline(),
                dateline("place"),
                infoSources(),
                subjects(),
                List.of(),
                places(),
                associations,
                renditions(),
                identity.aliases().stream().map(Identity.Alias::altId).toList(),
                null,
                copyright(),
                raw.feed().rights().usageTerms(),
                license(),
                null,
                url == null ? null : url.url(),
                dates.published(),
                dates.modified(),
                dates.candidates(),
                credits.contributors(),
                languageVersions(),
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
        if (!text.isEmpty() || associations.isEmpty()) {
            return "text";
        }
        var first = associations.getFirst().type();
        return associations.stream().allMatch(other -> other.type().equals(first)) ? first : "composite";
    }

    private List<Article.Body> bodies(Pictures pictures) {
        if (text.isEmpty()) {
            return List.of();
        }
        var bodies = new ArrayList<Article.Body>();
        int words = text.split("\\s+", -1).length;
        bodies.add(new Article.Body("main", "text/plain", text.codePointCount(0, text.length()), words, text));
        var html = content.html();
        if (html != null && html.isMarkup()) {
            var markup = html.without(notices(), pictures.namesByBlock());
            if (markup.length() <= LARGEST_HTML) {
                bodies.add(new Article.Body("html", "text/html", null, null, markup));
            }
        }
        return bodies;
    }

    /** Figures stay in the HTML; notices, and captions whose picture is elsewhere, do not. */
    private List<Integer> notices() {
        return content.story().notices().stream()
                .map(Article.Notice::block)
                .filter(Objects::nonNull)
                .toList();
    }

    private List<Article.Description> summary() {
        var summary = entry.summary();
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

    private @Nullable String dateline(String group) {
        var paragraphs = content.story().paragraphs();
        if (paragraphs.isEmpty()) {
            return null;
        }
        var match = DATELINE.matcher(PlainText.cut(paragraphs.getFirst(), 120));
        boolean place = match.matches() && (match.group("agency") != null || isCapital(match.group("place")));
        return place ? match.group(group) : null;
    }

    /** Without an agency only a place in capitals is sure to be no beginning of a sentence. */
    private static boolean isCapital(String place) {
        var city = place.replaceFirst(",.*$", "");
        return city.length() > 2 && city.equals(city.toUpperCase(java.util.Locale.ROOT));
    }

    private List<Article.InfoSource> infoSources() {
        var sources = new ArrayList<Article.InfoSource>();
        var publisher = raw.feed().publisher();
        var name = RssReader.first(
                publisher.name(),
                entry.channel().title() == null
                        ? null
                        : Html.plain(entry.channel().title()),
                raw.feed().title());
        var site = publisher.uri() == null ? uri(entry.channel().url()) : publisher.uri();
        var contacts = content.story().contacts().stream()
                .distinct()
                .map(mail -> new Article.Contact("email", "editorial", known(), null, mail))
                .toList();
        sources.add(new Article.InfoSource(Objects.requireNonNull(name), "publisher", site, null, contacts));
        var agency = dateline("agency");
        if (agency != null) {
            sources.add(new Article.InfoSource(agency, "agency", null, agency, List.of()));
        }
        var source = entry.source();
        if (source != null && source.title() != null) {
            sources.add(new Article.InfoSource(
                    Html.plain(source.title()), "originator", uri(source.url()), null, List.of()));
        }
        return sources;
    }

    private @Nullable String known() {
        var primary = Language.primary(language.tag());
        return primary.equals(Language.UNKNOWN) ? null : primary;
    }

    private @Nullable URI uri(@Nullable String text) {
        return text == null ? null : CanonicalUrl.resolve(raw.fetch().feedUrl(), text);
    }

    private List<Article.Subject> subjects() {
        var subjects = new LinkedHashMap<String, Article.Subject>();
        for (var category : entry.categories()) {
            var name = PlainText.cut(Html.plain(category.name()), 200);
            if (!name.isEmpty() && subjects.size() < 50) {
                subjects.putIfAbsent(
                        name.toLowerCase(java.util.Locale.ROOT),
                        new Article.Subject(name, null, null, category.literal(), "publisher"));
            }
        }
        return List.copyOf(subjects.values());
    }

    private List<Article.Place> places() {
        return entry.spots().stream()
                .limit(20)
                .map(spot -> new Article.Place(
                        spot.name(),
                        null,
                        spot.latitude() == null || spot.longitude() == null
                                ? null
                                : new Article.GeoJson("Point", List.of(spot.longitude(), spot.latitude()))))
                .toList();
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

    private List<Article.LanguageVersion> languageVersions() {
        var versions = new ArrayList<Article.LanguageVersion>();
        boolean translated = !content.story().translators().isEmpty();
        for (var link : content.story().languages()) {
            var evidence = new ArrayList<String>();
            if (translated) {
                evidence.add("translator-credit");
            }
            evidence.add("language-link");
            if (link.hreflang()) {
                evidence.add("hreflang");
            }
            add(versions, link.language(), translated ? "original" : "unknown", page(link.href()), evidence);
        }
        for (var link : entry.links()) {
            var tag = link.language() == null ? null : Language.tag(link.language());
            boolean other = tag != null && !Language.primary(tag).equals(Language.primary(language.tag()));
            if (other && tag != null && link.rel().equals("alternate")) {
                add(
                        versions,
                        tag,
                        "unknown",
                        CanonicalUrl.of(link.base(), link.href(), raw.feed().identity()),
                        List.of("hreflang"));
            }
        }
        return versions;
    }

    private @Nullable CanonicalUrl page(@Nullable String href) {
        return href == null
                ? null
                : CanonicalUrl.of(content.base(), href, raw.feed().identity());
    }

    private static void add(
            List<Article.LanguageVersion> versions,
            String language,
            String relation,
            @Nullable CanonicalUrl page,
            List<String> evidence) {
        if (versions.stream().noneMatch(known -> known.language().equals(language))) {
            versions.add(
                    new Article.LanguageVersion(language, relation, page == null ? null : page.url(), null, evidence));
        }
    }

    private List<Article.Correction> corrections() {
        return content.story().corrections().stream()
                .map(text -> new Article.Correction(text, null, "body-text"))
                .toList();
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
