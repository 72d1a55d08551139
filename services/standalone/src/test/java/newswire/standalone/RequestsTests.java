package newswire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A line in, a line out, whatever the line. */
class RequestsTests {
    private static final String PAGE = """
            <!DOCTYPE html><html lang="en"><head><meta charset="windows-1252"><title>Lamp 1 lit – Lantern Post</title>
            <meta property="og:site_name" content="Lantern Post"><link rel="canonical" href="https://lantern.example/1">
            <meta property="article:published_time" content="2026-11-10T08:00:00Z"></head>
            <body><nav><a href="/">Home</a></nav><article><h1>Lamp 1 lit</h1><p>Lamp 1 was lit at dusk.</p>
            <p>The lamplighter’s daughter held the ladder, and the whole street watched her do it.</p></article></body></html>
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void feeds() throws IOException {
        for (int i = 0; i < 4; i++) {
            Files.writeString(folder.resolve(i + ".xml"), feed(i));
        }
        Files.writeString(folder.resolve("none.xml"), "It is not here.");
        Files.writeString(folder.resolve("empty.html"), "<html><body></body></html>");
        Files.writeString(folder.resolve("page.html"), PAGE, Charset.forName("windows-1252"));
        Files.writeString(folder.resolve("two.xml"), feed(1).replace("</channel>", """
                <item><title>Lamp 2 lit</title><link>/2</link><guid>lamp-2</guid></item></channel>"""));
    }

    private static String feed(int lamp) {
        return """
                <rss version="2.0"><channel><title>Lantern Post</title><link>https://lantern.example/</link>
                <description>Lights</description><language>en</language>
                <item><title>Lamp %1$d lit</title><link>/%1$d</link><guid>lamp-%1$d</guid>
                <pubDate>Tue, 10 Nov 2026 08:00:00 GMT</pubDate><description>Lamp %1$d was lit at dusk.</description></item>
                </channel></rss>
                """.formatted(lamp);
    }

    private List<JsonNode> answers(String requests) throws IOException {
        var out = new ByteArrayOutputStream();
        new Requests(folder).answer(new ByteArrayInputStream(requests.getBytes(StandardCharsets.UTF_8)), out);
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> Encoding.json().readTree(line))
                .toList();
    }

    private JsonNode answer(String request) throws IOException {
        var answers = answers(request);
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    @Test
    void tellsFeedAndArticles() throws IOException {
        var answer = answer("""
                {"id":"a","file":"1.xml","url":"https://lantern.example/feed","headers":{"Date":"Tue, 10 Nov 2026 09:00:00 GMT"}}""");
        assertThat(answer.path("ok").asBoolean()).isTrue();
        assertThat(answer.path("error").isNull()).isTrue();
        assertThat(answer.at("/feed/title").asString()).isEqualTo("Lantern Post");
        assertThat(answer.at("/feed/language").asString()).isEqualTo("en");
        assertThat(answer.path("rejected")).isEmpty();
        assertThat(answer.path("articles")).hasSize(1);
        assertThat(answer.at("/articles/0/url").asString()).isEqualTo("https://lantern.example/1");
        assertThat(answer.at("/articles/0/versionCreated").asString()).isEqualTo("2026-11-10T09:00:00Z");
    }

    @Test
    void answersInOrderHoweverMany() throws IOException {
        var requests = IntStream.range(0, 200)
                .mapToObj(i -> """
                        {"id":%d,"file":"%d.xml","url":"https://lantern.example/feed"}""".formatted(i, i % 4))
                .collect(Collectors.joining("\n\n", "", "\n"));
        var answers = answers(requests);
        assertThat(answers.stream().map(answer -> answer.path("id").asInt()).toList())
                .isEqualTo(IntStream.range(0, 200).boxed().toList());
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.at("/articles/0/title").asString())
                        .isEqualTo("Lamp %d lit".formatted(answer.path("id").asInt() % 4)));
    }

    @Test
    void readsAnArticleFromItsPageAlone() throws IOException {
        var answer = answer("""
                {"id":"p","page":"page.html","url":"https://lantern.example/1?utm_source=x","headers":{"Date":"Tue, 10 Nov 2026 09:00:00 GMT"}}""");
        assertThat(answer.path("error").isNull()).isTrue();
        assertThat(answer.path("feed").isNull()).isTrue();
        assertThat(answer.path("articles")).hasSize(1);
        var article = answer.at("/articles/0");
        assertThat(article.path("title").asString()).isEqualTo("Lamp 1 lit");
        assertThat(article.path("url").asString()).isEqualTo("https://lantern.example/1");
        assertThat(article.path("datePublished").asString()).isEqualTo("2026-11-10T08:00:00Z");
        assertThat(article.at("/infoSources/0/name").asString()).isEqualTo("Lantern Post");
        assertThat(article.at("/bodies/0/value").asString()).isEqualTo("""
                Lamp 1 was lit at dusk.

