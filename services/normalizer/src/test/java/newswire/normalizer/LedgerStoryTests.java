package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import newswire.contract.Article;
import newswire.contract.Feed;
import newswire.contract.Format;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What feeds do to their entries over time, and what the ledger makes of it. */
class LedgerStoryTests {
    private static final Feed FEED = Raw.feed(URI.create("https://www.a.example/feed"));
    private static final Feed OTHER = Raw.feed(URI.create("https://www.a.example/sport/feed"));
    private static final String LONG =
            "The council met on the quay to speak of boats, nets and the price of salt. ".repeat(4);

    private final Ledgers ledger = new Ledgers();
    private int polls;

    @AfterEach
    void close() {
        ledger.close();
    }

    /** An entry; what is null is absent. */
    private record Item(
            @Nullable String guid,
            @Nullable String link,
            String title,
            @Nullable String date,
            @Nullable String body) {
        String xml() {
            return element("guid isPermaLink=\"false\"", guid)
                    + element("link", link)
                    + element("title", title)
                    + element("pubDate", date)
                    + element("content:encoded", body);
        }

        private static String element(String name, @Nullable String text) {
            return text == null ? "" : "<%s>%s</%s>".formatted(name, text, name.replaceFirst(" .*", ""));
        }
    }

    /** Entry number n of a well-behaved feed. */
    private static Item item(int number) {
        return new Item(
                "g" + number,
                "https://www.a.example/" + number,
                "A title of story number " + number,
                date(number),
                "Story %d tells something of its own. ".formatted(number) + LONG);
    }

    private static String date(int number) {
        return "Tue, 31 Mar 2020 07:%02d:00 GMT".formatted(number);
    }

    /** A document; ten minutes after the last. */
    private List<RawArticle> poll(Feed feed, List<Item> items) {
        var at = Ledgers.START.plus(Duration.ofMinutes(10L * ++polls));
        var raws = new ArrayList<RawArticle>();
        for (int index = 0; index < items.size(); index++) {
            raws.add(Raw.of(
                    feed, Format.RSS_2_0, Raw.rss(items.get(index).xml()), at, feed.feedId() + "-" + polls, index));
        }
        return raws;
    }

    private void show(Feed feed, Item... items) {
        ledger.show(poll(feed, List.of(items)).toArray(RawArticle[]::new));
    }

    @Test
    void movedFeedWithNewGuidsAndNewAddressesMakesNoNewArticles() {
        var before = new ArrayList<Item>();
        var after = new ArrayList<Item>();
        for (int at = 0; at < 10; at++) {
            var it = item(at);
            before.add(it);
            after.add(new Item("uuid-" + at, "https://a.example/new/" + at, it.title(), it.date(), it.body()));
        }
        show(FEED, before.toArray(Item[]::new));
        show(FEED, after.toArray(Item[]::new));
        show(FEED, after.toArray(Item[]::new));
        assertThat(ledger.history()).hasSize(10).allSatisfy((_, revisions) -> {
            assertThat(revisions).extracting(Article::version).containsExactly("1.0", "2.0");
            assertThat(revisions.getLast().revision().changed()).containsExactly("url");
            assertThat(revisions.getLast().provenance().flags()).contains("moved");
        });
    }

    @Test
    void newGuidsAtTheSameAddressesAreNoEvents() {
        for (int poll = 0; poll < 2; poll++) {
            for (int at = 0; at < 10; at++) {
                var it = item(at);
                show(FEED, new Item(poll + "-" + at, it.link(), it.title(), it.date(), it.body()));
            }
        }
        assertThat(ledger.history())
                .hasSize(10)
                .allSatisfy((_, revisions) -> assertThat(revisions).hasSize(1));
        assertThat(degraded()).as("a migration is no lack of trust").isFalse();
    }

    private boolean degraded() {
        return ledger.meters.find("normalizer.feeds.degraded").counter() != null;
    }

