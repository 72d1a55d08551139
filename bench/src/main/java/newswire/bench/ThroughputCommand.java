package newswire.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import newswire.contract.TestServices;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the fetcher costs beyond the bare exchange of requests. */
@Command(
        name = "throughput",
        description = "Polls a second of one fetcher, for 304 and for documents with a new entry each time, against the"
                + " bare HTTP client in a loop.",
        mixinStandardHelpOptions = true)
final class ThroughputCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--jar",
            defaultValue = "services/fetcher/target/fetcher-0.1.0-exec.jar",
            description = "the fetcher")
    private Path jar = Path.of("");

    @Option(names = "--logs", defaultValue = "bench/target/logs", description = "folder for logs")
    private Path logs = Path.of("");

    @Option(names = "--feeds", defaultValue = "2000", description = "feeds (${DEFAULT-VALUE})")
    private int feeds;

    @Option(names = "--ports", defaultValue = "64", description = "publisher scopes (${DEFAULT-VALUE})")
    private int ports;

    @Option(names = "--warm-up", defaultValue = "PT30S", description = "time that is not counted (${DEFAULT-VALUE})")
    private Duration warmUp = Duration.ofSeconds(30);

    @Option(names = "--for", defaultValue = "PT30S", description = "time that is counted (${DEFAULT-VALUE})")
    private Duration time = Duration.ofSeconds(30);

    @Option(names = "--in-flight", defaultValue = "64", description = "requests at a time (${DEFAULT-VALUE})")
    private int inFlight;

    @Option(names = "--bare", description = "only the bare client and the server: what the machine can do")
    private boolean onlyBare;

    @Override
    public Integer call() throws Exception {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        if (onlyBare) {
            compare(out, "", "304", Duration.ofDays(1_000));
            compare(out, "", "200", Duration.ofSeconds(1));
            return 0;
        }
        try (var broker = TestServices.freshKafka()) {
            compare(out, broker.bootstrapServers(), "304", Duration.ofDays(1_000));
        }
        try (var broker = TestServices.freshKafka()) {
            compare(out, broker.bootstrapServers(), "200", Duration.ofSeconds(1));
        }
        return 0;
    }

    /**
     * Measures one after the other, never both at a time.
     *
     * @param gap between two entries of a feed: long = nothing ever changes
     */
    private void compare(PrintWriter out, String broker, String answer, Duration gap)
            throws InterruptedException, IOException {
        var clock = InstantSource.system();
        var plan = new FarmPlan(1, feeds, gap, 20, 0, clock.instant());
        try (var ledger = Ledger.counting();
                var farm = new Farm(plan, 0, ports, clock, ledger)) {
            farm.validation(FarmFeed.Validation.BOTH);
            double fetcher = onlyBare ? 0 : fetcher(broker, farm.urls(), ledger, answer);
            double bare = bare(farm.urls(), ledger, answer);
            var measured =
                    onlyBare ? "" : String.format(Locale.ROOT, ", fetcher %.0f/s, ratio %.2f", fetcher, fetcher / bare);
            out.printf(Locale.ROOT, "%s: bare client %.0f/s%s%n", answer, bare, measured);
        }
    }

    private double fetcher(String broker, List<String> urls, Ledger ledger, String answer) throws InterruptedException {
        try (var _ = FetcherProcess.start("throughput", jar, "1g", settings(broker), logs)) {
            FeedWriter.write(broker, urls);
            return rate(ledger, answer);
        }
    }

    private double bare(List<String> urls, Ledger ledger, String answer) throws InterruptedException, IOException {
        try (var _ = BareClient.start(urls, inFlight)) {
            return rate(ledger, answer);
        }
    }

    private double rate(Ledger ledger, String answer) throws InterruptedException {
        Thread.sleep(warmUp);
        long before = ledger.count(answer);
        long start = System.nanoTime();
        Thread.sleep(time);
        return (ledger.count(answer) - before) * 1e9 / (System.nanoTime() - start);
    }

    /** No politeness, so that only the work counts. */
    private Map<String, String> settings(String broker) {
        return Map.of(
                "spring.kafka.bootstrap-servers", broker,
                "fetcher.import-burst", "1000000",
                "fetcher.max-in-flight", String.valueOf(inFlight),
                "fetcher.host.spacing", "0s",
                "fetcher.host.in-flight", "1000",
                "fetcher.host.per-address", "1000",
                "fetcher.poll.default-interval", "100ms",
                "fetcher.poll.floor", "100ms",
                "fetcher.poll.invited-floor", "100ms",
                "fetcher.poll.ceiling", "100ms");
    }
}
