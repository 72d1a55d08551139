package newswire.fetcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import newswire.contract.Feed;
import newswire.contract.NewsRecord;
import newswire.contract.RawArticle;
import newswire.contract.kafka.Encoding;
import newswire.contract.kafka.RecordSerializer;
import newswire.contract.operation.Traces;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.mock.MockProducerFactory;

class RawArticlePublisherTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final int LARGEST = 50_000;

    private final MockProducer<String, NewsRecord> producer =
            new MockProducer<>(true, null, new StringSerializer(), new RecordSerializer("fetcher")) {
                @Override
                public void close(Duration timeout) {} // the template closes it after every record
            };
    private final RawArticlePublisher publisher = new RawArticlePublisher(
            new KafkaTemplate<>(new MockProducerFactory<>(() -> producer)),
            LARGEST,
            Traces.OFF,
            new PollMetrics(new SimpleMeterRegistry()));

    @ParameterizedTest
    @CsvSource(textBlock = """
            # paragraphs, text                , cut
            10          , plain               , false
            5000        , plain               , true
            5000        , "quoted\\" & für <b> , true
            100000      , plain               , true
            """)
    void sendsOfAPageWhatFitsIntoARecord(int paragraphs, String text, boolean cut) {
        var feed = Feed.of(URI.create("https://news.example/feed"), NOW);
        var document = FeedServer.rss("a").getBytes(StandardCharsets.UTF_8);
        var entry = FetcherApplication.read(feed, document, null, NOW).entries().getFirst();
        var html = ("<p>" + text + "</p>").repeat(paragraphs);
        var url = URI.create("https://news.example/a");
        var page = new RawArticle.Page(url, url, 200, NOW, "text/html", html, EntryDigest.sha256(html), false);
        publisher.publish(RawArticles.with(entry, page));

        var sent = (RawArticle) producer.history().getFirst().value();
        assertThat(Encoding.encode(sent).length).isLessThanOrEqualTo(LARGEST);
        assertThat(sent.document()).isEqualTo(entry.document());
        var kept = requireNonNull(sent.page());
        assertThat(html).startsWith(requireNonNull(kept.html()));
        assertThat(kept.html())
                .hasSizeGreaterThan(Math.min(html.length() - 1, LARGEST / 8))
                .endsWith(">");
        assertThat(kept.htmlSha256()).isEqualTo(EntryDigest.sha256(kept.html()));
        assertThat(kept.truncated()).isEqualTo(cut);
    }
}
