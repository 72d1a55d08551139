package newswire.standalone.demo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** RSS 2.0 as WordPress makes it, with one real article. Its count of comments moves, which is no news. */
final class WordPress implements Publisher {
    private static final String PUBLISHED = "Tue, 31 Mar 2020 08:00:00 +0000";
    private static final String LINK =
            "https://www.dailynk.com/english/north-korea-cracks-down-smugglers-south-korean-goods/";

    private final String content = Stories.resource("dailynk.html");

    @Override
    public String path() {
        return "english/feed/";
    }

    @Override
    public String title() {
        return "Daily NK";
    }

    @Override
    public String contentType() {
        return "application/rss+xml; charset=UTF-8";
    }

    @Override
    public @Nullable Item item(Instant now, long number) {
        return null;
    }

    @Override
    public byte[] feed(Instant now, String site) {
        return """
                <?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
                	xmlns:content="http://purl.org/rss/1.0/modules/content/"
                	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
                	xmlns:dc="http://purl.org/dc/elements/1.1/"
                	xmlns:atom="http://www.w3.org/2005/Atom"
                	xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
                	xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
                	>

                <channel>
                	<title>%1$s</title>
                	<atom:link href="%2$s" rel="self" type="application/rss+xml" />
                	<link>https://www.dailynk.com/english/</link>
                	<description>News from inside North Korea</description>
                	<lastBuildDate>%3$s</lastBuildDate>
                	<language>en-US</language>
                	<generator>https://wordpress.org/?v=5.3.2</generator>
                	<item>
                		<title>North Korea cracks down on smugglers of South Korean goods</title>
                		<link>%4$s</link>
                		<comments>%4$s#respond</comments>
                		<pubDate>%3$s</pubDate>
                		<guid isPermaLink="false">https://www.dailynk.com/english/?p=123456</guid>
                		<description><![CDATA[Having closed its borders in order to combat the coronavirus outbreak, North Korea has now implemented a large scale operation to track down smugglers [&#8230;]]]></description>
                		<content:encoded><![CDATA[%5$s]]></content:encoded>
                		<wfw:commentRss>%4$sfeed/</wfw:commentRss>
                		<slash:comments>%6$d</slash:comments>
                	</item>
                </channel>
                </rss>
                """.formatted(title(), site + path(), PUBLISHED, LINK, content, now.getEpochSecond() / 60 % 500)
                .getBytes(StandardCharsets.UTF_8);
    }
}