    @Test
    void guidsThatChangeWithEachPollAreTrustedNoMore() {
        for (int poll = 0; poll < 6; poll++) {
            for (int at = 0; at < 4; at++) {
                var it = item(at);
                show(FEED, new Item("random-" + poll + "-" + at, it.link(), it.title(), it.date(), it.body()));
            }
        }
        assertThat(ledger.history())
                .hasSize(4)
                .allSatisfy((_, revisions) -> assertThat(revisions).hasSize(1));
        assertThat(degraded()).isTrue();
        show(FEED, new Item("random-x", "https://www.a.example/9", "New", date(9), LONG));
        assertThat(ledger.published().getLast().altIds()).containsExactly(new Article.AltId("url", "a.example/9"));
    }

    @Test
    void oneGuidForAllIsTrustedNoMoreAndStaysSo() {
        for (int at = 0; at < 8; at++) {
            var it = item(at);
            show(FEED, new Item("same", it.link(), it.title(), it.date(), "Short text " + at));
        }
        assertThat(ledger.history()).hasSize(8);
        assertThat(degraded()).isTrue();
        for (int at = 10; at < 50; at++) {
            show(FEED, item(at));
        }
        assertThat(ledger.published())
                .hasSize(40)
                .allSatisfy(article -> assertThat(article.altIds())
                        .extracting(Article.AltId::role)
                        .containsExactly("url"));
        show(OTHER, item(51));
        assertThat(ledger.published().getLast().altIds())
                .as("another feed's are")
                .contains(new Article.AltId("guid", "g51"));
    }

    @Test
    void whatComesTwiceWhileItsFeedDegradesIsOneArticle() {
        for (int at = 0; at < 8; at++) {
            var it = item(at);
            twice(List.of(new Item("same", it.link(), it.title(), it.date(), "Short text " + at)));
        }
        var oneAddress = new ArrayList<Item>();
        for (int at = 0; at < 8; at++) {
            oneAddress.add(new Item("same", "https://www.a.example/live", item(at).title(), date(at), "Short"));
        }
        twice(oneAddress);
        assertThat(ledger.meters.find("normalizer.feeds.degraded").counters())
                .as("to the address, then with the date, then with the title")
                .hasSize(3);
        assertThat(ledger.history())
                .hasSize(16)
                .allSatisfy((_, revisions) -> assertThat(revisions).hasSize(1));
    }

    private void twice(List<Item> items) {
        for (var raw : poll(FEED, items)) {
            ledger.show(raw, raw);
        }
    }

    @Test
    void degradingMakesNoNewArticlesOfWhatIsKnown() {
        var items = new ArrayList<Item>();
        for (int at = 0; at < 8; at++) {
            items.add(new Item("same", null, item(at).title(), date(at), item(at).body()));
        }
        for (int poll = 0; poll < 3; poll++) {
            show(FEED, items.toArray(Item[]::new));
        }
        assertThat(degraded()).isTrue();
        assertThat(ledger.history())
                .hasSize(8)
                .allSatisfy((_, revisions) -> assertThat(revisions).hasSize(1));
    }

