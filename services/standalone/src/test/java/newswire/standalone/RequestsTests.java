package newswire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
    @TempDir
    private Path folder;

    @BeforeEach
    void feeds() throws IOException {
        for (int i = 0; i < 4; i++) {
            Files.writeString(folder.resolve(i + ".xml"), feed(i));
        }
        Files.writeString(folder.resolve("none.xml"), "It is not here.");
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
