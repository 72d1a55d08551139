package newswire.standalone.demo;

import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * RSS in Spanish by a program that should not make XML: a warning and blank lines before it, a DOCTYPE, text in
 * windows-1252 that says it is UTF-8, undeclared entities and prefixes, bare ampersands, control characters, impossible
 * skipHours, and an end that never comes.
 */
final class BrokenFaro extends Gazette {
    private static final String CONTROL_CHARACTER = Character.toString(0x0b);

    BrokenFaro() {
        super("faro", Duration.ofSeconds(20));
    }

    @Override
    public String path() {
        return "rss.php";
    }

    @Override
    public String title() {
        return "El Faro del Valle";
    }

    @Override
    public String contentType() {
        return "text/html";
    }

    @Override
    public byte[] feed(Instant now, String site) {
        return """

                Warning: Undefined variable $lang in /var/www/rss.php on line 12
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
                <rss version="2.2">
                <channel>
                <title>%1$s</title>
                <link>%2$s</link>
                <description>Noticias &amp; avisos &mdash; todos los d\u00edas</description>
                <language>es</language>
                <skipHours><hour>25</hour><hour></hour></skipHours>
                %3$s</channel>
                """.formatted(
                        title(),
                        site,
                        items(now).stream().map(item -> item(item, site)).collect(Collectors.joining()))
                .getBytes(Charset.forName("windows-1252"));
    }

    private static String item(Item item, String site) {
        return """
                <item>
                <title>%1$s</title>
                <link>%2$s?a=1&b=2</link>
                <guid isPermaLink="false">faro-%3$d</guid>
                <dc:creator>Redacci&oacute;n%6$s</dc:creator>
                <pubDate>%4$s</pubDate>
                <description><![CDATA[%5$s]]></description>
                </item>
                """.formatted(
                        item.title(), // with its bare ampersands
                        link(item, site),
                        item.number(),
                        Markup.rfc822(item.published()),
                        Markup.html(item.paragraphs()),
                        CONTROL_CHARACTER);
    }
}