                The lamplighter’s daughter held the ladder, and the whole street watched her do it.""");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            # request                                                                                                                  , index
            `{"id":1,"file":"1.xml","page":"page.html","url":"https://lantern.example/feed"}`                                          , 0
            `{"id":1,"file":"two.xml","page":"page.html","url":"https://lantern.example/feed","pageUrl":"https://lantern.example/1"}`  , 0
            """)
    void readsAnEntryWithItsPage(String request, int index) throws IOException {
        var answer = answer(request);
        assertThat(answer.at("/feed/title").asString()).isEqualTo("Lantern Post");
        assertThat(answer.at("/articles/" + index + "/provenance/contentSource").asString())
                .isEqualTo("page");
        assertThat(answer.at("/articles/" + index + "/altIds/0/value").asString())
                .isEqualTo("lamp-1");
    }

    @Test
    void saysWhatIsWrongInWordsOfItsOwn() throws IOException {
        for (var line : List.of("{\"id\":7,\"file\":", "{\"id\":", "[1,", "\"a", "{\"a\":tru}")) {
            assertThat(answer(line).path("error").asString())
                    .startsWith("not a request: ")
                    .doesNotContain("Source", "REDACTED", "StreamReadFeature");
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            # request                                                            , id   , error
            `{"id":"a","file":"none.xml","url":"https://lantern.example/feed"}`  , `"a"`, not_a_feed
            `{"id":"a","file":"missing.xml","url":"https://lantern.example/f"}`  , `"a"`, cannot read the file
            `{"id":"a","file":".","url":"https://lantern.example/feed"}`         , `"a"`, cannot read the file
            `{"id":"a","file":"1.xml","url":"mailto:x@lantern.example"}`         , `"a"`, no host
            `{"id":"a","file":"1.xml","url":"not a url"}`                        , `"a"`, not a URL
            `{"id":7,"url":"https://lantern.example/feed"}`                      , 7    , not a request
            `{"id":7,"file":`                                                    , null , not a request
            `{"id":"a","page":"missing.html","url":"https://lantern.example/1"}` , `"a"`, cannot read the file
            `{"id":"a","page":"page.html"}`                                      , `"a"`, needs its "url"
            `{"id":"a","page":"page.html","url":"mailto:x@lantern.example"}`     , `"a"`, not a URL
            `{"id":"a","page":"empty.html","url":"https://lantern.example/1"}`   , `"a"`, not_an_article
            `{"id":"a","file":"two.xml","page":"page.html","url":"https://lantern.example/f"}` , `"a"`, pageUrl
            `[1,2]`                                                              , null , not a request
            `nonsense`                                                           , null , not a request
            """)
    void aBadLineHarmsOnlyItself(String request, String id, String error) throws IOException {
        var good = """
                {"id":"good","file":"1.xml","url":"https://lantern.example/feed"}""";
        var answers = answers(good + "\n" + request + "\n" + good + "\n");
        assertThat(answers).extracting(answer -> answer.path("ok").asBoolean()).containsExactly(true, false, true);
        var bad = answers.get(1);
        assertThat(bad.path("id").toString()).isEqualTo(id);
        assertThat(bad.path("error").asString()).contains(error);
        assertThat(bad.path("articles").isArray()).isTrue();
        assertThat(bad.path("feed").isNull()).isTrue();
    }
}
