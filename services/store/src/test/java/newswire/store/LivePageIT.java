package newswire.store;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.concurrent.atomic.AtomicInteger;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changes as they happen, in a real browser. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class LivePageIT {
    private static final String HOSTILE = "<img src=x onerror=\"document.title='caught'\">";
    private static final String STREAM = "**/api/changes/stream*";
    private static final AtomicInteger NUMBERS = new AtomicInteger(1000);

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static TestServices.Kafka kafka;
    private static RunningStore store;

    @BeforeAll
    static void start() {
        kafka = TestServices.freshKafka();
        store = RunningStore.start(kafka, TestServices.postgres());
        store.send(TestArticle.of(1, 1), TestArticle.of(1, 2), TestArticle.of(2, 1, HOSTILE, "Text."));
        store.takeDown(TestArticle.id(3));
        store.awaitRead(Topics.ARTICLES);
    }

    @AfterAll
    static void stop() {
        store.close();
        kafka.close();
    }

    private static Page open() {
        var page = CHROMIUM.open(store.url("/"));
        page.navigate("/live");
        assertThat(page.locator("#live-state")).hasText("Live");
        return page;
    }

    /** Sends an article that nobody has seen, and returns its number. */
    private static int news(String title) {
        int number = NUMBERS.getAndIncrement();
        store.send(TestArticle.of(number, 1, title, "Text."));
        return number;
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
    }

    @Test
    void isForEverybody() {
        Chromium.inspect(open(), "live");
    }

    @Test
    void beginsWithTheNewestAndGoesOnByItself() {
        var page = open();
        assertThat(page.locator("#live")).containsText("Story 1 in form 2");
        assertThat(page.locator("#live")).containsText("An article was taken down");
        news("It has just happened");
        var newest = page.locator("#live > li").first();
        assertThat(newest.locator("h2")).hasText("It has just happened");
        assertThat(newest.locator(".tag")).hasText("published");
        assertThat(newest.locator("b")).hasText("Daily NK");
        newest.locator("a").click();
        assertThat(page.locator("h1")).hasText("It has just happened");
    }

    @Test
    void aPauseHoldsBackUntilItEnds() {
        var page = open();
        press(page, "Pause");
        news("Said in the pause");
        assertThat(page.locator("#live-pause")).hasText("Go on (1 new)");
        assertThat(page.locator("#live-state")).hasText("Paused");
        assertThat(page.locator("#live")).not().containsText("Said in the pause");
        press(page, "Go on");
        assertThat(page.locator("#live > li h2").first()).hasText("Said in the pause");
        assertThat(page.locator("#live-state")).hasText("Live");
    }

    @Test
    void keepsAHundredRowsAndTheOneInUse() {
        var page = open();
        news("Looked at");
        var looked = page.locator("#live a", new Page.LocatorOptions().setHasText("Looked at"));
        looked.focus();
        for (int i = 0; i < 130; i++) {
            news("Row " + i);
        }
        // Partitions are read side by side, so which of the last two is on top is open.
        assertThat(page.locator("#live")).containsText("Row 129");
        assertThat(page.locator("#live > li")).hasCount(100);
        assertThat(looked).isFocused();
    }

    @Test
    void whatIsTakenDownGoesFromTheScreen() {
        var page = open();
        int number = news("To be forgotten");
        assertThat(page.locator("#live")).containsText("To be forgotten");
        press(page, "Pause");
        store.takeDown(TestArticle.id(number));
        assertThat(page.locator("#live")).not().containsText("To be forgotten");
        press(page, "Go on");
        assertThat(page.locator("#live > li").first()).containsText("An article was taken down");
    }

    @Test
    void whatFeedsSendIsTextAndNeverMarkup() {
        var page = open();
        news("Fresh " + HOSTILE);
        assertThat(page.locator("#live > li h2").first()).hasText("Fresh " + HOSTILE);
        assertThat(page.locator("main img, main script, [onerror]")).hasCount(0);
        assertThat(page.title()).isNotEqualTo("caught");
    }

    @Test
    void comesBackWhenTheStreamIsRefused() {
        var refusals = new AtomicInteger(2);
        var page = CHROMIUM.open(store.url("/"));
        page.route(STREAM, route -> {
            if (refusals.getAndDecrement() > 0) {
                route.fulfill(new Route.FulfillOptions().setStatus(503));
            } else {
                route.resume();
            }
        });
        page.navigate("/live");
        assertThat(page.locator("#live-state")).containsText("trying again");
        news("Sent while nobody listened");
        assertThat(page.locator("#live > li h2").first()).hasText("Sent while nobody listened");
        assertThat(page.locator("#live-state")).hasText("Live");
    }

    @Test
    void tellsWhenChangesWereMissedAndGoesOn() {
        var first = new AtomicInteger(1);
        var page = CHROMIUM.open(store.url("/"));
        page.route(STREAM, route -> {
            if (first.getAndDecrement() > 0) {
                route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/event-stream")
                        .setBody("id: 0:1\nevent: reset\ndata: {\"reason\":\"expired\",\"next\":\"0:1\"}\n\n"));
            } else {
                route.resume();
            }
        });
        page.navigate("/live");
        assertThat(page.locator("#live-state")).hasText("Live. Some changes were missed; reload to see the newest");
        news("After the gap");
        assertThat(page.locator("#live > li h2").first()).hasText("After the gap");
    }

    @Test
    void isAListToReloadWithoutScript() {
        var page = CHROMIUM.openWithoutScript(store.url("/"));
        page.navigate("/live");
        assertThat(page.locator("#live-pause")).isHidden();
        assertThat(page.locator("#live")).not().containsText("Seen after a reload");
        news("Seen after a reload");
        store.awaitRead(Topics.ARTICLES);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Reload"))
                .click();
        assertThat(page.locator("#live")).containsText("Seen after a reload");
    }

    @Test
    void isUsedWithTheKeyboardAlone() {
        var page = open();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause"))
                .focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#live-state")).hasText("Paused");
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        assertThat(page.locator("#live a").first()).isFocused();
    }
}
