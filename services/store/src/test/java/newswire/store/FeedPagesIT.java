package newswire.store;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.Samples;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Feeds in a real browser: how they fare, and what can be done about it. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class FeedPagesIT {
    private static final int MANY = 60;

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static TestServices.Kafka kafka;
    private static RunningStore store;
    private static Feed known;

    @BeforeAll
    static void start() {
        kafka = TestServices.freshKafka();
        store = RunningStore.start(kafka, TestServices.postgres());
        known = Samples.read("feed-full", Feed.class);
        store.send(Topics.FEEDS, known.feedId().toString(), known);
        var state = Samples.read("feed-state-full", FeedState.class);
        store.send(Topics.FEED_STATES, state.feedId().toString(), state);
        store.awaitRead(Topics.FEEDS);
        store.awaitRead(Topics.FEED_STATES);
    }

    @AfterAll
    static void stop() {
        store.close();
        kafka.close();
    }

    private static Page open(String path) {
        var page = CHROMIUM.open(store.url("/"));
        page.navigate(path);
        return page;
    }

    private static void press(Page page, String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    private static void unfold(Page page, String summary) {
        page.locator("summary", new Page.LocatorOptions().setHasText(summary)).click();
    }

    /** Adds a feed and stays on its page. */
    private static Page added(String address) {
        var page = open("/feeds");
        unfold(page, "Add a feed");
        page.getByLabel("Address of a feed").fill(address);
        press(page, "Add");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("The feed was added.");
        return page;
    }

    @Test
    void isForEverybody() {
        Chromium.inspect(open("/feeds"), "feeds");
        Chromium.inspect(open("/feeds/" + known.feedId()), "feed");
    }

    @Test
    void showsHowAFeedFaresAndWhy() {
        var page = open("/feeds");
        page.locator(".list h2 a", new Page.LocatorOptions().setHasText(known.title()))
                .click();
        for (var text : new String[] {
            "then every 1 h, because: sy",
            "http 503: Service Unavailable",
            "wants 10 s between requests",
            "found elsewhere",
            "Oddly silent",
            "Feeds that were found there",
            "active at https://hub.example.org/"
        }) {
            assertThat(page.locator("main")).containsText(text);
        }
        assertThat(page.locator("#polls ~ div tbody tr").first()).isVisible();
    }

    @Test
    void aFeedIsAddedChangedPausedResumedPolledAndRemoved() {
        var page = added("https://pages.example/feed.xml");
        assertThat(page.locator("h1")).containsText("waits for its first poll");
        unfold(page, "Change");
        page.getByLabel("Title").fill("Paper of pages");
        page.getByLabel("Categories").fill("/a, /b");
        page.getByLabel("Priority").fill("2");
        press(page, "Save");
        assertThat(page.locator("h1")).containsText("Paper of pages");
        press(page, "Pause");
        assertThat(page.locator("h1")).containsText("paused");
        press(page, "Resume");
        press(page, "Poll now");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("will be polled");
        var id = page.url().replaceFirst(".*/feeds/([^?]*).*", "$1");
        var feed = store.json("/api/feeds/" + id).path("feed");
        assertThat(feed.path("categories").toString()).isEqualTo("[\"/a\",\"/b\"]");
        assertThat(feed.path("priority").asInt()).isEqualTo(2);
        assertThat(feed.path("revision").asInt()).isEqualTo(5);
        unfold(page, "Remove");
        press(page, "Remove");
        assertThat(store.get("/api/feeds/" + id).statusCode())
                .as("it was not confirmed")
                .isEqualTo(200);
        page.getByLabel("That is meant").check();
        press(page, "Remove");
        assertThat(page.locator("h1")).hasText("Feeds");
        assertThat(store.get("/api/feeds/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void nobodyLosesAnothersChange() {
        var mine = added("https://two.example/feed.xml");
        var theirs = open(mine.url());
        unfold(mine, "Change");
        unfold(theirs, "Change");
        theirs.getByLabel("Title").fill("Theirs");
        press(theirs, "Save");
        assertThat(mine.locator("meta[http-equiv=refresh]")).hasCount(0); // a form must not go while somebody types
        mine.getByLabel("Title").fill("Mine");
        press(mine, "Save");
        assertThat(mine.getByRole(AriaRole.ALERT)).containsText("Somebody else changed the feed");
        assertThat(mine.getByLabel("Title")).hasValue("Theirs");
    }

    @Test
    void whatIsNoAddressIsSaidBesideIt() {
        var page = CHROMIUM.openWithoutScript(store.url("/"));
        page.navigate("/feeds");
        unfold(page, "Add a feed");
        page.getByLabel("Address of a feed").fill("ftp://a.example/feed");
        press(page, "Add");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("not an http or https address");
        assertThat(page.getByLabel("Address of a feed")).hasValue("ftp://a.example/feed");
    }

    @Test
    void aListIsImportedWithoutScriptAndItsRefusalsAreTold() {
        var outlines = new StringBuilder();
        for (int i = 0; i < MANY; i++) {
            outlines.append(
                    "<outline text=\"Import %02d\" xmlUrl=\"https://import%d.example/feed\"/>\n".formatted(i, i));
        }
        var list = "<opml version=\"2.0\"><body>\n" + outlines
                + "<outline text=\"no\" xmlUrl=\"gopher://x.example/\"/></body></opml>";
        var page = CHROMIUM.openWithoutScript(store.url("/"));
        page.navigate("/feeds");
        unfold(page, "Add a feed");
        page.getByLabel("Subscription list")
                .setInputFiles(new FilePayload("list.opml", "text/xml", list.getBytes(StandardCharsets.UTF_8)));
        press(page, "Import");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText(MANY + " added, 0 known already, 1 refused.");
        assertThat(page.locator("tbody tr")).containsText("gopher://x.example/");
        Chromium.inspect(open(page.url()), "import");

        page.navigate("/feeds?q=import");
        var titles = new HashSet<>(page.locator(".list h2 a").allTextContents());
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Show more"))
                .click();
        titles.addAll(page.locator(".list h2 a").allTextContents());
        assertThat(titles).hasSize(MANY);
    }

    @Test
    void feedsAreFoundByStateAndCategory() {
        var page = open("/feeds");
        page.locator(".chip", new Page.LocatorOptions().setHasText("with gaps")).click();
        assertThat(page.locator(".list h2 a")).hasText(known.title());
        page.getByLabel("Category").fill(known.categories().getFirst());
        press(page, "Find");
        assertThat(page.locator(".list h2 a")).hasText(known.title());
        page.getByLabel("Category").fill("/nowhere");
        press(page, "Find");
        assertThat(page.locator("main")).containsText("No feeds here.");
    }
}
