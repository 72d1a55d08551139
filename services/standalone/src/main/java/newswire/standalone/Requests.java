package newswire.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers requests, a line each, on all processors but in their order, holding only a few at a time. */
final class Requests {
    private final Path folder;

    /** @param folder where relative files are */
    Requests(Path folder) {
        this.folder = folder;
    }

    /** Returns when the last request is answered. */
    void answer(InputStream requests, OutputStream answers) throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        try (var threads = Executors.newFixedThreadPool(processors);
                var lines = new BufferedReader(new InputStreamReader(requests, StandardCharsets.UTF_8))) {
            answer(lines, threads, 4 * processors, answers);
        }
    }

    private void answer(BufferedReader lines, ExecutorService threads, int most, OutputStream answers)
            throws IOException {
        Deque<Future<byte[]>> underWay = new ArrayDeque<>();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isBlank()) {
                continue;
            }
            if (underWay.size() == most) {
                write(underWay.remove(), answers);
            }
            var request = line;
            underWay.add(threads.submit(() -> answer(request)));
        }
        while (!underWay.isEmpty()) {
            write(underWay.remove(), answers);
        }
        answers.flush();
    }

    private static void write(Future<byte[]> answer, OutputStream answers) throws IOException {
        try {
            answers.write(answer.get());
            answers.write('\n');
        } catch (ExecutionException ex) {
            throw new IllegalStateException("a request broke its thread", ex.getCause());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", ex);
        }
    }

    private byte[] answer(String line) {
        var answer = Encoding.json().createObjectNode();
        answer.putNull("id");
        DocumentReading reading;
        try {
            var request = Encoding.json().readTree(line);
            answer.set("id", request.path("id").isMissingNode() ? answer.nullNode() : request.path("id"));
            reading = read(request);
        } catch (JacksonException ex) {
            reading = DocumentReading.failed("not a request: " + Encoding.reason(ex));
        } catch (RuntimeException | StackOverflowError ex) { // the bulkhead: one request must not harm the others
            reading = DocumentReading.failed("unexpected: " + ex);
        }
        return Encoding.json().writeValueAsBytes(fill(answer, reading));
    }

    private static ObjectNode fill(ObjectNode answer, DocumentReading reading) {
        var json = Encoding.json();
        answer.put("ok", reading.error() == null);
        answer.put("error", reading.error());
        answer.set("feed", json.valueToTree(reading.feed()));
        answer.set("articles", json.valueToTree(reading.articles()));
        answer.set("rejected", json.valueToTree(reading.rejected()));
        return answer;
    }

    private DocumentReading read(JsonNode request) {
        var file = request.path("file").asString("");
        var page = request.path("page").asString("");
        if (file.isEmpty() && page.isEmpty()) {
            return DocumentReading.failed("not a request: neither \"file\" nor \"page\"");
        }
        var url = request.path("url").asString("");
        if (file.isEmpty() && url.isEmpty()) {
            return DocumentReading.failed("not a request: a \"page\" alone needs its \"url\"");
        }
        try {
            var place = url.isEmpty() ? DocumentReading.placeOf(file) : URI.create(url);
            return page.isEmpty() ? document(request, file, place) : page(request, file, page, place);
        } catch (IOException | InvalidPathException ex) {
            return DocumentReading.failed("cannot read the file: " + ex);
        } catch (IllegalArgumentException ex) {
            return DocumentReading.failed("not a URL: " + ex.getMessage());
        }
    }

    private DocumentReading document(JsonNode request, String file, URI place) throws IOException {
        var headers = headers(request.path("headers"));
        return DocumentReading.of(place, bytes(file), headers.get("content-type"), date(headers.get("date")));
    }

    private DocumentReading page(JsonNode request, String file, String page, URI place) throws IOException {
        var headers = headers(request.path("headers"));
        var fetchedAt = date(headers.get("date"));
        var stated = request.path("pageUrl").asString("");
        var at = stated.isEmpty() ? place : URI.create(stated);
        if (at.getHost() == null) {
            return DocumentReading.failed("not a URL: no host in '" + at + "'");
        }
        var type = file.isEmpty() ? headers.getOrDefault("content-type", "text/html") : "text/html";
        return DocumentReading.withPage(
                place, file.isEmpty() ? null : bytes(file), PageFile.of(at, bytes(page), type, fetchedAt), fetchedAt);
    }

    private byte[] bytes(String file) throws IOException {
        try (var in = Files.newInputStream(folder.resolve(file))) {
            return DocumentReading.bounded(in);
        }
    }

    private static Map<String, String> headers(JsonNode headers) {
        var byName = new TreeMap<String, String>();
        headers.properties()
                .forEach(header -> byName.put(
                        header.getKey().toLowerCase(Locale.ROOT),
                        header.getValue().asString("")));
        return byName;
    }

    private static Instant date(@Nullable String header) {
        try {
            return header == null
                    ? Instant.now()
                    : DateTimeFormatter.RFC_1123_DATE_TIME.parse(header.strip(), Instant::from);
        } catch (DateTimeException _) {
            return Instant.now();
        }
    }
}
