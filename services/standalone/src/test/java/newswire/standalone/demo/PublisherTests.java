package newswire.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import newswire.contract.Article;
import newswire.contract.Feed;
import newswire.fetcher.FetcherApplication;
import newswire.fetcher.FetcherApplication.Reading;
import newswire.normalizer.NormalizerApplication;
import newswire.normalizer.NormalizerApplication.Normalized;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the demo's publishers say, read as the product reads it. */
class PublisherTests {
    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
    private static final String SITE = "http://127.0.0.1:8090/";

    private static Publisher publisher(String path) {
        return List.of(
                        new WordPress(),
                        new AtomGazette(),
                        new JsonTagblatt(),
                        new RdfCourrier(),
                        new KoreanIlbo(),
                        new BrokenFaro())
                .stream()
                .filter(publisher -> publisher.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static Reading reading(Publisher publisher, Instant now) {
        var url = URI.create(SITE + publisher.path());
        return FetcherApplication.read(Feed.of(url, now), publisher.feed(now, SITE), publisher.contentType(), now);
    }

    private static List<Article> articles(Publisher publisher, Instant now) {
        return reading(publisher, now).entries().stream()
                .map(raw -> ((Normalized) NormalizerApplication.normalize(raw)).article())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # path         , format       , language, entries, title of the feed
            english/feed/  , rss-2.0      , en-US   , 1      , Daily NK
            feed.atom      , atom-1.0     , en-GB   , 12     , The Harbour Gazette
            feed.json      , json-feed-1.1, de      , 12     , Kreis-Tagblatt
            index.rdf      , rss-1.0      , fr      , 12     , Le Courrier des Collines
            rss.xml        , rss-2.0      , ko      , 12     , 한강일보
            rss.php        , rss-2.0      , es      , 12     , El Faro del Valle
            """)
    void isReadWhole(String path, String format, String language, int entries, String title) {
        var publisher = publisher(path);
        var reading = reading(publisher, NOW);
        assertThat(reading.problem()).isNull();
        assertThat(reading.format()).hasToString(format);
        var articles = articles(publisher, NOW);
        assertThat(articles).hasSize(entries).allSatisfy(article -> {
            assertThat(article.language()).isEqualTo(language);
            assertThat(article.infoSources().getFirst().name()).isEqualTo(title);
            assertThat(article.bodies().getFirst().value()).isNotBlank().doesNotContain("�", "{", "}");
            assertThat(article.datePublished()).isNotNull().isBeforeOrEqualTo(NOW);
        });
    }

    @Test
    void theBrokenOneIsMended() {
        assertThat(reading(new BrokenFaro(), NOW).repairs())
                .contains("junk-before-document", "doctype-removed", "undeclared-entity", "bare-ampersand");
        assertThat(articles(new BrokenFaro(), NOW))
                .anySatisfy(article -> assertThat(article.title()).contains(" & "))
                .allSatisfy(article -> assertThat(article.by()).isEqualTo("Redacción"));
    }

    @Test
    void isTheSameAtTheSameTimeAfterARestart() {
        assertThat(new AtomGazette().feed(NOW, SITE)).isEqualTo(new AtomGazette().feed(NOW, SITE));
    }

    @Test
    void hasSomethingNewEveryFewSeconds() {
        var titles = new HashSet<String>();
        for (int seconds = 0; seconds < 600; seconds += 5) {
            articles(new AtomGazette(), NOW.plusSeconds(seconds)).forEach(article -> titles.add(article.title()));
        }
        assertThat(titles).hasSizeGreaterThan(25);
    }

    @Test
    void correctsAnEntryNowAndThen() {
        var newsroom = new Newsroom(Stories.load("harbour"), Duration.ZERO);
        var before = newsroom.item(5, Instant.ofEpochSecond(5 * 25));
        var after = newsroom.item(5, Instant.ofEpochSecond(5 * 25 + 80));
        assertThat(after.paragraphs()).startsWith(before.paragraphs().toArray(String[]::new));
        assertThat(after.paragraphs().getLast()).startsWith("Correction:");
        assertThat(after.updated()).isAfter(Objects.requireNonNull(before.updated()));
        assertThat(newsroom.item(6, Instant.ofEpochSecond(10_000)).updated()).isEqualTo(Instant.ofEpochSecond(6 * 25));
    }

    @Test
    void asksForAPauseAndKeepsToIt() {
        var publisher = new JsonTagblatt();
        var start = Instant.ofEpochSecond(240 * 1000);
        assertThat(publisher.busy(start)).isEqualTo(Duration.ofSeconds(40));
        assertThat(publisher.busy(start.plusSeconds(39))).isEqualTo(Duration.ofSeconds(1));
        assertThat(publisher.busy(start.plusSeconds(40))).isZero();
    }
}
