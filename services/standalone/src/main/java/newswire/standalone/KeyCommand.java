package newswire.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code newswire key}: makes a key for the API of a Newswire that runs. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        versionProvider = Standalone.Version.class,
        sortOptions = false,
        description = {
            "Makes a key for the API of a Newswire that runs, and prints it: it is kept nowhere else.",
            "Beyond loopback this needs a key itself, of scope admin, in the environment variable NEWSWIRE_KEY.",
            ""
        })
final class KeyCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Parameters(paramLabel = "NAME", description = "Whom it is for; the audit log names it.")
    private String name = "";

    @Option(names = "--scope", paramLabel = "SCOPE", description = "read, feeds or admin. Repeatable. Default: read.")
    private List<String> scopes = List.of("read");

    @Option(names = "--url", paramLabel = "URL", description = "Where the API is. Default: http://127.0.0.1:8080.")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var commandLine = Objects.requireNonNull(spec, "set by picocli").commandLine();
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(request(), BodyHandlers.ofString());
            var answer = Encoding.json().readTree(response.body());
            if (response.statusCode() != 201) {
                commandLine
                        .getErr()
                        .println("newswire: no key was made: "
                                + answer.path("detail").asString(""));
                return ExitCode.FAILED;
            }
            commandLine.getOut().println(answer.path("key").asString());
            return ExitCode.OK;
        } catch (IOException ex) {
            throw new StartupException("no Newswire answers at " + url + ": " + ex.getMessage(), ex);
        }
    }

    private HttpRequest request() {
        var wanted = Encoding.json().createObjectNode().put("name", name);
        scopes.forEach(wanted.putArray("scopes")::add);
        var request = HttpRequest.newBuilder(url.resolve("/api/keys"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(wanted.toString()));
        var key = System.getenv("NEWSWIRE_KEY");
        return (key == null ? request : request.header("Authorization", "Bearer " + key)).build();
    }
}
