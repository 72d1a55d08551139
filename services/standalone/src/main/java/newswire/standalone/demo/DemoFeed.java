package newswire.standalone.demo;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** The six feeds, each in a syntax of its own. */
enum DemoFeed {
    DAILY_NK(0, "dailynk/feed", "Daily NK", "application/rss+xml; charset=UTF-8"),
    TOWN_ATOM(1, "harrowgate/atom.xml", "Harrowgate Gazette", "application/atom+xml"),
    TOWN_JSON(2, "bruckfeld/feed.json", "Brückfelder Tageblatt", "application/feed+json"),
    LIBRARY_RDF(3, "bibliotheque/index.rdf", "Bibliothèque d'Estavel", "application/rdf+xml"),
    CITY_EUC_KR(4, "city/rss.xml", "시정 소식", "text/xml"),
    BROKEN(5, "broken/feed", "The Broken Bugle", "text/html");

    private static final DateTimeFormatter RFC_1123 = DateTimeFormatter.RFC_1123_DATE_TIME;

    private final int offset;
    private final String path;
    private final String title;
    private final String contentType;

    DemoFeed(int offset, String path, String title, String contentType) {
        this.offset = offset;
        this.path = path;
        this.title = title;
        this.contentType = contentType;
    }

    /** Seconds by which it speaks before the first, so that not all speak at once. */
    int offset() {
        return offset;
    }

    String path() {
        return path;
    }

    String title() {
        return title;
    }

    String contentType() {
        return contentType;
    }

    DemoEntry entry(int number, Instant published, boolean corrected) {
        return switch (this) {
            case DAILY_NK, TOWN_ATOM, BROKEN -> DemoNews.english(number * 7 + offset, published, corrected);
            case TOWN_JSON -> DemoNews.german(number, published);
            case LIBRARY_RDF -> DemoNews.french(number, published);
            case CITY_EUC_KR -> DemoNews.korean(number, published);
        };
    }

