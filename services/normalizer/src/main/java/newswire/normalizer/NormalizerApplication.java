package newswire.normalizer;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import newswire.contract.Article;
import newswire.contract.Format;
import newswire.contract.RawArticle;
import newswire.contract.operation.Traces;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaAdmin;

/** Raw articles → canonical articles, each change once. */
@SpringBootApplication(
        excludeName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
        })
@EnableConfigurationProperties(NormalizerProperties.class)
public class NormalizerApplication {
    private static final int MOST_AUTHORS = 20;

    /** Runs the service until it is stopped. */
    public static void main(String... args) {
        run(args);
    }

    /** Starts the service in this JVM. */
    public static ConfigurableApplicationContext run(String... args) {
        return new SpringApplicationBuilder(NormalizerApplication.class)
                .properties("spring.config.name=" + NormalizerTopology.NAME)
                .run(args);
    }

    @Bean
    static StreamsLifecycle stream(
            KafkaAdmin admin,
            NormalizerProperties properties,
            MeterRegistry meters,
            Traces traces,
            @Value("${newswire.kafka.instance:}") String instance) {
        return new StreamsLifecycle(
                NormalizerTopology.of(
                        new Counters(meters),
                        traces,
                        NormalizerTopology.Parts.of(properties.ledgerRetention(), properties.revisionSpacing())),
                StreamsSettings.of(admin.getConfigurationProperties(), properties, instance),
                meters);
    }

    /** What becomes of a raw article. */
    public sealed interface Outcome permits Normalized, Rejected {}

    /** An article, as if it were seen for the first time. */
    public record Normalized(Article article) implements Outcome {}

    /**
     * No article can be made of it.
     *
     * @param code stable
     */
    public record Rejected(String code, String detail) implements Outcome {}

    /** Normalizes one raw article without broker, network or memory; fit for many threads. */
    public static Outcome normalize(RawArticle raw) {
        return switch (Normalizer.normalize(raw)) {
            case Normalizer.Normalized(var article, var _) -> new Normalized(article);
            case Normalizer.Rejected(var code, var detail) -> new Rejected(code.toString(), detail);
        };
    }

    /**
     * What a feed document says of itself.
     *
     * @param url of the site, absolute
     * @param updated verbatim
     * @param image absolute
     */
    public record FeedInfo(
            @Nullable String title,
            @Nullable String url,
            @Nullable String language,
            @Nullable String description,
            List<String> authors,
            @Nullable String updated,
            @Nullable String image) {
        public FeedInfo {
            authors = List.copyOf(authors);
        }
    }

    /**
     * Reads what a feed document says of itself; fit for many threads.
     *
     * @param channelDocument the document, with or without entries
     * @param base the URL that it was fetched from
     * @return all absent if the document cannot be read
     */
    public static FeedInfo feedInfo(Format format, String channelDocument, URI base) {
        try {
            var channel = EntryReader.channel(format, channelDocument, base);
            return new FeedInfo(
                    plain(channel.title()),
                    channel.url(),
                    channel.language() == null ? null : Language.tag(channel.language()),
                    plain(channel.description()),
                    channel.authors().stream()
                            .map(Entry.Person::name)
                            .filter(Objects::nonNull)
                            .distinct()
                            .limit(MOST_AUTHORS)
                            .toList(),
                    channel.updated(),
                    channel.image());
        } catch (XmlTree.Unreadable ex) {
            return new FeedInfo(null, null, null, null, List.of(), null, null);
        }
    }

    private static @Nullable String plain(@Nullable String text) {
        return text == null ? null : RssReader.blankless(Html.plain(text));
    }
}
