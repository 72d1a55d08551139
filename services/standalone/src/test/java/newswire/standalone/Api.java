package newswire.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The store's API as a client on this machine sees it. */
record Api(int port) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** An answer that has to be 200. */
    JsonNode get(String path) {
        var answer = find(path);
        if (answer == null) {
            throw new AssertionError("no answer to " + path);
        }
        return answer;
    }

    /** An answer, if there is one and it is 200. */
    @Nullable
    JsonNode find(String path) {
        try {
            var answer = HTTP.send(request(path), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Encoding.json().readTree(answer.body()) : null;
        } catch (IOException _) { // not yet there
            return null;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
    }

    /** Every row of the table of articles. */
    List<JsonNode> rows() {
        var rows = new ArrayList<JsonNode>();
        var page = get("/api/articles?limit=200");
        page.path("items").forEach(rows::add);
        while (page.hasNonNull("next")) {
            page = get("/api/articles?limit=200&cursor=" + page.path("next").asString());
            page.path("items").forEach(rows::add);
        }
        return rows;
    }

    /** How many revisions of an article there are, by the key of its events. */
    int revisions(String key) {
        return get("/api/articles/" + key + "/revisions").path("items").size();
    }
}
