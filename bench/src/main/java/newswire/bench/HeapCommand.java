package newswire.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import newswire.contract.TestServices;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a feed costs in memory. */
@Command(
        name = "heap",
        description =
                "Heap of a fetcher after a full collection: with feeds that were never polled; after each was polled"
                        + " once; and, started anew, with feeds that have been polled for a month, their last 30 polls included. A"
                        + " tenth of the feeds is polled before all else and not counted, so that buffers are no part of what a"
                        + " feed costs. Exit code 1 if a feed costs more than 2 KB.",
        mixinStandardHelpOptions = true)
final class HeapCommand implements Callable<Integer> {
    private static final int MOST = 2_048;

    @Mixin
    private Fetchers fetchers = new Fetchers();

    @Option(names = "--feeds", defaultValue = "100000", description = "feeds (${DEFAULT-VALUE})")
    private int feeds;

    @Option(names = "--ports", defaultValue = "256", description = "publisher scopes (${DEFAULT-VALUE})")
    private int ports;

    @Option(names = "--entries", defaultValue = "25", description = "entries of a document (${DEFAULT-VALUE})")
    private int entries;

    @Option(names = "--spread", defaultValue = "PT4M", description = "time for the polls of all (${DEFAULT-VALUE})")
    private Duration spread = Duration.ofMinutes(4);

    @Option(names = "--for", defaultValue = "PT10M", description = "longest wait for the polls (${DEFAULT-VALUE})")
    private Duration time = Duration.ofMinutes(10);

    private long most;

    @Override
    public Integer call() throws Exception {
        var load = new LoadServer.Load(entries, 1_000 * entries, 0, true);
        fetchers.tellLoad();
        try (var broker = TestServices.freshKafka();
                var ledger = Ledger.counting();
                var server = new LoadServer(load, feeds, ports, InstantSource.system(), ledger)) {
            long empty = polled(broker.bootstrapServers(), server, ledger);
            FeedWriter.remember(
                    broker.bootstrapServers(),
                    server.urls().stream().map(url -> Map.entry(url, Histories.of(url, entries, Instant.now()))));
            try (var fetcher = fetchers.start("heap-restarted", broker.bootstrapServers(), settings())) {
                fetcher.awaitLog("Feeds taken over", time);
                Thread.sleep(5_000);
                tell("polled for a month", feeds, fetcher.heapInUse() - empty);
            }
        }
        return most <= MOST ? 0 : 1;
    }

    /** Returns what a fetcher takes that has no feeds. */
    private long polled(String broker, LoadServer server, Ledger ledger) throws InterruptedException {
        var urls = server.urls();
        int first = feeds / 10;
        try (var fetcher = fetchers.start("heap", broker, settings())) {
            FeedWriter.write(broker, urls.subList(0, 0));
            Thread.sleep(5_000);
            long empty = fetcher.heapInUse();
            FeedWriter.write(broker, urls.subList(0, first));
            awaitPolls(ledger, first);
            long warm = fetcher.heapInUse();
            FeedWriter.write(broker, urls.subList(first, feeds));
            Thread.sleep(15_000);
            long early = ledger.count("200") - first;
            tell("not polled yet, but for " + early, feeds - first, fetcher.heapInUse() - warm);
            awaitPolls(ledger, feeds);
            tell("polled once", feeds - first, fetcher.heapInUse() - warm);
            return empty;
        }
    }

    private void tell(String what, int count, long heap) {
        fetchers.out()
                .printf(Locale.ROOT, "%d feeds, %s: %.1f MB, %d bytes a feed%n", count, what, heap / 1e6, heap / count);
        most = Math.max(most, heap / count);
    }

    private void awaitPolls(Ledger ledger, int count) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (ledger.count("200") < count && System.nanoTime() < end) {
            Thread.sleep(1_000);
        }
        Thread.sleep(5_000);
        fetchers.out().println(ledger.count("200") + " polls");
    }

    /** Each feed is polled once within minutes and then not again for a day. */
    private Map<String, String> settings() {
        return Map.of(
                "fetcher.import-burst", "1",
                "fetcher.max-in-flight", "32",
                "fetcher.host.spacing", "0s",
                "fetcher.host.in-flight", "64",
                "fetcher.host.per-address", "1000",
                "fetcher.poll.default-interval", spread.toSeconds() + "s",
                "fetcher.poll.floor", "24h",
                "fetcher.poll.ceiling", "24h");
    }
}
