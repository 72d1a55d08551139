package newswire.normalizer;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import newswire.contract.Article;
import newswire.contract.PublisherScope;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;

/**
 * Where an article comes from: its publisher, the agency and the place that its first line names, whom it was taken from. Names
 * in running text are none of these.
 */
final class Origins {
    private static final Pattern DATELINE = Pattern.compile(
            "(?<place>\\p{Lu}[\\p{L} .,'’-]{1,60}?)(?: \\((?<agency>AP|AFP|Reuters|REUTERS|Yonhap|Xinhua|dpa|EFE|ANSA|TASS|PTI|ANI|UPI|Kyodo)\\))? ?(?:—|–|--| -) ?.*",
            Pattern.DOTALL);
    private static final int DATELINE_WITHIN = 120;
    private static final int LONGEST = 200;

    private final RawArticle raw;
    private final Entry entry;
    private final Story story;
    private final @Nullable Matcher dateline;

    Origins(RawArticle raw, Entry entry, Story story) {
        this.raw = raw;
        this.entry = entry;
        this.story = story;
        this.dateline = dateline(story.paragraphs());
    }

    private static @Nullable Matcher dateline(List<String> paragraphs) {
        if (paragraphs.isEmpty()) {
            return null;
        }
        var match = DATELINE.matcher(PlainText.cut(paragraphs.getFirst(), DATELINE_WITHIN));
        boolean place = match.matches() && (match.group("agency") != null || isCapital(match.group("place")));
        return place ? match : null;
    }

    /** Without an agency only a place in capitals is sure to be no beginning of a sentence. */
    private static boolean isCapital(String place) {
        var city = place.replaceFirst(",.*$", "");
        return city.length() > 2 && city.equals(city.toUpperCase(Locale.ROOT));
    }

    /** Where it was written. */
    @Nullable
    String place() {
        return dateline == null ? plain(entry.work().dateline()) : dateline.group("place");
    }

    /** Who stands behind it, the publisher first. */
    List<Article.InfoSource> sources(String language) {
        var sources = new ArrayList<Article.InfoSource>();
        sources.add(publisher(language));
        var agency = dateline == null ? null : dateline.group("agency");
        var stated = plain(entry.work().agency());
        if (agency != null) {
            sources.add(new Article.InfoSource(agency, "agency", null, agency, List.of()));
        } else if (stated != null && !stated.equalsIgnoreCase(sources.getFirst().name())) {
            sources.add(new Article.InfoSource(stated, "agency", null, null, List.of()));
        }
        var source = entry.source();
        var origin = source == null ? syndicatedFrom() : source.url() == null ? null : uri(source.url());
        var name = source == null || source.title() == null ? null : plain(source.title());
        var known = name == null && origin != null ? origin.getHost() : name;
        if (known != null) {
            sources.add(new Article.InfoSource(known, "originator", origin, null, List.of()));
        }
        return sources;
    }

    private Article.InfoSource publisher(String language) {
        var publisher = raw.feed().publisher();
        var name = RssReader.first(
                publisher.name(), plain(entry.channel().title()), raw.feed().title());
        var site = publisher.uri() == null ? uri(entry.channel().url()) : publisher.uri();
        var primary = Language.primary(language);
        var known = primary.equals(Language.UNKNOWN) ? null : primary;
        var contacts = story.contacts().stream()
                .distinct()
                .map(mail -> new Article.Contact("email", "editorial", known, null, mail))
                .toList();
        return new Article.InfoSource(Objects.requireNonNull(name), "publisher", site, null, contacts);
    }

    /** A page that names another publisher's address as its own was taken from there. */
    private @Nullable URI syndicatedFrom() {
        var page = raw.page();
        for (var link : entry.links()) {
            var url = link.rel().equals("canonical")
                    ? CanonicalUrl.of(link.base(), link.href(), raw.feed().identity())
                    : null;
            if (page != null && url != null && !url.isHomePage()) {
                boolean own = PublisherScope.of(url.url()).equals(PublisherScope.of(page.url()))
                        || PublisherScope.of(url.url())
                                .equals(raw.feed().publisher().scope());
                return own ? null : url.url();
            }
        }
        return null;
    }

    private static @Nullable String plain(@Nullable String text) {
        return text == null ? null : RssReader.blankless(PlainText.cut(Html.plain(text), LONGEST));
    }

    private @Nullable URI uri(@Nullable String text) {
        return text == null ? null : CanonicalUrl.resolve(raw.fetch().feedUrl(), text);
    }
}
