package newswire.fetcher;

import com.google.common.hash.Hashing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import newswire.contract.Feed;
import newswire.contract.Format;
import newswire.contract.Problem;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;

/** The fetcher: polls feeds and publishes their entries. */
@SpringBootApplication(
        excludeName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
        })
@ConfigurationPropertiesScan
public class FetcherApplication {
    private static final int MOST_ENTRIES = 2_000;

    /** Starts the service, configured by {@code fetcher.yml}. */
    public static ConfigurableApplicationContext run(String... args) {
        return new SpringApplicationBuilder(FetcherApplication.class)
                .properties("spring.config.name=fetcher")
                .run(args);
    }

    /** For the command line. */
    public static void main(String[] args) {
        run(args);
    }

    /**
     * Reads a feed document as a poll would, without any network: what would be published for these bytes.
     *
     * @param contentType of the HTTP answer, if there was one
     */
    public static Reading read(Feed feed, byte[] document, @Nullable String contentType, Instant fetchedAt) {
        return switch (FeedDocument.read(document, contentType, MOST_ENTRIES)) {
            case FeedDocument.Unreadable(var problem, var _) -> new Reading(List.of(), null, null, List.of(), problem);
            case FeedDocument.SitemapIndex(var sitemaps) ->
                new Reading(
                        List.of(),
                        null,
                        null,
                        List.of(),
                        Problem.of("not_a_feed", null, "an index of " + sitemaps.size() + " sitemaps"));
            case FeedDocument.Parsed parsed ->
                new Reading(
                        new RawArticles(
                                        feed,
                                        parsed,
                                        RawArticle.Via.MANUAL,
                                        fetchedAt,
                                        feed.xmlUrl(),
                                        null,
                                        null,
                                        null,
                                        contentType,
                                        Hashing.sha256().hashBytes(document).toString())
                                .all(),
                        parsed.channel(),
                        parsed.format(),
                        parsed.repairs(),
                        null);
        };
    }

    /** The text of an HTML page, by what HTTP and the page itself say of its charset, as far as the bytes bear it out. */
    public static String pageText(byte[] html, @Nullable String contentType) {
        return PageText.of(html, contentType);
    }

    /**
     * The schedule by itself, to be tried out: it decides as for a feed that is polled when it says so.
     *
     * @param settings that differ, as in {@code fetcher.poll.floor} → {@code 5m}
     * @param seed of the jitter
     */
    public static Timetable simulate(Map<String, String> settings, long seed) {
        return new Simulation(settings, seed);
    }

    /** Says when to poll next; remembers what it was told. */
    public interface Timetable {
        /**
         * After a poll.
         *
         * @param entries of the document
         * @param known how many of them the last document had
         */
        Instant next(Instant now, int entries, int known);
    }

    /**
     * What a feed document holds.
     *
     * @param entries as they would be published, in document order
     * @param channel the document with all entries removed
     * @param problem why it could not be read; then all else is empty
     */
    public record Reading(
            List<RawArticle> entries,
            @Nullable String channel,
            @Nullable Format format,
            List<String> repairs,
            @Nullable Problem problem) {
        public Reading {
            entries = List.copyOf(entries);
            repairs = List.copyOf(repairs);
        }
    }
}
