package newswire.standalone.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/** Atom 1.0, well made, in English. */
final class AtomGazette extends Gazette {
    AtomGazette() {
        super("harbour", Duration.ZERO);
    }

    @Override
    public String path() {
        return "feed.atom";
    }

    @Override
    public String title() {
        return "The Harbour Gazette";
    }

    @Override
    public String contentType() {
        return "application/atom+xml";
    }

    @Override
    public byte[] feed(Instant now, String site) {
        var items = items(now);
        return """
                <?xml version="1.0" encoding="utf-8"?>
                <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
                  <title>%s</title>
                  <subtitle>What the tide brings in</subtitle>
                  <id>tag:harbour-gazette.example,2026:feed</id>
                  <link rel="self" href="%s"/>
                  <link rel="alternate" type="text/html" href="%s"/>
                  <updated>%s</updated>
                %s</feed>
                """.formatted(
                        title(),
                        site + path(),
                        site,
                        newestChange(items),
                        items.stream().map(item -> entry(item, site)).collect(Collectors.joining()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String entry(Item item, String site) {
        return """
                  <entry>
                    <title>%s</title>
                    <id>tag:harbour-gazette.example,2026:%d</id>
                    <link rel="alternate" type="text/html" href="%s"/>
                    <published>%s</published>
                    <updated>%s</updated>
                    <author><name>Harbour Desk</name></author>
                    <category term="local" label="Local news"/>
                    <content type="html">%s</content>
                  </entry>
                """.formatted(
                        Markup.escaped(item.title()),
                        item.number(),
                        link(item, site),
                        item.published(),
                        item.updated(),
                        Markup.escaped(Markup.html(item.paragraphs())));
    }
}
