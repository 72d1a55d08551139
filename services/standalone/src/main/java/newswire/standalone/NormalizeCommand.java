package newswire.standalone;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code newswire normalize}: feed documents to canonical articles, without broker and database. */
@Command(
        name = "normalize",
        mixinStandardHelpOptions = true,
        versionProvider = Standalone.Version.class,
        sortOptions = false,
        description = {
            "Reads feed documents and prints one canonical article a line, as JSON.",
            "What cannot be read is said on standard error, and makes the exit code 1.",
            ""
        },
        footer = {
            "",
            "A request is a line {\"id\",\"file\",\"url\",\"headers\":{…}}, file relative to the requests' own file; its answer",
            "is the line {\"id\",\"ok\",\"error\",\"feed\",\"articles\":[…],\"rejected\":[…]}, in the order of the requests.",
            "The headers Content-Type and Date count; a document without Date was fetched now.",
            "With {\"page\":FILE} instead of a file the article is read from its web page alone, found at url; with both, the",
            "page is that of the document's only entry, or of the one at \"pageUrl\"."
        })
final class NormalizeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Feed documents; - is standard input.")
    private List<String> files = List.of();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the documents came from, for relative links. Default: http://localhost/FILE.")
    private @Nullable URI url;

    @Option(
            names = "--requests",
            paramLabel = "FILE",
            description = "File with a request a line, all answered on standard output; - is standard input.")
    private @Nullable String requests;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if ((requests == null) == files.isEmpty()) {
            throw new ParameterException(spec().commandLine(), "either files or --requests FILE");
        }
        var out = new BufferedOutputStream(System.out, 1 << 16);
        int status = requests == null ? documents(out) : answer(requests, out);
        out.flush();
        return status;
    }

    private int documents(OutputStream out) throws IOException {
        int status = ExitCode.OK;
        for (var file : files) {
            status = Math.max(status, document(file, out));
        }
        return status;
    }

    private int document(String file, OutputStream out) throws IOException {
        byte[] bytes;
        try {
            bytes = read(file);
        } catch (IOException ex) {
            return complain(file, ex.toString());
        }
        var reading = DocumentReading.of(source(file), bytes, null, Instant.now());
        for (var article : reading.articles()) {
            out.write(Encoding.encode(article));
            out.write('\n');
        }
        reading.rejected().forEach(entry -> complain(file, entry.toString()));
        var error = reading.error();
        return error == null && reading.rejected().isEmpty() ? ExitCode.OK : complain(file, String.valueOf(error));
    }

    private static byte[] read(String file) throws IOException {
        if (file.equals("-")) {
            return DocumentReading.bounded(System.in);
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return DocumentReading.bounded(in);
        }
    }

    private URI source(String file) {
        if (url != null) {
            return url;
        }
        return DocumentReading.placeOf(file.equals("-") ? "stdin" : file);
    }

    private int complain(String file, String what) {
        PrintWriter err = spec().commandLine().getErr();
        err.println("newswire: " + file + ": " + what);
        return ExitCode.FAILED;
    }

    private static int answer(String file, OutputStream out) throws IOException {
        if (file.equals("-")) {
            new Requests(Path.of("")).answer(System.in, out);
        } else {
            var path = Path.of(file).toAbsolutePath();
            try (var in = Files.newInputStream(path)) {
                new Requests(Objects.requireNonNull(path.getParent())).answer(in, out);
            }
        }
        return ExitCode.OK;
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec, "set by picocli");
    }
}
