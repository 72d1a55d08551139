package newswire.normalizer;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import newswire.contract.Feed;
import org.jspecify.annotations.Nullable;

/** The web page of an article: JSON-LD before OpenGraph before other meta elements before what the page shows. */
final class PageReader {
    /** Source of a body that was found in the page. */
    static final String SOURCE = "page";

    /** A described body that is shorter is a teaser. */
    private static final int TEASER = 300;

    /** So much of the described body the page has to show, else it is built by scripts. */
    private static final double SHOWN = 0.6;

    private static final int MOST_VERSIONS = 20;

    private final HtmlPage page;
    private final JsonLd.Thing article;
    private final URI base;

    private PageReader(HtmlPage page, JsonLd.Thing article, URI base) {
        this.page = page;
        this.article = article;
        this.base = base;
    }

    /**
     * Reads a page as if it were an entry.
     *
     * @param url where it was found
     */
    static Entry entry(String html, URI url, Feed.Content rules, Feed.Identity identity) {
        var page = HtmlPage.read(html, url);
        var base = page.base(url);
        var self = CanonicalUrl.of(base, Objects.requireNonNullElse(page.meta("og:url"), url.toString()), identity);
        var article = JsonLd.article(page.jsonLd(), address -> {
            var other = CanonicalUrl.of(base, address, identity);
            return other != null && self != null && other.key().equals(self.key());
        });
        return new PageReader(page, article, base).entry(rules);
    }

    private Entry entry(Feed.Content rules) {
        var channel = channel();
        var head = new Entry(
                null,
                false,
                links(),
                titles(channel.title()),
                List.of(),
                summary(),
                PagePeople.of(page, article, channel.title()),
                dates(),
                languages(),
                categories(),
                PageMedia.of(page, article, base),
                spots(),
                RssReader.first(article.text("copyrightNotice"), page.meta("copyright", "dcterms.rights", "dc.rights")),
                license(),
                source(),
                false,
                channel,
                PageWork.of(page, article, base));
        return head.withContents(contents(rules, head.summary()));
    }

    private Entry.Channel channel() {
        var publisher = article.all("publisher").stream().findFirst();
        return new Entry.Channel(
                RssReader.first(
                        publisher.map(it -> it.first("name", "legalName")).orElse(null),
                        page.meta("og:site_name", "application-name", "dc.publisher", "dcterms.publisher")),
                publisher.map(it -> RssReader.absolute(it.text("url"), base)).orElse(null),
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null);
    }

    /** What names the page: the canonical address, the described one and OpenGraph's; several canonical ones name nothing. */
    private List<Entry.Link> links() {
        var links = new ArrayList<Entry.Link>();
        var stated = page.links();
        var canonical = stated.stream()
                .filter(link -> link.rel().equals("canonical"))
                .map(HtmlPage.Link::href)
                .distinct()
                .toList();
        if (canonical.size() == 1) {
            add(links, "canonical", canonical.getFirst());
        }
        for (var main : article.all("mainEntityOfPage")) {
            add(links, "canonical", main.first("@id", "url"));
        }
        add(links, "canonical", article.text("url"));
        add(links, "canonical", page.meta("og:url"));
        for (var link : stated) {
            switch (link.rel()) {
                case "amphtml", "shortlink" -> add(links, link.rel(), link.href());
                case "alternate" -> {
                    if (link.language() != null && links.size() < MOST_VERSIONS) {
                        links.add(new Entry.Link("hreflang", link.href(), base, null, link.language()));
                    }
                }
                default -> {}
            }
        }
        return links;
    }

    private void add(List<Entry.Link> links, String rel, @Nullable String href) {
        if (href != null) {
            links.add(new Entry.Link(rel, href, base, null, null));
        }
    }

    private List<Entry.Text> titles(@Nullable String site) {
        var heading = page.heading();
        var headline = article.text("headline");
        var shared = Headlines.withoutSite(page.meta("og:title", "twitter:title", "dc.title", "dcterms.title"), site);
        var shown = heading == null ? Headlines.withoutSite(page.title(), site) : heading;
        var main = RssReader.first(headline, shared, shown);
        boolean cut = main != null && shown != null && Headlines.isCut(main, Html.plain(shown));
        return Stream.of(cut ? shown : main, shared, article.text("alternativeHeadline"))
                .filter(Objects::nonNull)
                .map(title -> new Entry.Text(title, true, base, "headline"))
                .toList();
    }

    private Entry.@Nullable Text summary() {
        var summary = RssReader.first(
                article.first("description", "abstract"),
                page.meta("og:description", "twitter:description", "description", "dc.description"));
        return summary == null ? null : new Entry.Text(summary, true, base, "description");
    }

