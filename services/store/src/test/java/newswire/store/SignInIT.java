package newswire.store;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Browsers where the store asks for keys. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class SignInIT {
    private static final String ADMIN = "an-admin-key-of-more-than-32-characters";
    private static final String FORM = "application/x-www-form-urlencoded";

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static TestServices.Kafka kafka;
    private static RunningStore store;

    @BeforeAll
    static void start() {
        kafka = TestServices.freshKafka();
        store = RunningStore.start(
                kafka, TestServices.postgres(), "--server.address=0.0.0.0", "--store.access.admin-key=" + ADMIN);
        store.send(TestArticle.of(1, 1));
        store.awaitRead(Topics.ARTICLES);
    }

    @AfterAll
    static void stop() {
        store.close();
        kafka.close();
    }

    private static String key(String scope) {
        var made = store.post(
                "/api/keys",
                "application/json",
                "{\"name\":\"reader\",\"scopes\":[\"" + scope + "\"]}",
                "Authorization",
                "Bearer " + ADMIN);
        return Encoding.json().readTree(made.body()).path("key").asString();
    }

    /** Each from an address of its own would be better, but all come from this machine: so few tests sign in. */
    private static Page signedIn(String path, String key) {
        var page = CHROMIUM.open(store.url("/"));
        page.navigate(path);
        page.getByLabel("Key").fill(key);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        return page;
    }

    @Test
    void aKeyOpensThePageThatWasAskedForUntilSignOut() {
        var path = "/articles/" + TestArticle.id(1);
        var page = signedIn(path, ADMIN);
        assertThat(page.locator("h1")).hasText("Story 1 in form 1");
        assertThat(page.locator(".who")).containsText("admin key");
        assertThat(page.getByText("Take down …")).isVisible();
        var cookie = page.context().cookies().getFirst();
        assertThat(cookie.httpOnly).isTrue();
        assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
        assertThat(cookie.value).hasSize(43).doesNotContain(ADMIN);
        assertThat(store.jdbc()
                        .sql("select s::text from web_session s")
                        .query(String.class)
                        .list())
                .noneMatch(row -> row.contains(cookie.value) || row.contains(ADMIN));

        var name = "Cookie";
        var shown = cookie.name + "=" + cookie.value;
        assertThat(store.get("/api/articles", name, shown).statusCode()).isEqualTo(200);
        assertThat(store.post("/feeds", FORM, "xmlUrl=https://a.example/f", name, shown)
                        .statusCode())
                .as("nobody says that a page of ours asks")
                .isEqualTo(401);
        assertThat(store.post(
                                "/feeds",
                                FORM,
                                "xmlUrl=https://a.example/f",
                                name,
                                shown,
                                "Origin",
                                "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(store.post("/feeds", FORM, "xmlUrl=https://a.example/f", name, shown, "Sec-Fetch-Site", "same-site")
                        .statusCode())
                .isEqualTo(403);

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        assertThat(page.locator("h1")).hasText("Sign in");
        assertThat(store.get("/api/articles", name, shown).statusCode()).isEqualTo(401);
        page.navigate(path);
        assertThat(page.locator("h1")).hasText("Sign in");
    }

    @Test
    void whoMayOnlyReadIsShownNoControlsAndLetDoNothing() {
        var page = signedIn("/feeds", key("read"));
        assertThat(page.locator(".who")).containsText("reader (");
        assertThat(page.getByText("Add a feed, import a list")).hasCount(0);
        assertThat(page.locator("nav")).not().containsText("Dead letters");
        page.navigate("/dead-letters");
        assertThat(page.locator("h1")).hasText("Forbidden");
        page.navigate("/live");
        assertThat(page.locator("#live-state")).hasText("Live");
        page.navigate("/articles/" + TestArticle.id(1));
        assertThat(page.getByText("Take down …")).hasCount(0);
        page.evaluate(
                "id => { const form = document.createElement('form'); form.method = 'post';"
                        + " form.action = '/articles/' + id + '/takedown'; document.body.append(form); form.submit(); }",
                TestArticle.id(1).toString());
        assertThat(page.locator("h1")).hasText("Forbidden");
        assertThat(page.locator("main")).containsText("the scope admin");
    }

    @Test
    void aRevokedKeyEndsItsSessions() {
        var key = key("read");
        var page = signedIn("/", key);
        assertThat(page.locator(".list h2")).hasCount(1);
        store.request("DELETE", "/api/keys/" + key.split("_", -1)[1], "Authorization", "Bearer " + ADMIN);
        page.reload();
        assertThat(page.locator("h1")).hasText("Sign in");
    }

    @Test
    void aWrongKeyIsRefusedAndTheFormIsForEverybody() {
        var page = signedIn("/", "nk_000000000000_wrong");
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("This key is not good here.");
        Chromium.inspect(page, "sign-in");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/\\evil.example",
                "https://evil.example/",
                "/%0d%0aX: y",
                "javascript:alert(1)"
            })
    void nobodyIsLedToAnotherSite(String to) {
        var page = store.get("/sign-in?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8));
        assertThat(page.body()).contains("name=\"to\" value=\"/\"").doesNotContain("evil");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # path           , accept           , status
        /                , text/html        , 303
        /feeds           , text/html        , 303
        /                , */*              , 401
        /api/articles    , application/json , 401
        /newswire.css    , text/css         , 200
        /sign-in         , text/html        , 200
        """)
    void nothingIsShownBefore(String path, String accept, int status) {
        assertThat(store.get(path, "Accept", accept).statusCode()).isEqualTo(status);
    }

    @Test
    void attemptsAreLimited() {
        try (var other = RunningStore.start(
                kafka, TestServices.postgres(), "--server.address=0.0.0.0", "--store.access.admin-key=" + ADMIN)) {
            int refused = 0;
            for (int i = 0; i < 15; i++) {
                var status = other.post("/sign-in", FORM, "key=guess" + i).statusCode();
                assertThat(status).isIn(403, 429);
                refused += status == 429 ? 1 : 0;
            }
            assertThat(refused).isPositive();
            assertThat(other.post("/sign-in", FORM, "key=" + ADMIN).statusCode())
                    .isEqualTo(429);
        }
    }
}
