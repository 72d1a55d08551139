package newswire.standalone;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import newswire.contract.FeedId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code newswire replay}: has the normalizer read raw articles again that it has read under older rules. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        versionProvider = Standalone.Version.class,
        sortOptions = false,
        description = {
            "Has raw articles read again, for when a newer version makes something else of them.",
            "First reports which articles come out different from what was published, by field. Then, without --dry-run,",
            "sends the raw articles again, and the running normalizer publishes exactly those, as revisions of kind reprocess.",
            ""
        },
        footer = {
            "",
            "Only what news.raw-article.v1 still holds (14 days) can be read again. The broker is that of the Newswire which",
            "runs on the data folder, unless --bootstrap-servers names another. A TIME is 2026-01-31 or 2026-01-31T08:00:00Z."
        })
final class ReplayCommand implements Callable<Integer> {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            required = true,
            converter = Time.class,
            description = "Received since.")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", converter = Time.class, description = "Received before. Default: now.")
    private @Nullable Instant to;

    @Option(names = "--feed", paramLabel = "ID", description = "Only what came from this feed. Repeatable.")
    private List<UUID> feeds = new ArrayList<>();

    @Option(names = "--dry-run", description = "Only report.")
    private boolean dryRun;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "500",
            description = "Raw articles to send a second, so that new ones do not wait behind them. Default: 500.")
    private int rate;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data folder of the running Newswire. Default: data.")
    private Path folder = Path.of("data");

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT", description = "The broker to use instead.")
    private @Nullable String servers;

    @Spec
    private @Nullable CommandSpec spec;

    /** A day, which begins at midnight UTC, or an instant. */
    static final class Time implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return text.length() == "2026-01-31".length()
                        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : Instant.parse(text);
            } catch (DateTimeException ex) {
                throw new TypeConversionException("not a time: '" + text + "'");
            }
        }
    }

    @Override
    public Integer call() {
        var begin = Objects.requireNonNull(from, "required");
        var end = to == null ? Instant.now() : to;
        if (!begin.isBefore(end) || rate < 1) {
            throw new ParameterException(spec().commandLine(), "--from has to be before --to, and --rate positive");
        }
        var broker = servers == null ? DataFolder.brokerOf(folder) : servers;
        PrintWriter out = spec().commandLine().getOut();
        var replay =
                new Replay(broker, begin, end, feeds.stream().map(FeedId::new).toList());
        var report = replay.report();
        out.print(report.text());
        out.flush();
        if (dryRun || report.isEmpty()) {
            return ExitCode.OK;
        }
        long sent = replay.send(rate);
        out.println("Sent %d raw articles again. The normalizer reads them as they come.".formatted(sent));
        return ExitCode.OK;
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec, "set by picocli");
    }
}
