package newswire.standalone.demo;

import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** RSS 2.0 in Korean, in EUC-KR, which only the XML declaration says, with Korean time. */
final class KoreanIlbo extends Gazette {
    private static final DateTimeFormatter KOREAN_TIME = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'KST'", Locale.ENGLISH)
            .withZone(ZoneOffset.ofHours(9));

    KoreanIlbo() {
        super("hangang", Duration.ofSeconds(15));
    }

    @Override
    public String path() {
        return "rss.xml";
    }

    @Override
    public String title() {
        return "한강일보";
    }

    @Override
    public String contentType() {
        return "text/xml";
    }

    @Override
    public byte[] feed(Instant now, String site) {
        return """
                <?xml version="1.0" encoding="EUC-KR"?>
                <rss version="2.0">
                <channel>
                <title>%1$s</title>
                <link>%2$s</link>
                <description>강가의 소식</description>
                <language>ko</language>
                %3$s</channel>
                </rss>
                """.formatted(
                        title(),
                        site,
                        items(now).stream().map(item -> item(item, site)).collect(Collectors.joining()))
                .getBytes(Charset.forName("EUC-KR"));
    }

    private static String item(Item item, String site) {
        return """
                <item>
                <title><![CDATA[%1$s]]></title>
                <link>%2$s</link>
                <guid>%2$s</guid>
                <author>편집국</author>
                <pubDate>%3$s</pubDate>
                <description><![CDATA[%4$s]]></description>
                </item>
                """.formatted(
                item.title(), link(item, site), KOREAN_TIME.format(item.published()), Markup.html(item.paragraphs()));
    }
}
