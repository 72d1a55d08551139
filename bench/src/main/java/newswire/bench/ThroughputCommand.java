package newswire.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import newswire.contract.TestServices;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the fetcher costs beyond the bare exchange of requests. */
@Command(
        name = "throughput",
        description =
                "Polls a second of one fetcher against the bare HTTP client in a loop, one after the other at the same"
                        + " server: for answers 304, for documents whose entries are all known, and for documents with new entries at"
                        + " each poll. Server and broker run on the same machine and take their share of both.",
        mixinStandardHelpOptions = true)
final class ThroughputCommand implements Callable<Integer> {
    private static final Duration START = Duration.ofMinutes(5);

    @Mixin
    private Fetchers fetchers = new Fetchers();

    @Option(names = "--feeds", defaultValue = "2000", description = "feeds (${DEFAULT-VALUE})")
    private int feeds;

    @Option(names = "--ports", defaultValue = "64", description = "publisher scopes (${DEFAULT-VALUE})")
    private int ports;

    @Option(names = "--entries", defaultValue = "50", description = "entries of a document (${DEFAULT-VALUE})")
    private int entries;

    @Option(names = "--bytes", defaultValue = "60000", description = "bytes of a document (${DEFAULT-VALUE})")
    private int bytes;

    @Option(
            names = "--fresh",
            defaultValue = "5",
            description = "new entries of a document, where any (${DEFAULT-VALUE})")
    private int fresh;

    @Option(
            names = "--warm-up",
            defaultValue = "PT20S",
            description = "time that is not counted, once every feed was polled (${DEFAULT-VALUE})")
    private Duration warmUp = Duration.ofSeconds(20);

    @Option(names = "--for", defaultValue = "PT20S", description = "time that is counted (${DEFAULT-VALUE})")
    private Duration time = Duration.ofSeconds(20);

    @Option(names = "--in-flight", defaultValue = "64", description = "requests at a time (${DEFAULT-VALUE})")
    private int inFlight;

    @Option(names = "--only", description = "one of 304, known, new; all if absent")
    private List<String> only = List.of();

    @Override
    public Integer call() throws Exception {
        fetchers.tellLoad();
        for (var load : loads().entrySet()) {
            if (only.isEmpty() || only.contains(load.getKey())) {
                compare(load.getKey(), load.getValue());
            }
        }
        return 0;
    }

    private Map<String, LoadServer.Load> loads() {
        var loads = new LinkedHashMap<String, LoadServer.Load>();
        loads.put("304", new LoadServer.Load(entries, bytes, 0, true));
        loads.put("known", new LoadServer.Load(entries, bytes, 0, false));
        loads.put("new", new LoadServer.Load(entries, bytes, fresh, false));
        return loads;
    }

    /** The bare client before and after, so that a machine that slows down meanwhile flatters neither. */
    private void compare(String name, LoadServer.Load load) throws InterruptedException, IOException {
        var answer = load.conditional() ? "304" : "200";
        try (var broker = TestServices.freshKafka();
                var ledger = Ledger.counting();
                var server = new LoadServer(load, feeds, ports, InstantSource.system(), ledger)) {
            double before = bare(server.urls(), ledger, answer);
            double[] polls = new double[2];
            try (var fetcher = fetchers.start("throughput-" + name, broker.bootstrapServers(), settings())) {
                long known = ledger.count(answer);
                FeedWriter.write(broker.bootstrapServers(), server.urls());
                ledger.await(answer, known + feeds, START);
                Thread.sleep(warmUp);
                var cpu = fetcher.cpu();
                polls[0] = rate(ledger, answer);
                polls[1] = fetcher.cpu().minus(cpu).toNanos() / 1e3 / time.toSeconds() / polls[0];
            }
            double bare = (before + bare(server.urls(), ledger, answer)) / 2;
            fetchers.out()
                    .printf(
                            Locale.ROOT,
                            "%s: bare client %.0f/s, fetcher %.0f/s, ratio %.2f; the fetcher takes %.0f µs of a core a poll%n",
                            name,
                            bare,
                            polls[0],
                            polls[0] / bare,
                            polls[1]);
        }
    }

    private double bare(List<String> urls, Ledger ledger, String answer) throws InterruptedException, IOException {
        try (var _ = BareClient.start(urls, inFlight)) {
            Thread.sleep(warmUp.dividedBy(4));
            return rate(ledger, answer);
        }
    }

    private double rate(Ledger ledger, String answer) throws InterruptedException {
        long before = ledger.count(answer);
        long start = System.nanoTime();
        Thread.sleep(time);
        return (ledger.count(answer) - before) * 1e9 / (System.nanoTime() - start);
    }

    /** No politeness, so that only the work counts. */
    private Map<String, String> settings() {
        return Map.of(
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
