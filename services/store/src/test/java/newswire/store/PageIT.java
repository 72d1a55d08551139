package newswire.store;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.HashSet;
import newswire.contract.Article;
import newswire.contract.Samples;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Search and articles in a real browser, over real rows. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class PageIT {
    private static final String HOSTILE = "<img src=x onerror=\"document.title='caught'\">";
    private static final int MANY = 45;

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static TestServices.Kafka kafka;
    private static RunningStore store;

    @BeforeAll
    static void start() {
        kafka = TestServices.freshKafka();
        store = RunningStore.start(kafka, TestServices.postgres());
        store.send(
                Samples.article("seed"),
                Samples.article("full"),
                TestArticle.of(1, 1),
                TestArticle.of(1, 2),
                hostile());
        for (int i = 100; i < 100 + MANY; i++) {
            store.send(TestArticle.of(i, 1, "Harbour report " + i, "Ships of the day " + i + "."));
        }
        store.awaitRead(Topics.ARTICLES);
    }

    /** What a feed may send at its worst, in every text that it has a say in. */
    private static Article hostile() {
        var document = (ObjectNode)
                Encoding.json().readTree(Encoding.encode(TestArticle.of(2, 1, HOSTILE, "Unsafe words. " + HOSTILE)));
        document.put("by", HOSTILE).put("url", "javascript:alert(1)").put("language", "x\"onmouseover=alert(1)");
        ((ObjectNode) document.at("/infoSources/0")).put("name", HOSTILE);
        document.putArray("subjects").addObject().put("name", HOSTILE);
        document.putArray("corrections").addObject().put("text", HOSTILE).put("source", HOSTILE);
        document.putArray("notices").addObject().put("role", "other").put("value", HOSTILE);
        return read(document);
    }

    private static Article read(ObjectNode document) {
        if (Encoding.decode(Encoding.json().writeValueAsBytes(document), Article.class)
                instanceof Decoded.Value<Article>(var article)) {
            return article;
        }
        throw new AssertionError("no article: " + document);
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

    private static com.microsoft.playwright.Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        search           , /
        search-words     , /?q=smugglers
        search-narrowed  , /?publisher=Daily+NK&from=2020-01-01
        search-nothing   , /?q=zeppelin
        not-found        , /articles/00000000-0000-0000-0000-000000000000
        """)
    void isForEverybody(String name, String path) {
        Chromium.inspect(open(path), name);
    }

    @Test
    void anArticleAndWhatBelongsToItAreForEverybody() {
        var path = "/articles/" + TestArticle.id(1);
        Chromium.inspect(open("/articles/" + Samples.article("full").id()), "article");
        Chromium.inspect(open(path + "/diff"), "diff");
        Chromium.inspect(open(path + "/lineage"), "lineage");
        Chromium.inspect(open(path + "/takedown"), "takedown");
        Chromium.inspect(open("/articles/" + TestArticle.id(2)), "hostile");
    }

    @Test
    void showsTheNewestFirstAndEachOnceOnAllPages() {
        var page = open("/?q=harbour");
        var titles = new ArrayList<String>();
        while (true) {
            titles.addAll(page.locator(".list h2").allTextContents());
            var more = link(page, "Show more");
            if (more.count() == 0) {
                break;
            }
            more.click();
        }
        assertThat(titles).hasSize(MANY).startsWith("Harbour report 144").endsWith("Harbour report 100");
        assertThat(new HashSet<>(titles)).hasSize(MANY);
    }

    @Test
    void findsByWordsAndMarksThem() {
        var page = open("/");
        page.getByRole(AriaRole.SEARCHBOX).fill("smugglers");
        page.getByRole(AriaRole.SEARCHBOX).press("Enter");
        assertThat(page.locator(".list h2")).containsText("North Korea cracks down on smugglers");
        assertThat(page.locator(".list mark").first()).hasText("smugglers");
        assertThat(page.getByRole(AriaRole.SEARCHBOX)).hasValue("smugglers");
    }

    @Test
    void narrowsDownAndWidensAgain() {
        var page = open("/?q=harbour");
        var first = page.locator("#facets details", new Page.LocatorOptions().setHasText("Day"))
                .locator("a")
                .first();
        var day = first.locator("span").first().textContent();
        var count = first.locator(".count").textContent();
        first.click();
        assertThat(page.locator(".chips .on")).containsText("Day: " + day);
        assertThat(page.locator(".list h2")).hasCount(Math.min(20, Integer.parseInt(count)));
        assertThat(page.getByRole(AriaRole.SEARCHBOX)).hasValue("harbour");
        page.locator(".chips .on").click();
        assertThat(page.locator(".chips .on")).hasCount(0);
        assertThat(page.locator(".list h2")).hasCount(20);
    }

    @Test
    void narrowsDownToASubject() {
        var page = open("/");
        var subject = page.locator("#facets details", new Page.LocatorOptions().setHasText("Subject"))
                .locator("a")
                .first();
        var name = subject.locator("span").first().textContent();
        subject.click();
        assertThat(page.locator(".chips .on")).containsText("Subject: " + name);
        assertThat(page.locator(".list h2").first()).not().isEmpty();
    }

    @Test
    void theSameSearchIsAFeed() {
        var page = open("/?q=harbour&from=2026-01-01");
        var href = link(page, "RSS").getAttribute("href");
        assertThat(store.get(href).body()).contains("<rss").contains("Harbour report 144");
        href = link(page, "Atom").getAttribute("href");
        assertThat(store.get(href).body()).contains("<feed").contains("Harbour report 144");
    }

    @Test
    void whatFeedsSendIsTextAndNeverMarkup() {
        for (var path : new String[] {"/?q=unsafe", "/articles/" + TestArticle.id(2)}) {
            var page = open(path);
            assertThat(page.locator("body")).containsText(HOSTILE);
            assertThat(page.locator("main img, main script, [onerror], [onmouseover], a[href^=javascript]"))
                    .hasCount(0);
            assertThat(page.title()).isNotEqualTo("caught");
        }
    }

    @Test
    void showsAnArticleWithAllThatBelongsToIt() {
        var page = open("/articles/" + Samples.article("seed").id());
        for (var text : new String[] {
            "Having closed its borders",
            "North Korean smugglers taking goods across the Yalu River in August 2019.",
            "Credit: Daily NK",
            "*Translated by Kathryn Beaver",
            "Kathryn Beaver (translator)",
            "Revision 1"
        }) {
            assertThat(page.locator("main")).containsText(text);
        }
        link(page, "From the feed to here, step by step").click();
        assertThat(page.locator("main")).containsText(Topics.ARTICLES);
    }

    @Test
    void showsRevisionsAndWhatChangedBetweenThem() {
        var page = open("/articles/" + TestArticle.id(1));
        assertThat(page.locator("h1")).hasText("Story 1 in form 2");
        link(page, "Revision 1.0").click();
        assertThat(page.locator("h1")).hasText("Story 1 in form 1");
        link(page, "Read the newest").click();
        page.getByText("what changed", new Page.GetByTextOptions().setExact(true))
                .click();
        assertThat(page.locator(".diff h2 del")).hasText("1");
        assertThat(page.locator(".diff h2 ins")).hasText("2");
    }

    @Test
    void anArticleIsTakenDownWhenThatWasConfirmed() {
        store.send(TestArticle.of(3, 1, "To be forgotten", "Nobody shall know."));
        store.awaitRead(Topics.ARTICLES);
        var page = open("/articles/" + TestArticle.id(3));
        link(page, "Take down …").click();
        assertThat(store.get("/api/articles/" + TestArticle.id(3)).statusCode()).isEqualTo(200);
        page.getByRole(AriaRole.BUTTON).click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("gone");
        assertThat(store.get("/api/articles/" + TestArticle.id(3)).statusCode()).isEqualTo(404);
    }

    @Test
    void isReadWithoutScript() {
        var page = CHROMIUM.openWithoutScript(store.url("/"));
        page.navigate("/");
        page.getByRole(AriaRole.SEARCHBOX).fill("smugglers");
        page.getByRole(AriaRole.SEARCHBOX).press("Enter");
        page.locator(".list h2 a").first().click();
        assertThat(page.locator("h1")).containsText("North Korea cracks down");
        assertThat(page.locator("time").first()).containsText("UTC");
    }

    @Test
    void isUsedWithTheKeyboardAlone() {
        var page = open("/");
        page.keyboard().press("Tab");
        assertThat(page.locator(":focus")).hasText("Skip to content");
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).isFocused();
        page.keyboard().press("/");
        assertThat(page.getByRole(AriaRole.SEARCHBOX)).isFocused();
        page.keyboard().type("smugglers");
        page.keyboard().press("Enter");
        assertThat(page.locator(".list mark").first()).isVisible();
        for (int i = 0; i < 20 && page.locator(".list h2 a:focus").count() == 0; i++) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).containsText("North Korea cracks down");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # path                 | accept                              | status | type
        /articles/nothing      | text/html,*/*;q=0.8                 | 400    | text/html;charset=UTF-8
        /nothing               | text/html,*/*;q=0.8                 | 404    | text/html;charset=UTF-8
        /?from=yesterday       | text/html,*/*;q=0.8                 | 400    | text/html;charset=UTF-8
        /api/nothing           | text/html,*/*;q=0.8                 | 404    | text/html;charset=UTF-8
        /nothing               | */*                                 | 404    | application/problem+json
        /api/articles?cursor=x | application/json                    | 400    | application/problem+json
        /api/articles?cursor=x | application/json,text/html;q=0.5    | 400    | application/problem+json
        """)
    void problemsArePagesForBrowsersAndJsonForPrograms(String path, String accept, int status, String type) {
        var answer = store.get(path, "Accept", accept);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
        assertThat(answer.body()).contains(type.startsWith("text") ? "</html>" : "urn:newswire:problem:");
    }
}