    /** What the page shows; where it shows little, what it describes. */
    private List<Entry.Text> contents(Feed.Content rules, Entry.@Nullable Text summary) {
        var told = told();
        var plain = Html.plain(told);
        var shown = page.body(rules, plain, summary == null ? "" : Html.plain(summary.value()));
        int length = HtmlWeights.letters(Html.plain(shown)).length();
        boolean described = plain.length() >= TEASER
                && length < SHOWN * HtmlWeights.letters(plain).length();
        var chosen = described ? told : shown;
        return chosen.isBlank() ? List.of() : List.of(new Entry.Text(chosen, true, base, SOURCE));
    }

    private String told() {
        var body = article.text("articleBody");
        if (body == null && page.properties("articleBody").isEmpty()) {
            body = page.meta("articlebody");
        }
        var updates = article.all("liveBlogUpdate").stream()
                .map(update -> Objects.requireNonNullElse(update.text("articleBody"), ""))
                .filter(update -> !update.isEmpty())
                .toList();
        return String.join(
                "\n\n", Stream.concat(Stream.ofNullable(body), updates.stream()).toList());
    }

    private List<Entry.RawDate> dates() {
        var dates = new ArrayList<Entry.RawDate>();
        add(dates, "published", article.text("datePublished"), "datePublished");
        add(dates, "published", page.meta("article:published_time", "og:published_time"), "article:published_time");
        add(dates, "modified", article.text("dateModified"), "dateModified");
        add(dates, "modified", page.meta("article:modified_time", "og:updated_time"), "article:modified_time");
        add(dates, "created", article.text("dateCreated"), "dateCreated");
        add(
                dates,
                "expires",
                RssReader.first(article.text("expires"), page.meta("article:expiration_time")),
                "expires");
        boolean known = dates.stream().anyMatch(date -> date.role().equals("published"));
        var meta = page.meta(
                "datepublished",
                "parsely-pub-date",
                "dcterms.issued",
                "dc.date.issued",
                "dcterms.date",
                "dc.date",
                "sailthru.date",
                "publishdate",
                "publish-date",
                "pubdate",
                "date");
        if (!known) {
            add(
                    dates,
                    "published",
                    page.properties("datePublished").stream().findFirst().orElse(meta),
                    "meta");
            add(dates, "published", page.time(), "time");
        }
        return dates;
    }

    private static void add(List<Entry.RawDate> dates, String role, @Nullable String raw, String source) {
        if (raw != null) {
            dates.add(new Entry.RawDate(role, raw, source));
        }
    }

    private List<String> languages() {
        var described = article.all("inLanguage").stream()
                .map(it -> RssReader.first(it.text("alternateName"), it.text()))
                .findFirst();
        return Stream.of(
                        page.language(),
                        described.orElse(null),
                        page.meta("content-language", "dc.language", "dcterms.language", "language"))
                .filter(Objects::nonNull)
                .toList();
    }

    private List<Entry.Category> categories() {
        var categories = new ArrayList<Entry.Category>();
        var names = Stream.of(
                page.metas("article:tag"),
                page.metas("article:section"),
                article.texts("articleSection"),
                article.texts("about"));
        names.flatMap(List::stream)
                .map(name -> new Entry.Category(name, null, null))
                .forEachOrdered(categories::add);
        var lists = Stream.concat(article.texts("keywords").stream(), page.metas("keywords", "news_keywords").stream());
        lists.map(MediaReader::split).forEachOrdered(categories::addAll);
        return categories;
    }

    private List<Entry.Spot> spots() {
        var spots = new ArrayList<Entry.Spot>();
        for (var place : article.all("contentLocation")) {
            var geo = place.all("geo").stream().findFirst();
            spots.add(GeoReader.spot(
                    place.text(),
                    geo.map(it -> it.text("latitude") + " " + it.text("longitude"))
                            .orElse("")));
        }
        var position = page.meta("geo.position", "icbm");
        if (position != null) {
            spots.add(GeoReader.spot(page.meta("geo.placename"), position.replace(';', ' ')));
        }
        spots.removeIf(spot -> spot.name() == null && spot.shape() == null);
        return spots;
    }

    private @Nullable String license() {
        var link = page.links().stream()
                .filter(it -> it.rel().equals("license"))
                .map(HtmlPage.Link::href)
                .findFirst();
        return RssReader.absolute(RssReader.first(article.text("license"), link.orElse(null)), base);
    }

    private Entry.@Nullable Source source() {
        var based = article.all("isBasedOn").stream().findFirst();
        return based.map(it -> new Entry.Source(
                        it.text(), RssReader.absolute(RssReader.first(it.text("url"), it.text()), base)))
                .orElse(null);
    }
}
