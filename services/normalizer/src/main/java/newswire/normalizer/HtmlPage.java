package newswire.normalizer;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import newswire.contract.Feed;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** A web page as it was written: what its head says, unread, and the HTML of its story; part of {@link Html}. */
final class HtmlPage {
    private static final int LARGEST = 2 * 1024 * 1024;
    private static final int MOST = 50;

    private final Document document;
    private final Map<String, List<String>> metas;

    private HtmlPage(Document document) {
        this.document = document;
        this.metas = metas(document);
    }

    static HtmlPage read(String html, URI url) {
        var document = Html.parse(html.substring(0, Math.min(html.length(), LARGEST)), url.toString());
        document.outputSettings().prettyPrint(false);
        return new HtmlPage(document);
    }

    private static Map<String, List<String>> metas(Document document) {
        Map<String, List<String>> metas = new HashMap<>();
        for (var meta : document.select("meta[content]")) {
            for (var key : List.of("property", "name", "itemprop", "http-equiv")) {
                var content = meta.attr("content").strip();
                var values =
                        metas.computeIfAbsent(meta.attr(key).strip().toLowerCase(Locale.ROOT), _ -> new ArrayList<>());
                if (!content.isEmpty() && values.size() < MOST && !values.contains(content)) {
                    values.add(content);
                }
            }
        }
        metas.remove("");
        return metas;
    }

    /** What relative references are relative to. */
    URI base(URI url) {
        var base = CanonicalUrl.resolve(url, document.baseUri());
        return base == null ? url : base;
    }

    /** The contents of the meta elements of any of these names, by name, then as they stand. */
    List<String> metas(String... names) {
        var found = new ArrayList<String>();
        for (var name : names) {
            found.addAll(metas.getOrDefault(name, List.of()));
        }
        return found;
    }

    /** The first content of the meta elements of these names, in this order of names. */
    @Nullable
    String meta(String... names) {
        var found = metas(names);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** The JSON-LD scripts, verbatim. */
    List<String> jsonLd() {
        return document.select("script[type*=ld+json]").stream()
                .limit(MOST)
                .map(Element::data)
                .toList();
    }

    /** A reference in the head or marked with a rel. */
    record Link(String rel, String href, @Nullable String language) {}

    /** The links that state what they are. */
    List<Link> links() {
        var links = new ArrayList<Link>();
        for (var link : document.select("link[rel][href],a[rel=license][href]")) {
            for (var rel : link.attr("rel").strip().toLowerCase(Locale.ROOT).split("\\s+", -1)) {
                boolean media =
                        !link.attr("type").isEmpty() && !link.attr("type").contains("html");
                if (links.size() < 8 * MOST && !media) {
                    links.add(new Link(rel, link.attr("href").strip(), attribute(link, "hreflang")));
                }
            }
        }
        return links;
    }

    private static @Nullable String attribute(Element element, String name) {
        return RssReader.blankless(element.attr(name));
    }

    @Nullable
    String language() {
        var html = document.selectFirst("html");
        return html == null ? null : RssReader.first(attribute(html, "lang"), attribute(html, "xml:lang"));
    }

    @Nullable
    String title() {
        return RssReader.blankless(PlainText.line(document.title()));
    }

    /** The heading of the story: in the article, or the only one of its rank. */
    @Nullable
    String heading() {
        var marked = document.selectFirst("h1[itemprop=headline],article h1,main h1,[role=main] h1");
        var all = document.select("h1");
        var heading = marked == null && all.size() == 1 ? all.getFirst() : marked;
        return heading == null ? null : RssReader.blankless(PlainText.line(heading.text()));
    }

    /** The values of the elements with a microdata property, in the order of the page. */
    List<String> properties(String name) {
        return document.select("[itemprop=" + name + "]:not(meta)").stream()
                .limit(MOST)
                .map(HtmlPage::value)
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
    }

    private static String value(Element element) {
        var stated = RssReader.first(attribute(element, "datetime"), attribute(element, "content"));
        var named = element.selectFirst("[itemprop=name]");
        var name = named == null ? null : RssReader.first(attribute(named, "content"), named.text());
        var value = RssReader.first(stated, name);
        return PlainText.line(value == null ? element.text() : value);
    }

    /** The names behind links to authors of the story. */
    List<String> authors() {
        return document
                .select("article [rel=author],main [rel=author],.byline [rel=author],.author [rel=author]")
                .stream()
                .filter(link -> link.closest("aside,nav,footer,.comment") == null)
                .map(link -> PlainText.line(link.text()))
                .filter(name -> !name.isEmpty())
                .distinct()
                .limit(MOST)
                .toList();
    }

    /** The first time that is marked as such within the story. */
    @Nullable
    String time() {
        var times = document.select("time[pubdate],article time[datetime],main time[datetime],time[datetime]");
        return times.stream()
                .filter(time -> time.closest("aside,nav,footer,.comment,.comments,#comments") == null)
                .map(time -> RssReader.first(attribute(time, "datetime"), RssReader.blankless(time.text())))
                .findFirst()
                .orElse(null);
    }

    /**
     * The HTML of the story, empty if there is none. To be called last: it cuts the tree.
     *
     * @param told the story as the page tells it elsewhere
     * @param summary as the page tells it elsewhere
     */
    String body(Feed.Content rules, String told, String summary) {
        return HtmlBody.of(document, rules, told, summary);
    }
}
