package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import newswire.contract.Article;
import newswire.contract.DeadLetter;
import newswire.contract.Feed;
import newswire.contract.Format;
import newswire.contract.RawArticle;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes out of the topics for what goes in. */
class TopologyTests {
    private static final Instant START = Ledgers.START;
    private static final String LONG =
            "The council met on the quay to speak of boats, nets and the price of salt. ".repeat(4);

    private final Feed feed = Raw.feed(URI.create("https://www.a.example/feed"));
    private final Feed second = Raw.feed(URI.create("https://www.a.example/sport/feed"));
    private final Ledgers ledger = new Ledgers();
    private int minute;

    @AfterEach
    void close() {
        ledger.close();
    }

    private void show(RawArticle article) {
        ledger.show(article);
    }

    private void show(Feed from, String guid, String link, String title, String body) {
        show(raw(from, guid, link, title, body));
    }

    private RawArticle raw(Feed from, String guid, String link, String title, String body) {
        minute += 10;
        return Raw.of(from, Format.RSS_2_0, rss(guid, link, title, body), START.plus(Duration.ofMinutes(minute)));
    }

    private static String rss(String guid, String link, String title, String body) {
        return Raw.rss("""
                <guid isPermaLink="false">%s</guid><link>%s</link><title>%s</title>
                <pubDate>Tue, 31 Mar 2020 07:00:00 GMT</pubDate><content:encoded>%s</content:encoded>
                """.formatted(guid, link, title, body));
    }

    private List<Article> published() {
        return ledger.published();
    }

    private double count(Outcome outcome) {
        return ledger.count(outcome);
    }

    @Test
    void firstSightIsPublishedWithItsHeaders() {
        var article = raw(feed, "1", "https://www.a.example/one", "One", LONG);
        var trace = new RecordHeaders()
                .add("traceparent", "00-1-2-01".getBytes(StandardCharsets.UTF_8))
                .add("ce_id", new byte[] {1});
        ledger.show(article, trace);
        var record = ledger.articles.readRecord();
        var published = Encoding.json().readValue(record.value(), Article.class);
        assertThat(record.key()).isEqualTo(published.id().toString());
        assertThat(header(record, "ce_type")).isEqualTo("newswire.article.published.v1");
        assertThat(header(record, "ce_id")).isEqualTo(published.id() + ":1.0");
        assertThat(header(record, "ce_source")).isEqualTo("urn:newswire:normalizer");
        assertThat(header(record, "ce_causationid")).isEqualTo(article.rawId());
        assertThat(header(record, "traceparent")).isEqualTo("00-1-2-01");
        assertThat(published.revision())
                .isEqualTo(new Article.Revision(1, 0, Article.Revision.Kind.INITIAL, List.of()));
        assertThat(count(Outcome.PUBLISHED)).isEqualTo(1);
    }

