package newswire.store;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.regex.Pattern;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What could not be processed, in a real browser. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class DeadLetterPagesIT {
    private static final String HOSTILE = "<img src=x onerror=\"document.title='caught'\">";
    private static final int MANY = 30;
    private static final int SOME = 3;

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static TestServices.Kafka kafka;
    private static RunningStore store;

    @BeforeAll
    static void start() {
        kafka = TestServices.freshKafka();
        store = RunningStore.start(kafka, TestServices.postgres());
        var key = TestArticle.id(1).toString();
        store.sendWith(
                Topics.ARTICLES,
                key,
                ("{\"title\": \"\u0000" + HOSTILE).getBytes(StandardCharsets.UTF_8),
                1,
                new RecordHeader("x-hostile", HOSTILE.getBytes(StandardCharsets.UTF_8)));
        store.sendWith(Topics.ARTICLES, HOSTILE, new byte[] {0x1f, (byte) 0x8b, 0, 1}, 0);
        for (int i = 0; i < MANY; i++) {
            store.sendBytes(Topics.FEEDS, "x" + i, "[]".getBytes(StandardCharsets.UTF_8));
        }
        for (int i = 0; i < SOME; i++) {
            store.sendBytes(
                    Topics.FEED_STATES, "x" + i, "{\"schemaVersion\":\"9.0\"}".getBytes(StandardCharsets.UTF_8));
        }
        await().atMost(ofSeconds(60)).until(() -> count("any", "") == MANY + SOME + 2);
    }

    @AfterAll
    static void stop() {
        store.close();
        kafka.close();
    }

    private static int count(String fate, String reason) {
        return store.json("/api/dead-letters?limit=200&fate=" + fate + (reason.isEmpty() ? "" : "&reason=" + reason))
                .path("items")
                .size();
    }

    private static String first(String query) {
        return store.json("/api/dead-letters?fate=any&" + query)
                .at("/items/0/deadLetterId")
                .asString();
    }

    private static Page open(String path) {
        var page = CHROMIUM.open(store.url("/"));
        page.navigate(path);
        return page;
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
    }

    @Test
    void areForEverybody() {
        Chromium.inspect(open("/dead-letters?fate=any"), "dead-letters");
        Chromium.inspect(open("/dead-letters?fate=any&reason=none"), "dead-letters-none");
        Chromium.inspect(open("/dead-letters/" + first("topic=" + Topics.ARTICLES)), "dead-letter");
    }

    @Test
    void areFoundByStateAndReasonOnAllPages() {
        var page = open("/");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Dead letters"))
                .click();
        page.locator(".chip", new Page.LocatorOptions().setHasText("all").setHasNotText("reasons"))
                .click();
        var reason = store.json("/api/dead-letters?fate=any&topic=" + Topics.FEEDS)
                .at("/items/0/reason")
                .asString();
        page.locator(".chip", new Page.LocatorOptions().setHasText(reason)).click();
        page.waitForURL(Pattern.compile(".*[?&]reason=.*"));
        var links = new HashSet<String>();
        var more = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Show more"));
        for (int pages = 0; pages < MANY && more.count() > 0; pages++) {
            page.locator(".list h2 a").all().forEach(link -> links.add(link.getAttribute("href")));
            page.navigate(
                    URI.create(page.url()).resolve(more.getAttribute("href")).toString());
        }
        page.locator(".list h2 a").all().forEach(link -> links.add(link.getAttribute("href")));
        assertThat(links).hasSize(count("any", reason)).hasSizeGreaterThanOrEqualTo(MANY);
        assertThat(store.get("/dead-letters?cursor=x").statusCode()).isEqualTo(400);
        assertThat(store.get("/dead-letters?fate=x").statusCode()).isEqualTo(400);
    }

    @Test
    void whatRecordsHoldIsTextAndNeverMarkup() {
        for (var letter : store.json("/api/dead-letters?fate=any&topic=" + Topics.ARTICLES)
                .path("items")) {
            var page = open("/dead-letters/" + letter.path("deadLetterId").asString());
            assertThat(page.locator("main")).containsText(HOSTILE);
            assertThat(page.locator("main img, main script, [onerror]")).hasCount(0);
            assertThat(page.title()).isNotEqualTo("caught");
        }
    }

    @Test
    void oneShowsWhereItWasWhyItDiedAndItsBytes() {
        var text = store.json("/api/dead-letters?fate=any&topic=" + Topics.ARTICLES)
                .path("items");
        for (var letter : text) {
            var page = open("/dead-letters/" + letter.path("deadLetterId").asString());
            var source = letter.path("record");
            assertThat(page.locator("main"))
                    .containsText(Topics.ARTICLES + ", partition "
                            + source.path("partition").asInt() + ", offset "
                            + source.path("offset").asInt());
            assertThat(page.locator("#record ~ pre"))
                    .containsText(
                            source.path("partition").asInt() == 1 ? "{\"title\": \"⟨U+0000⟩" : "000000  1f 8b 00 01");
        }
    }

    @Test
    void oneIsSentAgainAndDiscardedWithoutScript() {
        var id = first("topic=" + Topics.FEED_STATES);
        var page = CHROMIUM.openWithoutScript(store.url("/"));
        page.navigate("/dead-letters/" + id);
        int before = store.records(Topics.FEED_STATES).size();
        press(page, "Send again");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("It was sent again.");
        assertThat(page.locator("h1")).containsText("replayed");
        assertThat(store.records(Topics.FEED_STATES)).hasSize(before + 1);
        press(page, "Discard");
        assertThat(page.locator("h1")).containsText("discarded");
        assertThat(store.get("/dead-letters?fate=discarded").body()).contains(id);
        assertThat(store.get("/dead-letters").body()).doesNotContain(id);
    }

    @Test
    void allOfAReasonAreSentAgainWhenThatIsMeant() {
        var reason = store.json("/api/dead-letters?fate=any&topic=" + Topics.FEEDS)
                .at("/items/0/reason")
                .asString();
        var page = open("/dead-letters?reason=" + reason);
        int before = store.records(Topics.FEEDS).size();
        page.locator("summary").click();
        var button = page.locator("details button");
        button.click();
        assertThat(page.getByLabel("That is meant")).isVisible();
        assertThat(store.post("/dead-letters/replay", "application/x-www-form-urlencoded", "reason=" + reason)
                        .statusCode())
                .as("nobody said that it is meant")
                .isEqualTo(400);
        assertThat(store.records(Topics.FEEDS)).hasSize(before);
        page.getByLabel("That is meant").check();
        button.click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("sent again, 0 cannot be.");
        assertThat(store.records(Topics.FEEDS)).hasSizeGreaterThanOrEqualTo(before + MANY);
    }

    @Test
    void noOtherSiteSendsAgain() {
        var path = "/dead-letters/" + first("topic=" + Topics.FEEDS) + "/discard";
        var answer = store.post(path, "application/x-www-form-urlencoded", "", "Origin", "https://evil.example");
        assertThat(answer.statusCode()).isEqualTo(403);
    }
}
