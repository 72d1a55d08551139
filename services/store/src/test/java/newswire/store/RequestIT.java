package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import newswire.contract.TestServices;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that must not pass, and how they are told so. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class RequestIT {
    private static TestServices.Kafka kafka;
    private static RunningStore store;

    @BeforeAll
    static void start() {
        kafka = TestServices.freshKafka();
        store = RunningStore.start(kafka, TestServices.postgres(), "--store.max-body=20KB");
    }

    @AfterAll
    static void stop() {
        store.close();
        kafka.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # body                                                       | field      | detail
        {"xmlUrl":"https://a.example/f","titel":"x"}                 | titel      | is not a property that is known here
        {"xmlUrl":{"a":1}}                                           | xmlUrl     | has the wrong type
        {"xmlUrl":"https://a.example/f","categories":["a",{}]}       | categories.1 | has the wrong type
        {"xmlUrl":"mailto:a@b.example"}                              | xmlUrl     | not an http or https address: 'mailto:a@b.example'
        {"xmlUrl":"https://a.example/f","categories":[""]}           | categories[0] | must not be blank
        """)
    void refusesFeedsByTheFieldAtFault(String body, String field, String detail) {
        var response = store.post("/api/feeds", "application/json", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        var error = Encoding.json().readTree(response.body()).at("/errors/0");
        assertThat(error.path("field").asString()).isEqualTo(field);
        assertThat(error.path("detail").asString()).isEqualTo(detail);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # type             | body                                               | status | code
        application/json   | {"xmlUrl":"https://a.example/f"                     | 400 | bad_request
        application/json   | {"xmlUrl":"https://a.example/f"} x                  | 400 | bad_request
        application/json   | {"xmlUrl":"http://a.example","xmlUrl":"http://b.example"} | 400 | bad_request
        text/plain         | {"xmlUrl":"https://a.example/f"}                    | 415 | unsupported_media_type
        """)
    void refusesWhatIsNoFeedAtAll(String type, String body, int status, String code) {
        var response = store.post("/api/feeds", type, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(Encoding.json().readTree(response.body()).path("type").asString())
                .isEqualTo("urn:newswire:problem:" + code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # type             | start of the body | size   | status | code
        application/xml    | <opml><!--        | 30000  | 413    | too_large
        application/xml    | <rss>             | 10     | 422    | bad_opml
        text/plain         | <opml/>           | 0      | 415    | unsupported_media_type
        """)
    void refusesListsThatAreNone(String type, String start, int size, int status, String code) {
        var response = store.post("/api/feeds/opml", type, start + " ".repeat(size));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(Encoding.json().readTree(response.body()).path("type").asString())
                .isEqualTo("urn:newswire:problem:" + code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/feeds?cursor=%00", "/api/dead-letters?reason=%00", "/api/articles?publisher=%00"})
    void aNulIsTheClientsFault(String path) {
        assertThat(store.get(path).statusCode()).isEqualTo(400);
    }

    @Test
    void anotherSitesPageChangesNothing() throws Exception {
        var request = HttpRequest.newBuilder(store.url("/api/feeds"))
                .header("Content-Type", "application/json")
                .header("Sec-Fetch-Site", "cross-site")
                .POST(HttpRequest.BodyPublishers.ofString("{\"xmlUrl\":\"https://a.example/f\"}"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body()).contains("urn:newswire:problem:cross_site");
        }
        assertThat(store.json("/api/feeds").path("items")).isEmpty();
    }

    @Test
    void everyAnswerTellsBrowsersToTrustOnlyOurFiles() {
        for (var path : List.of("/", "/newswire.js", "/api/articles", "/api/nothing")) {
            assertThat(store.get(path)
                            .headers()
                            .firstValue("Content-Security-Policy")
                            .orElse(""))
                    .as(path)
                    .startsWith("default-src 'none'; script-src 'self'")
                    .doesNotContain("unsafe");
        }
    }
}
