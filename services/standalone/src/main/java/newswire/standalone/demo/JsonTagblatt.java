package newswire.standalone.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import newswire.contract.kafka.Encoding;

/** JSON Feed 1.1 in German. Its server is overloaded for a while every few minutes, and says for how long. */
final class JsonTagblatt extends Gazette {
    private static final long BUSY_EVERY = 240;
    private static final long BUSY_FOR = 40;

    JsonTagblatt() {
        super("tagblatt", Duration.ofSeconds(5));
    }

    @Override
    public String path() {
        return "feed.json";
    }

    @Override
    public String title() {
        return "Kreis-Tagblatt";
    }

    @Override
    public String contentType() {
        return "application/feed+json";
    }

    @Override
    public Duration busy(Instant now) {
        long into = Math.floorMod(now.getEpochSecond(), BUSY_EVERY);
        return Duration.ofSeconds(Math.max(0, BUSY_FOR - into));
    }

    @Override
    public byte[] feed(Instant now, String site) {
        var feed = new LinkedHashMap<String, Object>();
        feed.put("version", "https://jsonfeed.org/version/1.1");
        feed.put("title", title());
        feed.put("home_page_url", site);
        feed.put("feed_url", site + path());
        feed.put("description", "Nachrichten aus dem Kreis");
        feed.put("language", "de");
        feed.put("items", items(now).stream().map(item -> item(item, site)).toList());
        return Encoding.json().writeValueAsBytes(feed);
    }

    private static Map<String, Object> item(Item item, String site) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", "tagblatt-" + item.number());
        json.put("url", link(item, site));
        json.put("title", item.title());
        json.put("content_html", Markup.html(item.paragraphs()));
        json.put("date_published", item.published());
        json.put("date_modified", item.updated());
        json.put("authors", List.of(Map.of("name", "Redaktion")));
        json.put("tags", List.of("Kreis", "Lokales"));
        return json;
    }
}