    private static String header(TestRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void sameEntryAgainIsNoEvent() {
        show(feed, "1", "https://www.a.example/one", "One", LONG);
        show(feed, "1", "https://www.a.example/one", "One", LONG);
        show(feed, "1", "https://www.a.example/one?utm_source=rss", "One", LONG.replace(" ", "\u00A0"));
        assertThat(published()).hasSize(1);
        assertThat(count(Outcome.UNCHANGED)).isEqualTo(2);
    }

    @Test
    void changeIsTheNextRevisionOfTheSameArticle() {
        show(feed, "1", "https://www.a.example/one", "One", LONG);
        var changed = rss("1", "https://www.a.example/one", "One and two", LONG).replace("07:00:00", "07:59:00");
        show(Raw.of(feed, Format.RSS_2_0, changed, START.plusSeconds(3600)));
        var both = published();
        var revision = both.getLast();
        assertThat(both).hasSize(2);
        assertThat(revision.uri()).isEqualTo(both.getFirst().uri());
        assertThat(revision.version()).isEqualTo("2.0");
        assertThat(revision.revision().kind()).isEqualTo(Article.Revision.Kind.UPDATE);
        assertThat(revision.revision().changed()).containsExactly("title");
        assertThat(revision.firstCreated()).isEqualTo(both.getFirst().firstCreated());
        assertThat(revision.versionCreated()).isEqualTo(START.plusSeconds(3600));
        assertThat(revision.datePublished()).isEqualTo(Instant.parse("2020-03-31T07:00:00Z"));
    }

    @Test
    void correctionIsNamed() {
        show(feed, "1", "https://www.a.example/one", "One", "<p>" + LONG + "</p>");
        show(
                feed,
                "1",
                "https://www.a.example/one",
                "One",
                "<![CDATA[<p>" + LONG + "</p><p>Correction: not salt but sugar.</p>]]>");
        assertThat(published().getLast().revision().kind()).isEqualTo(Article.Revision.Kind.CORRECTION);
    }

    @Test
    void secondFeedAddsOnlyNames() {
        show(feed, "1", "https://www.a.example/one", "One", LONG);
        show(second, "sport-1", "http://a.example/one/", "One, in short", "Boats.");
        assertThat(published()).hasSize(1);
        assertThat(count(Outcome.OBSERVED)).isEqualTo(1);
        show(feed, "1", "https://www.a.example/one", "Another title", LONG);
        assertThat(published().getFirst().altIds())
                .containsExactly(
                        new Article.AltId("guid", "1"),
                        new Article.AltId("url", "a.example/one"),
                        new Article.AltId("guid", "sport-1"));
    }

    @Test
    void fullTextOfAnotherFeedTakesOverFromASummary() {
        show(feed, "1", "https://www.a.example/one", "One", "Boats. [...]");
        show(second, "s", "https://www.a.example/one", "One", LONG);
        show(feed, "1", "https://www.a.example/one", "One", "Boats and nets. [...]");
        assertThat(published()).extracting(Article::version).containsExactly("1.0", "2.0");
    }

    @Test
    void olderSightingDoesNotUndoANewerOne() {
        show(feed, "1", "https://www.a.example/one", "One", LONG);
        show(feed, "1", "https://www.a.example/one", "Two", LONG);
        var old = rss("1", "https://www.a.example/one", "Three", LONG);
        show(Raw.of(feed, Format.RSS_2_0, old, START));
        assertThat(published()).extracting(Article::title).containsExactly("One", "Two");
    }

    @Test
    void textThatFlipsIsTwoRevisionsAtMost() {
        for (int at = 0; at < 6; at++) {
            show(feed, "1", "https://www.a.example/one", at % 2 == 0 ? "One" : "Two", LONG);
        }
        assertThat(published()).extracting(Article::title).containsExactly("One", "Two");
    }

    @Test
    void newGuidAtTheSameAddressIsTheSameArticle() {
        show(feed, "http://a.example/?p=1", "https://www.a.example/one", "One", LONG);
        show(feed, "https://a.example/?p=1", "https://www.a.example/one", "One", LONG);
        show(feed, "https://a.example/?p=1", "https://www.a.example/moved", "One", LONG);
        assertThat(published()).extracting(Article::version).containsExactly("1.0", "2.0");
    }

    @Test
    void entriesOfOneDocumentWithOneGuidAreSeveralArticles() {
        for (int poll = 0; poll < 2; poll++) {
            var at = START.plusSeconds(60L * poll);
            for (int entry = 0; entry < 3; entry++) {
                var document = rss("same", "https://www.a.example/" + entry, "Title " + entry, LONG);
                show(Raw.of(feed, Format.RSS_2_0, document, at, "fetch-" + poll, entry));
            }
        }
        assertThat(published()).extracting(Article::title).containsExactly("Title 0", "Title 1", "Title 2");
    }

    @Test
    void entriesOfOneDocumentWithOneAddressAreSeveralArticles() {
        for (int poll = 0; poll < 2; poll++) {
            for (int entry = 0; entry < 3; entry++) {
                var document = rss("g" + entry, "https://www.a.example/live", "Title " + entry, LONG);
                show(Raw.of(feed, Format.RSS_2_0, document, START.plusSeconds(60L * poll), "fetch-" + poll, entry));
            }
        }
        assertThat(published()).extracting(Article::title).containsExactly("Title 0", "Title 1", "Title 2");
    }

    @Test
    void entryThatADocumentHoldsTwiceIsOneArticle() {
        for (int poll = 0; poll < 2; poll++) {
            for (int entry = 0; entry < 2; entry++) {
                var document = rss("same", "https://www.a.example/one", "Title", LONG + entry);
                show(Raw.of(feed, Format.RSS_2_0, document, START.plusSeconds(60L * poll), "fetch-" + poll, entry));
            }
        }
        assertThat(published()).extracting(Article::version).containsExactly("1.0", "2.0");
    }

    @Test
    void entriesWithNothingButOneAddressAreToldApartByTheirTitles() {
        for (int poll = 0; poll < 2; poll++) {
            for (int entry = 0; entry < 3; entry++) {
                var document =
                        Raw.rss("<link>https://www.a.example/live</link><title>Title %d</title>".formatted(entry));
                show(Raw.of(feed, Format.RSS_2_0, document, START.plusSeconds(60L * poll), "fetch-" + poll, entry));
            }
        }
        assertThat(published()).extracting(Article::title).containsExactly("Title 0", "Title 1", "Title 2");
    }

    @Test
    void brokenRecordBecomesADeadLetterAndTheNextOneGoesOn() {
        ledger.send(new byte[] {1}, "no json".getBytes(StandardCharsets.UTF_8));
        ledger.send("a.example".getBytes(StandardCharsets.UTF_8), null);
        show(Raw.of(feed, Format.RSS_2_0, "<rss><channel>", START));
        show(feed, "1", "https://www.a.example/one", "One", LONG);
        var letters = ledger.deadLetters();
        assertThat(letters).extracting(DeadLetter::reason).containsExactly("undecodable", "malformed-xml");
        assertThat(letters.getFirst().payload().value()).isEqualTo("no json");
        assertThat(letters.getLast().stage()).isEqualTo(DeadLetter.Stage.NORMALIZE);
        assertThat(published()).hasSize(1);
        assertThat(count(Outcome.TOMBSTONE)).isEqualTo(1);
        assertThat(count(Outcome.UNDECODABLE)).isEqualTo(1);
        assertThat(count(Outcome.REJECTED)).isEqualTo(1);
    }

    @Test
    void forgetsWhatNoFeedShowsAnyMore() {
        show(feed, "1", "https://www.a.example/one", "One", LONG);
        ledger.driver.advanceWallClockTime(Duration.ofDays(366));
        ledger.driver.advanceWallClockTime(Duration.ofDays(1));
        for (var store : List.of(LedgerStores.ARTICLES, LedgerStores.ALIASES, LedgerStores.FEEDS)) {
            assertThat(ledger.store(store)).as(store).isEmpty();
        }
        assertThat(ledger.meters.get("normalizer.ledger.forgotten").counter().count())
                .isEqualTo(1);
    }
}