    /** The document with these entries, newest first. */
    byte[] document(List<DemoEntry> entries, String site, String seed) {
        return switch (this) {
            case DAILY_NK -> utf8(wordPress(entries, site, seed));
            case TOWN_ATOM -> utf8(atom(entries, site));
            case TOWN_JSON -> utf8(json(entries, site));
            case LIBRARY_RDF -> utf8(rdf(entries, site));
            case CITY_EUC_KR -> eucKr(entries, site).getBytes(Charset.forName("EUC-KR"));
            case BROKEN -> utf8(broken(entries, site));
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** As WordPress writes it: summary, whole text, guid that is no link. */
    private String wordPress(List<DemoEntry> entries, String site, String seed) {
        var items = entries.stream()
                .map(entry -> """
                        <item><title>%s</title><link>%s</link><dc:creator><![CDATA[Newsroom]]></dc:creator><pubDate>%s</pubDate>
                        <guid isPermaLink="false">%s?p=%d</guid><content:encoded><![CDATA[%s]]></content:encoded></item>
                        """.formatted(
                        escaped(entry.title()), link(site, entry), date(entry), site, entry.number(), entry.html()))
                .collect(Collectors.joining());
        return """
                <?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
                  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
                <channel><title>Daily NK</title><link>https://www.dailynk.com/english/</link>
                <description>Demonstration</description><language>en-US</language>
                <item><title>North Korea cracks down on smugglers of South Korean goods</title>
                <link>https://www.dailynk.com/english/north-korea-cracks-down-smugglers-south-korean-goods/</link>
                <pubDate>Tue, 31 Mar 2020 08:00:00 +0000</pubDate>
                <guid isPermaLink="false">https://www.dailynk.com/english/?p=123456</guid>
                <content:encoded><![CDATA[%s]]></content:encoded></item>
                %s</channel></rss>
                """.formatted(seed, items);
    }

    private String atom(List<DemoEntry> entries, String site) {
        var all = entries.stream()
                .map(entry -> """
                        <entry><id>tag:harrowgate.example,2026:%d</id><title>%s</title><link href="%s"/>
                        <published>%s</published><updated>%s</updated><author><name>A. Reporter</name></author>
                        <content type="html">%s</content></entry>
                        """.formatted(
                                entry.number(),
                                escaped(entry.title()),
                                link(site, entry),
                                entry.published(),
                                entry.published(),
                                escaped(entry.html())))
                .collect(Collectors.joining());
        return """
                <?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
                <id>tag:harrowgate.example,2026:feed</id><title>%s</title><link href="%s"/><updated>2026-01-01T00:00:00Z</updated>
                %s</feed>
                """.formatted(escaped(title), site, all);
    }

    private String json(List<DemoEntry> entries, String site) {
        var items = entries.stream()
                .map(entry ->
                        "{\"id\":\"%s%d\",\"url\":\"%s\",\"title\":\"%s\",\"content_html\":\"%s\",\"date_published\":\"%s\"}"
                                .formatted(
                                        site,
                                        entry.number(),
                                        link(site, entry),
                                        quoted(entry.title()),
                                        quoted(entry.html()),
                                        entry.published()))
                .collect(Collectors.joining(","));
        return "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"%s\",\"home_page_url\":\"%s\",\"language\":\"de\",\"items\":[%s]}"
                .formatted(quoted(title), site, items);
    }

    private String rdf(List<DemoEntry> entries, String site) {
        var items = entries.stream()
                .map(entry -> """
                        <item rdf:about="%1$s"><title>%2$s</title><link>%1$s</link><description>%3$s</description><dc:date>%4$s</dc:date></item>
                        """.formatted(
                                link(site, entry), escaped(entry.title()), escaped(entry.html()), entry.published()))
                .collect(Collectors.joining());
        return """
                <?xml version="1.0" encoding="UTF-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
                  xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
                <channel rdf:about="%1$s"><title>%2$s</title><link>%1$s</link><description>Archives</description>
                <dc:language>fr</dc:language></channel>
                %3$s</rdf:RDF>
                """.formatted(site, escaped(title), items);
    }

    private String eucKr(List<DemoEntry> entries, String site) {
        var items = entries.stream()
                .map(entry ->
                        "<item><title>%s</title><link>%s</link><description>%s</description><pubDate>%s</pubDate></item>"
                                .formatted(
                                        escaped(entry.title()), link(site, entry), escaped(entry.html()), date(entry)))
                .collect(Collectors.joining("\n"));
        return "<?xml version=\"1.0\" encoding=\"EUC-KR\"?>\n<rss version=\"2.0\"><channel><title>%s</title><link>%s</link><language>ko</language>%s</channel></rss>"
                .formatted(escaped(title), site, items);
    }

    /** A warning before the document, undeclared entities and prefixes, bare ampersands, no end. */
    private String broken(List<DemoEntry> entries, String site) {
        var items = entries.stream()
                .map(entry ->
                        "<item><title>R&D &mdash; %s</title><link>%s</link><media:thumbnail url=\"%spicture.jpg\"/><content:encoded><![CDATA[%s]]></content:encoded><pubDate>%s</pubDate></item>"
                                .formatted(entry.title(), link(site, entry), site, entry.html(), date(entry)))
                .collect(Collectors.joining("\n"));
        return "\n\nWarning: Cannot modify header information in /srv/feed.php on line 12\n<?xml version=\"1.0\"?>\n<rss version=\"2.2\"><channel><title>%s</title><link>%s</link><skipHours><hour>25</hour></skipHours>%s"
                .formatted(title, site, items);
    }

    private static String link(String site, DemoEntry entry) {
        return site + "news/" + entry.number();
    }

    private static String date(DemoEntry entry) {
        return RFC_1123.format(entry.published().atOffset(ZoneOffset.UTC));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
