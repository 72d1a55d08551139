package newswire.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What throughput is measured at has to be what it is said to be. */
class LoadServerTests {
    private static final Pattern GUID = Pattern.compile("<guid isPermaLink=\"false\">([^<]+)</guid>");
    private final Ledger ledger = Ledger.counting();

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void eachVisitMeetsAnotherDocumentWithSoManyNewEntries(int fresh) throws Exception {
        try (var server = server(fresh, false)) {
            var url = server.urls().get(3);
            var first = get(url, "\"x\"");
            var second = get(url, first.headers().firstValue("ETag").orElse(""));
            assertThat(second.statusCode()).isEqualTo(200);
            assertThat(second.body()).isNotEqualTo(first.body());
            int bytes = second.body().getBytes(StandardCharsets.UTF_8).length;
            assertThat(bytes).isCloseTo(60_000, Percentage.withPercentage(8));
            assertThat(guids(first)).hasSize(50);
            var before = guids(first);
            assertThat(guids(second))
                    .hasSize(50)
                    .filteredOn(guid -> !before.contains(guid))
                    .hasSize(fresh);
            assertThat(ledger.count("200")).isEqualTo(2);
        }
    }

    @Test
    void tellsWhoHasBeenThereThatNothingChanged() throws Exception {
        try (var server = server(0, true)) {
            var url = server.urls().getFirst();
            var etag = get(url, "").headers().firstValue("ETag").orElse("");
            assertThat(get(url, etag).statusCode()).isEqualTo(304);
            assertThat(get(url.replaceFirst("\\d+$", "4"), "").statusCode()).isEqualTo(404);
        }
    }

    /** The other half of the comparison. */
    @Test
    void bareClientAsksForAllOfThemAgainAndAgain() throws Exception {
        try (var server = server(0, true);
                var _ = BareClient.start(server.urls(), 2)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> ledger.count("304") >= 20);
            assertThat(ledger.count("200")).isBetween(4L, 6L);
        }
    }

    private LoadServer server(int fresh, boolean conditional) {
        return new LoadServer(
                new LoadServer.Load(50, 60_000, fresh, conditional), 4, 2, InstantSource.system(), ledger);
    }

    private static Set<String> guids(HttpResponse<String> document) {
        return GUID.matcher(document.body())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static HttpResponse<String> get(String url, String etag) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url));
            if (!etag.isEmpty()) {
                request.header("If-None-Match", etag);
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
