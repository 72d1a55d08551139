package newswire.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
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

/** What a feed costs in memory. */
@Command(
        name = "heap",
        description =
                "Heap of one fetcher after a full collection: without feeds, with many that were never polled, and"
                        + " after each was polled once.",
        mixinStandardHelpOptions = true)
final class HeapCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--jar",
            defaultValue = "services/fetcher/target/fetcher-0.1.0-exec.jar",
            description = "the fetcher")
    private Path jar = Path.of("");

    @Option(names = "--logs", defaultValue = "bench/target/logs", description = "folder for logs")
    private Path logs = Path.of("");

    @Option(names = "--feeds", defaultValue = "100000", description = "feeds (${DEFAULT-VALUE})")
    private int feeds;

    @Option(names = "--ports", defaultValue = "256", description = "publisher scopes (${DEFAULT-VALUE})")
    private int ports;

    @Option(names = "--heap", defaultValue = "1g", description = "-Xmx of the fetcher (${DEFAULT-VALUE})")
    private String heap = "1g";

    @Option(names = "--for", defaultValue = "PT10M", description = "longest wait for the polls (${DEFAULT-VALUE})")
    private Duration time = Duration.ofMinutes(10);

    @Override
    public Integer call() throws Exception {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        var clock = InstantSource.system();
        var plan = new FarmPlan(1, feeds, Duration.ofDays(1), 20, 0, clock.instant());
        try (var broker = TestServices.freshKafka();
                var ledger = Ledger.counting();
                var farm = new Farm(plan, 0, ports, clock, ledger);
                var fetcher = FetcherProcess.start("heap", jar, heap, settings(broker.bootstrapServers()), logs)) {
            farm.remember(false);
            FeedWriter.write(broker.bootstrapServers(), farm.urls().subList(0, 1));
            Thread.sleep(20_000);
            long empty = fetcher.heapInUse();
            FeedWriter.write(broker.bootstrapServers(), farm.urls());
            Thread.sleep(20_000);
            long polledEarly = ledger.count("200");
            long loaded = fetcher.heapInUse();
            out.printf(Locale.ROOT, "empty %.1f MB%n", empty / 1e6);
            out.printf(
                    Locale.ROOT,
                    "%d feeds, %d of them polled: %.1f MB, %d bytes a feed%n",
                    feeds,
                    polledEarly,
                    loaded / 1e6,
                    (loaded - empty) / feeds);
            long polled = await(ledger);
            long full = fetcher.heapInUse();
            out.printf(
                    Locale.ROOT,
                    "%d feeds, %d of them polled: %.1f MB, %d bytes a feed%n",
                    feeds,
                    polled,
                    full / 1e6,
                    (full - empty) / feeds);
        }
        return 0;
    }

    private long await(Ledger ledger) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (ledger.count("200") < feeds && System.nanoTime() < end) {
            Thread.sleep(1_000);
        }
        Thread.sleep(5_000);
        return ledger.count("200");
    }

    /** Each feed is polled once within minutes and then not again for a day. */
    private static Map<String, String> settings(String broker) {
        return Map.of(
                "spring.kafka.bootstrap-servers", broker,
                "fetcher.import-burst", "1",
                "fetcher.host.spacing", "0s",
                "fetcher.host.in-flight", "64",
                "fetcher.host.per-address", "1000",
                "fetcher.poll.default-interval", "4m",
                "fetcher.poll.floor", "24h",
                "fetcher.poll.ceiling", "24h");
    }
}
