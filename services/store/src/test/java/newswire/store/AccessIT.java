package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import newswire.contract.TestServices;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Who gets in where, and what is written down of it. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class AccessIT {
    private static final String ADMIN = "an-admin-key-of-more-than-32-characters";
    private static final String[] BEYOND = {"--server.address=0.0.0.0", "--store.access.admin-key=" + ADMIN};

    private static TestServices.Kafka kafka;
    private RunningStore store;

    @BeforeAll
    static void startBroker() {
        kafka = TestServices.freshKafka();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @AfterEach
    void stop() {
        if (store != null) {
            store.close();
        }
    }

    private String key(String... scopes) {
        var made = store.post(
                "/api/keys",
                "application/json",
                "{\"name\":\"test\",\"scopes\":[\"" + String.join("\",\"", scopes) + "\"]}",
                "Authorization",
                "Bearer " + ADMIN);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return Encoding.json().readTree(made.body()).path("key").asString();
    }

    private int status(String method, String path, String key) {
        return store.request(method, path, "Authorization", "Bearer " + key).statusCode();
    }

    @Test
    void onLoopbackNoKeyIsNeededButAWrongOneIsRefused() {
        store = RunningStore.start(kafka, TestServices.postgres());
        assertThat(store.get("/api/articles").statusCode()).isEqualTo(200);
        assertThat(status("GET", "/api/articles", "nk_000000000000_x")).isEqualTo(401);
    }

    @Test
    void beyondLoopbackItDoesNotStartWithoutAKey() {
        var database = TestServices.postgres();
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> RunningStore.start(kafka, database, "--server.address=0.0.0.0"))
                .withStackTraceContaining("StartFailure");
        store = RunningStore.start(kafka, database, "--server.address=0.0.0.0", "--store.access.open=true");
        assertThat(store.get("/api/articles").statusCode()).isEqualTo(200);
    }

    @Test
    void aKeyOpensWhatItsScopeSays() {
        store = RunningStore.start(kafka, TestServices.postgres(), BEYOND);
        var read = key("read");
        var feeds = key("read", "feeds");
        var admin = key("admin");
        var found = new ArrayList<String>();
        for (var line : List.of(
                "GET /api/articles",
                "POST /api/feeds/tags",
                "DELETE /api/articles/" + TestArticle.id(9),
                "GET /api/keys",
                "GET /api/dead-letters",
                "GET /actuator/metrics")) {
            var method = line.substring(0, line.indexOf(' '));
            var path = line.substring(line.indexOf(' ') + 1);
            found.add(line.replaceFirst("(/articles/).*", "$1…") + ": "
                    + List.of(
                            store.request(method, path).statusCode(),
                            status(method, path, read),
                            status(method, path, feeds),
                            status(method, path, admin)));
        }
        assertThat(found)
                .containsExactly(
                        "GET /api/articles: [401, 200, 200, 200]",
                        "POST /api/feeds/tags: [401, 403, 400, 400]",
                        "DELETE /api/articles/…: [401, 403, 403, 404]",
                        "GET /api/keys: [401, 403, 403, 200]",
                        "GET /api/dead-letters: [401, 403, 403, 200]",
                        "GET /actuator/metrics: [401, 200, 200, 200]");
        assertThat(store.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(store.get("/").statusCode())
                .as("pages show what the API does")
                .isEqualTo(401);
    }

    @Test
    void noSpellingOfAPathGetsAroundTheKeys() {
        store = RunningStore.start(kafka, TestServices.postgres(), BEYOND);
        var feeds = key("feeds");
        for (var path : List.of(
                "/api/keys",
                "/%61pi/keys",
                "/api;x=1/keys",
                "/api;/keys",
                "/api/%6beys",
                "/api/keys;x",
                "//api/keys",
                "/./api/keys",
                "/actuator/../api/keys",
                "/actuator/health/../../api/keys",
                "/api%2Fkeys",
                "/%61ctuator/metrics",
                "/actuator;health/metrics")) {
            assertThat(store.get(path).statusCode()).as(path).isIn(400, 401, 404);
            assertThat(status("GET", path, feeds)).as(path).isIn(400, 403, 404);
        }
    }

    /** A page on the web whose name is made to lead here must not read or change what needs no key on this machine. */
    @ParameterizedTest
    @CsvSource(textBlock = """
        localhost, 200
        LOCALHOST:80, 200
        127.0.0.1:8080, 200
        [::1]:8080, 200
        news.localhost, 200
        evil.example, 421
        localhost.evil.example, 421
        127.0.0.1.evil.example, 421
        """)
    void onLoopbackAnotherHostsNameIsRefused(String host, int status) throws IOException {
        store = RunningStore.start(kafka, TestServices.postgres());
        var url = store.url("/api/articles");
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write("GET /api/articles HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                            .formatted(host)
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void whoCollectsMetricsHasAKeyOfTheSettingsThatOnlyReads() {
        var reader = "a-read-key-of-more-than-32-characters";
        store = RunningStore.start(
                kafka, TestServices.postgres(), BEYOND[0], BEYOND[1], "--store.access.read-key=" + reader);
        assertThat(status("GET", "/actuator/prometheus", reader)).isEqualTo(200);
        assertThat(status("POST", "/api/feeds/tags", reader)).isEqualTo(403);
        assertThat(status("GET", "/actuator/prometheus", reader + "x")).isEqualTo(401);
        assertThat(store.get("/actuator/prometheus").statusCode()).isEqualTo(401);
    }

    @Test
    void healthAndMetricsMayHaveAPortOfTheirOwnWithTheSameKeys() {
        var reader = "Bearer a-read-key-of-more-than-32-characters";
        store = RunningStore.start(
                kafka,
                TestServices.postgres(),
                BEYOND[0],
                BEYOND[1],
                "--store.access.read-key=" + reader.substring(7),
                "--management.server.port=0");
        var metrics = store.managementUrl("/actuator/prometheus");
        assertThat(store.get(metrics).statusCode()).isEqualTo(401);
        assertThat(store.get(metrics, "Authorization", reader + "x").statusCode())
                .isEqualTo(401);
        assertThat(store.get(metrics, "Authorization", reader).statusCode()).isEqualTo(200);
        assertThat(store.get(store.managementUrl("/actuator/health/readiness")).statusCode())
                .isEqualTo(200);
        assertThat(store.get("/actuator/prometheus", "Authorization", reader).statusCode())
                .isEqualTo(404);
        assertThat(store.get("/actuator/health").statusCode()).isEqualTo(404);
    }

    @Test
    void aPortOfItsOwnBeyondLoopbackNeedsKeysToo() {
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> RunningStore.start(
                        kafka,
                        TestServices.postgres(),
                        "--management.server.port=0",
                        "--management.server.address=0.0.0.0"))
                .withStackTraceContaining("StartFailure");
    }

    @Test
    void aKeyIsKeptAsAHashAndCanBeRevoked() {
        store = RunningStore.start(kafka, TestServices.postgres(), BEYOND);
        var key = key("read");
        var stored = store.jdbc()
                .sql("select k::text from api_key k")
                .query(String.class)
                .list();
        assertThat(stored).hasSize(1).noneMatch(row -> row.contains(key.substring(key.indexOf('_', 3) + 1)));
        assertThat(store.request("GET", "/api/keys", "Authorization", "Bearer " + ADMIN)
                        .body())
                .doesNotContain(key);
        assertThat(status("GET", "/api/articles", key)).isEqualTo(200);
        assertThat(status("GET", "/api/articles", key + "x")).isEqualTo(401);
        assertThat(status("DELETE", "/api/keys/" + key.split("_", -1)[1], ADMIN))
                .isEqualTo(204);
        assertThat(status("GET", "/api/articles", key)).isEqualTo(401);
    }

    @Test
    void tooManyRequestsHaveToWait() {
        store = RunningStore.start(
                kafka, TestServices.postgres(), BEYOND[0], BEYOND[1], "--store.access.requests-per-minute=5");
        var answers = new ArrayList<Integer>();
        for (int i = 0; i < 7; i++) {
            answers.add(status("GET", "/api/articles", ADMIN));
        }
        assertThat(answers).startsWith(200, 200, 200, 200, 200).contains(429);
        assertThat(store.request("GET", "/api/articles", "Authorization", "Bearer " + ADMIN)
                        .headers()
                        .firstValue("Retry-After"))
                .isPresent();
    }

    @Test
    void whoChangedWhatIsWrittenDown() {
        store = RunningStore.start(kafka, TestServices.postgres(), BEYOND);
        var feeds = key("read", "feeds");
        store.post(
                "/api/feeds",
                "application/json",
                "{\"xmlUrl\":\"https://a.example/audit\"}",
                "Authorization",
                "Bearer " + feeds,
                "X-Request-Id",
                "my-request.1");
        status("DELETE", "/api/articles/" + TestArticle.id(1), feeds); // refused at the door, so nothing is changed
        var lines = Encoding.json()
                .readTree(store.request("GET", "/api/audit", "Authorization", "Bearer " + ADMIN)
                        .body())
                .path("items");
        JsonNode last = lines.path(0);
        assertThat(last.path("path").asString()).isEqualTo("/api/feeds");
        assertThat(last.path("status").asInt()).isEqualTo(201);
        assertThat(last.path("who").asString()).startsWith("test (");
        assertThat(last.path("request").asString()).isEqualTo("my-request.1");
        assertThat(lines.path(1).path("who").asString()).isEqualTo("admin key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        abc-1                | true
        a b                  | false
        <script>             | false
        """)
    void aRequestHasAnId(String given, boolean kept) {
        store = RunningStore.start(kafka, TestServices.postgres());
        var id = store.get("/api/articles", "X-Request-Id", given)
                .headers()
                .firstValue("X-Request-Id")
                .orElseThrow();
        assertThat(id.equals(given)).isEqualTo(kept);
        assertThat(id).matches("[A-Za-z0-9._-]{1,64}");
    }
}
