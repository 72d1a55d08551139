package newswire.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import newswire.contract.Article;
import newswire.contract.Feed;
import newswire.contract.kafka.Encoding;
import newswire.fetcher.FetcherApplication;
import newswire.normalizer.NormalizerApplication;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code newswire normalize}: feed documents in, canonical articles out; no broker, no database, no network. */
@Command(
        name = "normalize",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {"Reads feed documents and prints one canonical article a line (NDJSON).", ""},
        footer = {"", "Exit codes: 0 all read, 1 some not, 2 wrong command line."})
final class NormalizeCommand implements Callable<Integer> {
    private static final int AHEAD = 64;
    private static final URI NOWHERE = URI.create("http://newswire.invalid/feed");

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Feed documents; - is standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--requests",
            paramLabel = "FILE",
            description = {
                "Answers one line for each line of FILE, in order:",
                "{\"id\",\"file\",\"url\",\"headers\":{…}}, file relative to FILE."
            })
    private @Nullable Path requests;

    @Option(names = "--url", paramLabel = "URL", description = "Where the documents are from, for relative links.")
    private URI url = NOWHERE;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var commandLine = Objects.requireNonNull(spec).commandLine();
        if (requests != null) {
            answer(requests, commandLine.getOut());
            return 0;
        }
        if (files.isEmpty()) {
            commandLine.getErr().println("newswire: name feed documents, - for standard input, or --requests FILE");
            return 2;
        }
        return print(commandLine.getOut(), commandLine.getErr());
    }

    private int print(PrintWriter out, PrintWriter err) throws IOException {
        int status = 0;
        for (var file : files) {
            var answer = read(bytes(file), url, null);
            answer.articles.forEach(article -> out.println(text(article)));
            if (answer.error != null) {
                err.println("newswire: " + file + ": " + answer.error);
                status = 1;
            }
            for (var rejected : answer.rejected) {
                err.println("newswire: " + file + ": entry refused, " + rejected.code() + ": " + rejected.detail());
                status = 1;
            }
        }
        out.flush();
        return status;
    }

    private static byte[] bytes(String file) throws IOException {
        return file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
    }

    /** Answers in order, with as many at work as there are processors and few waiting. */
    private static void answer(Path requests, PrintWriter out) throws IOException, InterruptedException {
        var folder = Objects.requireNonNullElse(requests.toAbsolutePath().getParent(), Path.of("/"));
        var waiting = new ArrayDeque<Future<String>>();
        try (BufferedReader lines = Files.newBufferedReader(requests, StandardCharsets.UTF_8);
                ExecutorService workers =
                        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    var request = line;
                    waiting.add(workers.submit(() -> answer(request, folder)));
                }
                if (waiting.size() > AHEAD) {
                    out.println(done(waiting.remove()));
                }
            }
            while (!waiting.isEmpty()) {
                out.println(done(waiting.remove()));
            }
        }
        out.flush();
    }

    private static String done(Future<String> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException ex) {
            throw new IllegalStateException("a request was not answered", ex);
        }
    }

    private static String answer(String line, Path folder) {
        @Nullable String id = null;
        Answer answer;
        try {
            var request = Encoding.json().readTree(line);
            id = request.path("id").asString("");
            var file = folder.resolve(request.path("file").asString(""));
            var address = request.path("url").asString("");
            answer = read(
                    Files.readAllBytes(file),
                    address.isEmpty() ? NOWHERE : URI.create(address),
                    contentType(request.path("headers")));
        } catch (IOException ex) {
            answer = Answer.failed("cannot read the file: " + ex.getMessage());
        } catch (JacksonException ex) {
            answer = Answer.failed("not a request: " + ex.getOriginalMessage());
        } catch (IllegalArgumentException ex) {
            answer = Answer.failed(String.valueOf(ex.getMessage()));
        } catch (RuntimeException | StackOverflowError ex) { // the bulkhead: a bad line harms only itself
            answer = Answer.failed(ex.toString());
        }
        return answer.line(id);
    }

    private static @Nullable String contentType(JsonNode headers) {
        for (Map.Entry<String, JsonNode> header : headers.properties()) {
            if (header.getKey().equalsIgnoreCase("content-type")) {
                return header.getValue().asString("");
            }
        }
        return null;
    }

    private static Answer read(byte[] document, URI url, @Nullable String contentType) {
        Instant now = InstantSource.system().instant();
        var reading = FetcherApplication.read(Feed.of(url, now), document, contentType, now);
        var problem = reading.problem();
        if (problem != null) {
            return Answer.failed(problem.code() + ": " + problem.detail());
        }
        var articles = new ArrayList<Article>();
        var rejected = new ArrayList<NormalizerApplication.Rejected>();
        for (var raw : reading.entries()) {
            switch (NormalizerApplication.normalize(raw)) {
                case NormalizerApplication.Normalized(var article) -> articles.add(article);
                case NormalizerApplication.Rejected refused -> rejected.add(refused);
            }
        }
        var feed = reading.format() == null || reading.channel() == null
                ? null
                : NormalizerApplication.feedInfo(reading.format(), reading.channel(), url);
        return new Answer(null, feed, articles, rejected);
    }

    private static String text(Article article) {
        return new String(Encoding.encode(article), StandardCharsets.UTF_8);
    }

    /** What a document gave. */
    private record Answer(
            @Nullable String error,
            NormalizerApplication.@Nullable FeedInfo feed,
            List<Article> articles,
            List<NormalizerApplication.Rejected> rejected) {

        static Answer failed(String error) {
            return new Answer(error, null, List.of(), List.of());
        }

        String line(@Nullable String id) {
            var line = Encoding.json().createObjectNode();
            line.put("id", id == null ? "" : id);
            line.put("ok", error == null);
            if (error != null) {
                line.put("error", error);
            }
            if (feed != null) {
                line.set("feed", Encoding.json().valueToTree(feed));
            }
            line.set("articles", Encoding.json().valueToTree(articles));
            line.set("rejected", Encoding.json().valueToTree(rejected));
            return line.toString();
        }
    }
}
