package newswire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import newswire.contract.Article;
import newswire.contract.Article.Revision;

/** What feeds have shown, held against the table and the topic: all of it is in both, and each change once. */
record ExactlyOnce(List<NumberedFeed> feeds) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    static ExactlyOnce of(NumberedFeed... feeds) {
        return new ExactlyOnce(List.of(feeds));
    }

    /** Waits until the table shows what the feeds show now; then looks how it came to be so. */
    void check(Api api, String broker) {
        await("everything shown")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(titles(api)).isEqualTo(shown()));
        var events = ArticleEvents.read(broker);
        assertThat(events).as("articles on the topic").hasSameSizeAs(shown());
        events.forEach((key, article) -> {
            checkEvents(article);
            assertThat(api.revisions(key)).as("revisions of " + key).isEqualTo(article.size());
        });
    }

    private static void checkEvents(List<Article> events) {
        var last = events.getLast().title();
        int number = Integer.parseInt(last.replaceAll("Entry nr(\\d+)x.*", "$1"));
        int edition = Integer.parseInt(last.substring(last.length() - 1));
        assertThat(events)
                .extracting(Article::title)
                .as("order, no repetition")
                .isSubsetOf(NumberedFeed.titles(number, edition))
                .doesNotHaveDuplicates();
        assertThat(events)
                .extracting(Article::revision)
                .extracting(Revision::number)
                .as(last)
                .isEqualTo(IntStream.rangeClosed(1, events.size()).boxed().toList());
        assertThat(events)
                .extracting(event -> event.fingerprints().contentHash())
                .as("each event changes something")
                .doesNotHaveDuplicates();
    }

    /** What the feeds show now: link → title. */
    private Map<String, String> shown() {
        var shown = new HashMap<String, String>();
        for (var feed : feeds) {
            feed.editions()
                    .forEach((number, edition) -> shown.put(
                            feed.link(number),
                            NumberedFeed.titles(number, edition).getLast()));
        }
        return shown;
    }

    /** What the table has: link → title; a doubled row fails. */
    private static Map<String, String> titles(Api api) {
        var titles = new HashMap<String, String>();
        for (var row : api.rows()) {
            var link = row.path("url").asString();
            assertThat(titles.put(link, row.path("title").asString()))
                    .as("a second row of " + link)
                    .isNull();
        }
        return titles;
    }
}
