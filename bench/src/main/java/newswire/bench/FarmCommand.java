package newswire.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves a farm for people and other programs. */
@Command(
        name = "farm",
        description = "Serves many feeds on loopback: /feeds/<n>, /feeds.opml, /bad/<way>. Ends by itself.",
        mixinStandardHelpOptions = true)
final class FarmCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--feeds", defaultValue = "100", description = "how many feeds (${DEFAULT-VALUE})")
    private int feeds;

    @Option(names = "--seed", defaultValue = "1", description = "what decides all chances (${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--port", defaultValue = "8090", description = "first port, 0 = any free (${DEFAULT-VALUE})")
    private int port;

    @Option(names = "--ports", defaultValue = "1", description = "ports in a row, each a scope (${DEFAULT-VALUE})")
    private int ports;

    @Option(names = "--gap", defaultValue = "PT1M", description = "mean time between entries (${DEFAULT-VALUE})")
    private Duration gap = Duration.ofMinutes(1);

    @Option(names = "--window", defaultValue = "20", description = "fewest entries a document (${DEFAULT-VALUE})")
    private int window;

    @Option(names = "--trouble", defaultValue = "0", description = "share of bad answers, 0 to 1 (${DEFAULT-VALUE})")
    private double trouble;

    @Option(names = "--ledger", description = "file for what was asked and shown")
    private @Nullable Path ledgerFile;

    @Option(names = "--for", defaultValue = "PT1H", description = "how long to serve (${DEFAULT-VALUE})")
    private Duration time = Duration.ofHours(1);

    @Option(names = "--ways", description = "only list the ways to misbehave")
    private boolean ways;

    @Override
    public Integer call() throws InterruptedException {
        var out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        if (ways) {
            Farm.ways().forEach(out::println);
            return 0;
        }
        var clock = InstantSource.system();
        var plan =
                new FarmPlan(seed, feeds, gap, window, trouble, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        try (var ledger = ledgerFile == null ? Ledger.inMemory() : Ledger.in(ledgerFile);
                var farm = new Farm(plan, port, ports, clock, ledger)) {
            out.println("http://127.0.0.1:" + farm.ports().getFirst() + "/feeds.opml has " + feeds + " feeds");
            Thread.sleep(time);
            out.println(ledger.visits().size() + " requests, " + ledger.shown().size() + " entries shown");
        }
        return 0;
    }
}