    @Test
    void operatorsPolicyIsKept() {
        var it = FEED.identity();
        var policy = new Feed.Identity(Feed.GuidPolicy.GUID, it.keepParams(), it.dropParams(), it.keepFragment());
        var feed = Raw.with(FEED, policy, FEED.updates());
        for (int at = 0; at < 8; at++) {
            show(feed, new Item("same", item(at).link(), item(at).title(), date(at), "Short text " + at));
        }
        assertThat(degraded()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # title, body, date, address: same as before?      articles
            same   , same , same , same                      , 1
            other  , same , same , other                     , 1
            other  , other, same , other                     , 1
            same   , other, other, other                     , 1
            other  , other, other, same                      , 1
            other  , other, other, other                     , 2
            """)
    void reusedGuid(String title, String body, String date, String address, int articles) {
        show(FEED, new Item("1", "https://a.example/1", "One", date(1), "Boats on the quay."));
        show(
                FEED,
                new Item(
                        "1",
                        address.equals("same") ? "https://a.example/1" : "https://a.example/2",
                        title.equals("same") ? "One" : "Two",
                        date.equals("same") ? date(1) : date(2),
                        body.equals("same") ? "Boats on the quay." : "Salt in the store."));
        assertThat(ledger.history()).hasSize(articles);
    }

    @Test
    void samePublishersGuidsOfDifferentPublishersAreDifferentArticles() {
        show(FEED, item(1));
        show(Raw.feed(URI.create("https://b.example/feed")), item(1));
        assertThat(ledger.history()).hasSize(2);
    }

    private static RawArticle withPage(RawArticle it, String html) {
        return withPage(it, 200, html);
    }

    private static RawArticle withPage(RawArticle it, int status, @Nullable String html) {
        return new RawArticle(
                it.schemaVersion(),
                it.rawId(),
                it.feed(),
                it.fetch(),
                it.repairs(),
                it.format(),
                it.document(),
                it.entryDigest(),
                new RawArticle.Page(
                        URI.create("https://www.a.example/1"),
                        null,
                        status,
                        it.fetch().fetchedAt(),
                        "text/html",
                        html,
                        html == null ? null : Fingerprints.sha256(html),
                        false));
    }

    private static String page(String title) {
        return "<html lang='en'><head><title>%s</title></head><body><nav>Home</nav><article><h1>%s</h1><p>%s</p><p>%s</p></article></body></html>"
                .formatted(title, title, LONG, LONG);
    }

    private RawArticle poll(String title, String summary) {
        var item = new Item("1", "https://www.a.example/1", title, date(1), null).xml();
        var at = Ledgers.START.plus(Duration.ofMinutes(10L * ++polls));
        return Raw.of(FEED, Format.RSS_2_0, Raw.rss(item + "<description>" + summary + "</description>"), at);
    }

    @Test
    void aPageIsAnUpdateThatThePollsAfterItDoNotTakeBack() {
        var first = poll("One", "Boats.");
        ledger.show(first, withPage(first, page("One")));
        ledger.show(poll("One", "Boats."), poll("One", "Boats, in short."), poll("One", "Boats."));
        assertThat(ledger.published())
                .extracting(Article::representationType)
                .containsExactly(Article.RepresentationType.PARTIAL, Article.RepresentationType.FULL);
        var renamed = poll("One and a half", "Boats.");
        ledger.show(renamed, withPage(renamed, page("One and a half")));
        assertThat(ledger.published().getLast().bodies().getFirst().value()).startsWith("The council");
        ledger.show(first, withPage(first, page("One")), renamed, withPage(renamed, page("One and a half")));
        ledger.replay(first, withPage(first, page("One")), renamed, withPage(renamed, page("One and a half")));
        assertThat(ledger.published()).isEmpty();
    }

    @Test
    void aPageThatIsGoneWithdrawsTheArticleAndPollsDoNotBringItBack() {
        var first = poll("One", "Boats.");
        ledger.show(first, withPage(first, 404, null), withPage(poll("One", "Boats."), 410, null));
        ledger.show(poll("One", "Boats."), poll("One", "Boats."));
        assertThat(ledger.published())
                .extracting(Article::pubStatus)
                .containsExactly(Article.PubStatus.USABLE, Article.PubStatus.CANCELED);
        ledger.show(poll("One, corrected", "Boats."));
        assertThat(ledger.published()).extracting(Article::pubStatus).containsExactly(Article.PubStatus.USABLE);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # what is shown after the first sight,                    outcome  , kind      , changed
            same                                                    , UNCHANGED,           ,
            <title>Another title of it</title>                      , PUBLISHED, UPDATE    , title
            <dc:creator>Ann Author</dc:creator>                     , PUBLISHED, UPDATE    , by contributors
            <category>Trade</category>                              , UNCHANGED,           ,
            <link>https://www.a.example/other</link>                , PUBLISHED, UPDATE    , url
            '<pubDate>Tue, 31 Mar 2020 06:00:00 GMT</pubDate>'      , PUBLISHED, UPDATE    , datePublished
            '<pubDate>Tue, 31 Mar 2020 07:30:00 GMT</pubDate>'      , UNCHANGED,           ,
            <dc:language>de</dc:language>                           , PUBLISHED, UPDATE    , language
            <description>Correction: it was sugar.</description>    , PUBLISHED, CORRECTION, bodies corrections
            <media:content url='https://a.example/1.jpg' medium='image'/>, PUBLISHED, UPDATE, associations
            elsewhere                                               , OBSERVED ,           ,
            """)
    void kindsOfChange(String shown, Outcome outcome, Article.Revision.@Nullable Kind kind, @Nullable String changed) {
        var parts = new java.util.LinkedHashMap<String, String>();
        parts.put("title", "<title>A title of the story</title>");
        parts.put("link", "<link>https://www.a.example/1</link>");
        parts.put("pubDate", "<pubDate>%s</pubDate>".formatted(date(1)));
        parts.put("description", "<description>It was salt.</description>");
        show(FEED, parts);
        ledger.published();
        var element = shown.replaceFirst("<([a-zA-Z:]+).*", "$1");
        parts.put(element, shown.startsWith("<") ? shown : "");
        show(shown.equals("elsewhere") ? OTHER : FEED, parts);
        assertThat(ledger.count(outcome)).isEqualTo(outcome == Outcome.PUBLISHED ? 2 : 1);
        assertThat(ledger.published())
                .extracting(it -> it.revision().kind() + " "
                        + String.join(" ", it.revision().changed()))
                .isEqualTo(kind == null ? List.of() : List.of(kind + " " + changed));
    }

    private void show(Feed feed, java.util.Map<String, String> parts) {
        var item = "<guid isPermaLink='false'>1</guid>" + String.join("", parts.values());
        var at = Ledgers.START.plus(Duration.ofMinutes(10L * ++polls));
        ledger.show(Raw.of(feed, Format.RSS_2_0, Raw.rss(item), at));
    }

    @Test
    void changesThatComeTooSoonWaitAndOnlyTheLastIsPublished() {
        var updates = new Feed.Updates(null, List.of(), 3600);
        var slow = Raw.with(FEED, FEED.identity(), updates);
        for (var title : List.of("One", "Two", "Three")) {
            show(slow, new Item("1", "https://a.example/1", title, date(1), LONG));
        }
        assertThat(ledger.published()).extracting(Article::title).containsExactly("One");
        ledger.driver.advanceWallClockTime(Duration.ofMinutes(30));
        assertThat(ledger.published()).isEmpty();
        ledger.driver.advanceWallClockTime(Duration.ofHours(1));
        ledger.driver.advanceWallClockTime(Duration.ofHours(1));
        assertThat(ledger.published()).extracting(Article::title).containsExactly("Three");
        assertThat(ledger.store(LedgerStores.HELD)).isEmpty();
        assertThat(ledger.count(Outcome.DEFERRED)).isEqualTo(2);
    }

    @Test
    void aChangeThatIsTakenBackInTimeNeverWas() {
        var slow = Raw.with(FEED, FEED.identity(), new Feed.Updates(null, List.of(), 3600));
        for (var title : List.of("One", "Two", "One")) {
            show(slow, new Item("1", "https://a.example/1", title, date(1), LONG));
        }
        ledger.driver.advanceWallClockTime(Duration.ofHours(3));
        ledger.driver.advanceWallClockTime(Duration.ofHours(3));
        assertThat(ledger.published()).extracting(Article::title).containsExactly("One");
    }

    @Test
    void replayUnderTheSameRulesIsNoEvent() {
        var raws = new ArrayList<RawArticle>();
        for (int poll = 0; poll < 4; poll++) {
            var title = poll % 2 == 0 ? "One" : "Two";
            raws.addAll(poll(FEED, List.of(new Item("1", "https://a.example/1", title, date(1), LONG), item(poll))));
        }
        ledger.show(raws.toArray(RawArticle[]::new));
        var before = ledger.store(LedgerStores.ARTICLES);
        ledger.published();
        ledger.replay(raws.toArray(RawArticle[]::new));
        assertThat(ledger.published()).isEmpty();
        assertThat(ledger.store(LedgerStores.ARTICLES)).isEqualTo(before);
    }

    @Test
    void rejectedRecordsThatAreReadAgainMakeNoSecondDeadLetter() {
        var broken = Raw.of(FEED, Format.RSS_2_0, "<rss><channel>", Ledgers.START);
        ledger.show(broken);
        assertThat(ledger.deadLetters()).hasSize(1);
        ledger.replay(broken);
        assertThat(ledger.deadLetters()).isEmpty();
        assertThat(ledger.count(Outcome.REJECTED)).isEqualTo(2);
    }

    @Test
    void newerRulesPublishExactlyWhatComesOutDifferent() {
        var lower = new Item("1", "https://a.example/1", "one", date(1), LONG);
        var upper = new Item("2", "https://a.example/2", "TWO", date(2), LONG);
        var edited = new Item("1", "https://a.example/1", "one, edited", date(1), LONG);
        var raws = new ArrayList<>(poll(FEED, List.of(lower, upper)));
        raws.addAll(poll(FEED, List.of(edited)));
        var newer = new java.util.concurrent.atomic.AtomicBoolean();
        try (var both = new Ledgers(it -> newer.get() ? Ledgers.capitals(it) : Normalizer.normalize(it))) {
            both.show(raws.toArray(RawArticle[]::new));
            both.published();
            newer.set(true);
            both.replay(raws.toArray(RawArticle[]::new)).replay(raws.toArray(RawArticle[]::new));
            var reprocessed = both.published();
            assertThat(reprocessed).extracting(Article::title).containsExactly("ONE, EDITED");
            assertThat(reprocessed.getFirst().version()).isEqualTo("3.1");
            assertThat(reprocessed.getFirst().revision().kind()).isEqualTo(Article.Revision.Kind.REPROCESS);
        }
    }

    @Test
    void poisonOfEveryKindStopsNothing() {
        var good = Raw.of(FEED, Format.RSS_2_0, Raw.rss(item(1).xml()), Ledgers.START);
        var json = new String(newswire.contract.kafka.Encoding.encode(good), StandardCharsets.UTF_8);
        var poison = List.of(
                "",
                "null",
                "[]",
                "{}",
                "[".repeat(5_000),
                json.substring(0, 200),
                json.replace("\"1.0\"", "\"2.0\""),
                json.replaceFirst("\"title\":\"[^\"]*\"", "\"title\":\"\\\\ud800\""),
                json.replace("a.example\"", "a".repeat(70_000) + "\""),
                json.replaceFirst("\"fetchedAt\":\"[^\"]*\"", "\"fetchedAt\":\"+1000000000-12-31T23:59:59Z\""),
                json.replaceFirst("\"entryIndex\":0", "\"entryIndex\":99999999999"),
                json.replaceFirst("\"feedUrl\":\"[^\"]*\"", "\"feedUrl\":\"about:blank\""),
                json.replaceFirst("\"format\":\"[^\"]*\"", "\"format\":\"gopher\""),
                json.replaceFirst("\"format\":\"[^\"]*\"", "\"format\":\"json-feed-1.1\""),
                json.replaceFirst("\"entryDigest\":\"[^\"]*\"", "\"entryDigest\":\"\""),
                json.replace("<title>A title", "<title>\\\\ud800\\\\u0000 A title"));
        int before = 0;
        for (var each : poison) {
            ledger.send(new byte[] {(byte) 0xFF}, each.getBytes(StandardCharsets.UTF_8));
            var later = Instant.parse("2020-04-01T00:00:00Z").plusSeconds(60L * before);
            ledger.show(Raw.of(FEED, Format.RSS_2_0, Raw.rss(item(10 + before++).xml()), later));
        }
        assertThat(ledger.deadLetters())
                .hasSizeGreaterThan(10)
                .allSatisfy(letter -> assertThat(letter.reason())
                        .isIn(
                                "undecodable",
                                "schema-violation",
                                "unsupported-version",
                                "malformed-xml",
                                "malformed-json",
                                "not-a-feed",
                                "normalizer-failure",
                                "ledger-failure"));
        assertThat(ledger.published()).hasSizeGreaterThanOrEqualTo(poison.size());
    }
}
