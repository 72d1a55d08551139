package newswire.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import newswire.contract.TestServices;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether publishers that say nothing hold up those that do. */
@Command(
        name = "dead-hosts",
        description =
                "One fetcher, very many dead hosts, some that are well; all feeds are due at once. A third of the dead"
                        + " takes a request and never answers, a third refuses connections, a third lets them hang. Time runs"
                        + " faster: intervals of 30 minutes, answers awaited for 15 seconds, connections for 5, each divided by"
                        + " --speed. Exit code 1 if a healthy feed ever waits longer than twice its interval.",
        mixinStandardHelpOptions = true)
final class DeadHostsCommand implements Callable<Integer> {
    private static final Duration INTERVAL = Duration.ofMinutes(30);

    @Mixin
    private Fetchers fetchers = new Fetchers();

    @Option(names = "--dead", defaultValue = "10000", description = "dead hosts (${DEFAULT-VALUE})")
    private int dead;

    @Option(names = "--healthy", defaultValue = "1000", description = "healthy feeds (${DEFAULT-VALUE})")
    private int healthy;

    @Option(names = "--speed", defaultValue = "15", description = "how much faster time runs (${DEFAULT-VALUE})")
    private int speed;

    @Option(names = "--for", defaultValue = "PT8M", description = "time that is watched (${DEFAULT-VALUE})")
    private Duration time = Duration.ofMinutes(8);

    @Override
    public Integer call() throws Exception {
        var clock = InstantSource.system();
        fetchers.tellLoad();
        try (var broker = TestServices.freshKafka();
                var ledger = Ledger.inMemory();
                var living =
                        new LoadServer(new LoadServer.Load(20, 20_000, 1, false), healthy, healthy, clock, ledger);
                var hosts = new DeadHosts(dead, faster(Duration.ofSeconds(40)));
                var _ = fetchers.start("dead-hosts", broker.bootstrapServers(), settings())) {
            var urls = new ArrayList<>(hosts.urls());
            urls.addAll(living.urls());
            FeedWriter.write(broker.bootstrapServers(), urls);
            Thread.sleep(time);
            var waits = Waits.of(ledger.visits(), Instant.EPOCH, clock.instant());
            fetchers.out()
                    .println(
                            "interval " + faster(INTERVAL) + ", " + hosts.urls().size() + " dead hosts; " + waits);
            boolean all = waits.feeds() == healthy;
            return all && waits.longest().compareTo(faster(INTERVAL).multipliedBy(2)) <= 0 ? 0 : 1;
        }
    }

    private Duration faster(Duration real) {
        return real.dividedBy(speed);
    }

    private Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("fetcher.import-burst", "1000000"),
                Map.entry("fetcher.host.spacing", millis(Duration.ofSeconds(5))),
                Map.entry("fetcher.host.per-address", "1000"),
                Map.entry("fetcher.limits.connect", millis(Duration.ofSeconds(5))),
                Map.entry("fetcher.limits.first-byte", millis(Duration.ofSeconds(15))),
                Map.entry("fetcher.limits.exchange", millis(Duration.ofSeconds(30))),
                Map.entry("fetcher.poll.default-interval", millis(INTERVAL)),
                Map.entry("fetcher.poll.floor", millis(Duration.ofMinutes(10))),
                Map.entry("fetcher.poll.invited-floor", millis(Duration.ofMinutes(5))),
                // So that a wait of a feed that has nothing new is not its own longer and longer interval.
                Map.entry("fetcher.poll.ceiling", millis(INTERVAL)));
    }

    private String millis(Duration real) {
        return faster(real).toMillis() + "ms";
    }
}
