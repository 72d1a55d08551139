package newswire.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Feed documents as content systems write them, and the pages behind their entries. The seed decides everything. */
final class NewsDocuments {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final int CHROME = 60;

    private final RandomGenerator random;
    private final List<Prose> prose = Prose.all();
    private final int entries;

    NewsDocuments(long seed, int entries) {
        this.random = new Random(seed);
        this.entries = entries;
    }

    /** So many documents: by turns WordPress with whole texts, Atom with whole texts, and RSS with summaries. */
    List<byte[]> documents(int count) {
        var documents = new ArrayList<byte[]>();
        for (int at = 0; at < count; at++) {
            var in = prose.get(at / 3 % prose.size());
            var text = switch (at % 3) {
                case 0 -> wordPress(in);
                case 1 -> atom(in);
                default -> brief(in);
            };
            documents.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return documents;
    }

    private String wordPress(Prose in) {
        var items = new StringBuilder();
        for (int at = 0; at < entries; at++) {
            int number = random.nextInt(1_000_000);
            items.append("""
                <item><title>%s</title><link>https://news.example.org/2026/03/02/story-%d/</link>
                <dc:creator><![CDATA[Jane Roe]]></dc:creator><pubDate>%s</pubDate>
                <category><![CDATA[Economy]]></category><category><![CDATA[Harbour]]></category>
                <guid isPermaLink="false">https://news.example.org/?p=%d</guid>
                <description><![CDATA[<p>%s [&#8230;]</p>]]></description>
                <content:encoded><![CDATA[%s
                <p>The post <a href="https://news.example.org/2026/03/02/story-%d/">%s</a> appeared first on <a href="https://news.example.org">News</a>.</p>]]></content:encoded></item>
                """.formatted(
                    title(in), number, rfc822(at), number, in.text(random, 1), body(in, number), number, title(in)));
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
             xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
            <channel><title>News</title><atom:link href="https://news.example.org/feed/" rel="self" type="application/rss+xml"/>
            <link>https://news.example.org</link><description>News of the coast</description><lastBuildDate>%s</lastBuildDate>
            <language>%s</language><sy:updatePeriod>hourly</sy:updatePeriod><generator>https://wordpress.org/?v=6.5</generator>
            %s</channel></rss>
            """.formatted(rfc822(0), in.language(), items);
    }

    private String atom(Prose in) {
        var items = new StringBuilder();
        for (int at = 0; at < entries; at++) {
            int number = random.nextInt(1_000_000);
            var html = body(in, number).replace("&", "&amp;").replace("<", "&lt;");
            items.append("""
                <entry><id>tag:gazette.example.org,2026:%d</id><title type="html">%s</title><link href="https://gazette.example.org/story/%d?utm_source=feed"/>
                <published>%s</published><updated>%s</updated><author><name>John Doe</name></author><category term="coast"/>
                <content type="html">%s</content></entry>
                """.formatted(number, title(in), number, time(at), time(at), html));
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="%s"><id>tag:gazette.example.org,2026:feed</id><title>Gazette</title>
            <link href="https://gazette.example.org/"/><link rel="self" href="https://gazette.example.org/feed"/><updated>%s</updated>
            %s</feed>
            """.formatted(in.language(), time(0), items);
    }

    private String brief(Prose in) {
        var items = new StringBuilder();
        for (int at = 0; at < entries; at++) {
            int number = random.nextInt(1_000_000);
            items.append("""
                <item><title>%s</title><link>https://brief.example.org/%d.html</link><guid>https://brief.example.org/%d.html</guid>
                <pubDate>%s</pubDate><description>%s</description>
                <media:content url="https://brief.example.org/%d.jpg" type="image/jpeg" width="1024" height="683"><media:credit>Agency</media:credit></media:content></item>
                """.formatted(title(in), number, number, rfc822(at), in.text(random, 2), number));
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Brief</title><link>https://brief.example.org/</link>
            <description>In brief</description><language>%s</language>
            %s</channel></rss>
            """.formatted(in.language(), items);
    }

    /** The page of an article, with what a site puts around its stories. */
    String page() {
        var in = prose.get(random.nextInt(prose.size()));
        int number = random.nextInt(1_000_000);
        var links = new StringBuilder();
        for (int at = 0; at < CHROME; at++) {
            links.append("<li class=\"menu-item\"><a href=\"/section/%d/\">%s</a></li>\n".formatted(at, title(in)));
        }
        return """
            <!DOCTYPE html><html lang="%1$s"><head><meta charset="utf-8"><title>%2$s | News</title>
            <meta property="og:title" content="%2$s"><meta property="og:type" content="article"><meta property="og:site_name" content="News">
            <meta property="article:published_time" content="%3$s"><link rel="canonical" href="https://news.example.org/2026/03/02/story-%4$d/">
            <script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"%2$s","datePublished":"%3$s","author":[{"@type":"Person","name":"Jane Roe"}]}</script>
            <style>%6$s</style></head><body><header><nav><ul class="menu">%5$s</ul></nav></header>
            <main><article class="post"><h1 class="entry-title">%2$s</h1><div class="entry-meta">By Jane Roe</div><div class="entry-content">%7$s</div></article></main>
            <aside class="sidebar widget-area"><ul>%5$s</ul></aside><footer><ul>%5$s</ul></footer><script>%6$s</script></body></html>
            """.formatted(
                        in.language(),
                        title(in),
                        time(0),
                        number,
                        links,
                        ".a{margin:0;padding:0}\n".repeat(200),
                        body(in, number));
    }

    private String body(Prose in, int number) {
        var html = new StringBuilder("""
            <figure class="wp-block-image"><img src="https://news.example.org/wp-content/uploads/%1$d.jpg" width="1024" height="683" alt=""/><figcaption>The harbour in March %1$d. (Photo: Agency)</figcaption></figure>
            """.formatted(number));
        int paragraphs = 6 + random.nextInt(8);
        for (int at = 0; at < paragraphs; at++) {
            var words = in.text(random, 1 + random.nextInt(3));
            html.append(
                    at == 3
                            ? "<h2>%s</h2>\n<p>%s</p>\n".formatted(title(in), words)
                            : "<p>%s <a href=\"https://news.example.org/%d/\" target=\"_blank\">%d</a></p>\n"
                                    .formatted(words, at, number));
        }
        return html.toString();
    }

    private String title(Prose in) {
        var sentence = in.text(random, 1);
        return sentence.substring(0, Math.min(sentence.length(), 60)).strip();
    }

    private static String rfc822(int hours) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(at(hours).atZone(ZoneOffset.UTC));
    }

    private static String time(int hours) {
        return at(hours).toString();
    }

    private static Instant at(int hours) {
        return START.minusSeconds(3_600L * hours);
    }
}
