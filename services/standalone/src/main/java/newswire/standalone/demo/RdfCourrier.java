package newswire.standalone.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/** RSS 1.0, which is RDF, in French: items stand beside the channel, dates are Dublin Core's. */
final class RdfCourrier extends Gazette {
    RdfCourrier() {
        super("collines", Duration.ofSeconds(10));
    }

    @Override
    public String path() {
        return "index.rdf";
    }

    @Override
    public String title() {
        return "Le Courrier des Collines";
    }

    @Override
    public String contentType() {
        return "application/rdf+xml";
    }

    @Override
    public byte[] feed(Instant now, String site) {
        var items = items(now);
        return """
                <?xml version="1.0" encoding="utf-8"?>
                <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
                    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
                  <channel rdf:about="%1$s">
                    <title>%2$s</title>
                    <link>%1$s</link>
                    <description>L’actualité d’en haut</description>
                    <dc:language>fr</dc:language>
                    <items><rdf:Seq>
                %3$s    </rdf:Seq></items>
                  </channel>
                %4$s</rdf:RDF>
                """.formatted(
                        site,
                        title(),
                        items.stream()
                                .map(item -> "      <rdf:li rdf:resource=\"%s\"/>%n".formatted(link(item, site)))
                                .collect(Collectors.joining()),
                        items.stream().map(item -> item(item, site)).collect(Collectors.joining()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String item(Item item, String site) {
        return """
                  <item rdf:about="%1$s">
                    <title>%2$s</title>
                    <link>%1$s</link>
                    <description>%3$s</description>
                    <dc:creator>La rédaction</dc:creator>
                    <dc:date>%4$s</dc:date>
                    <content:encoded><![CDATA[%5$s]]></content:encoded>
                  </item>
                """.formatted(
                        link(item, site),
                        Markup.escaped(item.title()),
                        Markup.escaped(item.paragraphs().getFirst()),
                        item.published(),
                        Markup.html(item.paragraphs()));
    }
}
