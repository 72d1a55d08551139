package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import newswire.contract.FeedState;
import newswire.contract.Samples;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, over real rows. Its pictures are left in {@code target/page}. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class PageIT {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path PICTURES = Path.of("target", "page");

    private static TestServices.Kafka kafka;
    private static RunningStore store;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        kafka = TestServices.freshKafka();
        store = RunningStore.start(kafka, TestServices.postgres());
        store.send(
                Samples.article("seed"),
                Samples.article("full"),
                TestArticle.of(1, 1),
                TestArticle.of(1, 2),
                TestArticle.of(
                        2,
                        1,
                        "<img src=x onerror=\"document.title='caught'\">",
                        "<script>document.title='caught'</script>"));
        var feed = Samples.read("feed-full", newswire.contract.Feed.class);
        store.send(Topics.FEEDS, feed.feedId().toString(), feed);
        var state = Samples.read("feed-state-full", FeedState.class);
        store.send(Topics.FEED_STATES, state.feedId().toString(), state);
        store.sendBytes(Topics.ARTICLES, "x", "not JSON".getBytes(StandardCharsets.UTF_8));
        store.awaitRead(Topics.ARTICLES);
        store.awaitRead(Topics.FEEDS);
        store.awaitRead(Topics.FEED_STATES);
        store.awaitRead(Topics.DEAD_LETTERS);
    }

    @AfterAll
    static void stop() {
        store.close();
        kafka.close();
    }

    @BeforeEach
    void needsBrowser() {
        assumeThat(CHROMIUM)
                .as("the page is tested in Debian's chromium: apt-get install chromium")
                .exists();
    }

    private String browse(String place, String... more) throws IOException, InterruptedException {
        return browse(store, place, more);
    }

    private String browse(RunningStore at, String place, String... more) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                CHROMIUM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--no-first-run",
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=4000"));
        command.addAll(List.of(more));
        command.add(at.url("/" + place).toString());
        var output = folder.resolve("output.html");
        var browser = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!browser.waitFor(60, TimeUnit.SECONDS)) {
            browser.destroyForcibly();
            throw new AssertionError("chromium did not end: " + place);
        }
        return Files.readString(output);
    }

    private void picture(String name, String place, String... more) throws IOException, InterruptedException {
        picture(store, name, place, more);
    }

    private void picture(RunningStore at, String name, String place, String... more)
            throws IOException, InterruptedException {
        Files.createDirectories(PICTURES);
        var file = PICTURES.resolve(name + ".png").toAbsolutePath();
        var arguments = new ArrayList<>(List.of(more));
        arguments.add("--screenshot=" + file);
        browse(at, place, arguments.toArray(String[]::new));
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void showsTheNewestArticles() throws Exception {
        var page = browse("", "--dump-dom");
        assertThat(page)
                .contains("class=\"live on\"")
                .contains(">North Korea cracks down on smugglers of South Korean goods</a>")
                .contains("Daily NK</b>")
                .contains("revision 2</span>")
                .contains(">Story 1 in form 2</a>")
                .doesNotContain("Story 1 in form 1");
        picture("articles", "", "--window-size=1280,900");
        picture("articles-phone", "", "--window-size=500,900");
        picture(
                "articles-dark",
                "",
                "--window-size=1280,900",
                "--force-dark-mode",
                "--enable-features=WebContentsForceDark");
    }

    @Test
    void asksForAKeyWhereTheStoreDoes() throws Exception {
        assertThat(browse("", "--dump-dom")).doesNotContainPattern("<dialog[^>]* open");
        try (var beyond = RunningStore.start(
                kafka,
                TestServices.postgres(),
                "--server.address=0.0.0.0",
                "--store.access.admin-key=an-admin-key-of-more-than-32-characters")) {
            assertThat(browse(beyond, "", "--dump-dom"))
                    .containsPattern("<dialog id=\"key\"[^>]* open=\"\"")
                    .contains("This store asks for a key")
                    .doesNotContain("class=\"live on\"");
            picture(beyond, "key", "", "--window-size=1280,900");
        }
    }

    @Test
    void whatFeedsSendIsTextAndNeverMarkup() throws Exception {
        var page = browse("#/article/" + TestArticle.id(2), "--dump-dom");
        assertThat(page)
                .contains("&lt;script&gt;document.title='caught'&lt;/script&gt;")
                .doesNotContain("<img src=\"x\"")
                .doesNotContain("<title>caught");
    }

    @Test
    void findsArticles() throws Exception {
        assertThat(browse("#/?q=smuggler", "--dump-dom"))
                .contains("North Korea cracks down on smugglers")
                .doesNotContain("Story 1");
        assertThat(browse("#/?q=zeppelin", "--dump-dom")).contains("Nothing found.");
    }

    @Test
    void showsAnArticleWithAllThatBelongsToIt() throws Exception {
        var seed = "#/article/" + Samples.article("seed").id();
        assertThat(browse(seed, "--dump-dom"))
                .contains("<p>Having closed its borders")
                .contains("North Korean smugglers taking goods across the Yalu River in August 2019.")
                .contains("Credit: Daily NK")
                .contains("*Translated by Kathryn Beaver")
                .contains("Kathryn Beaver (translator)")
                .contains("Revision 1</a>");
        picture("article", seed, "--window-size=1280,1800");
    }

    @Test
    void showsAnOlderRevision() throws Exception {
        assertThat(browse("#/article/" + TestArticle.id(1) + "/1.0", "--dump-dom"))
                .contains("This is an older revision.")
                .contains("Story 1 in form 1</h1>");
    }

    @Test
    void showsFeedsAndWhatIsWrongWithThem() throws Exception {
        assertThat(browse("#/feeds", "--dump-dom")).contains("class=\"state ").contains("Remove</button>");
        picture("feeds", "#/feeds", "--window-size=1280,900");
    }

    @Test
    void showsDeadLetters() throws Exception {
        assertThat(browse("#/dead-letters", "--dump-dom"))
                .contains("<b>undecodable</b>")
                .contains("<pre>not JSON</pre>");
        picture("dead-letters", "#/dead-letters", "--window-size=1280,700");
    }
}
