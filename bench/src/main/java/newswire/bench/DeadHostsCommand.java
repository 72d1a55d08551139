package newswire.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import newswire.contract.TestServices;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether publishers that say nothing hold up those that do. */
@Command(
        name = "dead-hosts",
        description =
                "One fetcher, very many servers that take a request and never answer, some that are well; all feeds"
                        + " are due at once. Time runs 15 times faster: intervals of 2 minutes for 30, an answer awaited for 1"
                        + " second. Exit code 1 if a healthy feed ever waits longer than twice its interval.",
        mixinStandardHelpOptions = true)
final class DeadHostsCommand implements Callable<Integer> {
    private static final Duration INTERVAL = Duration.ofMinutes(2);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--jar",
            defaultValue = "services/fetcher/target/fetcher-0.1.0-exec.jar",
            description = "the fetcher")
    private Path jar = Path.of("");

    @Option(names = "--logs", defaultValue = "bench/target/logs", description = "folder for logs")
    private Path logs = Path.of("");

    @Option(names = "--dead", defaultValue = "10000", description = "dead hosts (${DEFAULT-VALUE})")
    private int dead;

    @Option(names = "--healthy", defaultValue = "200", description = "healthy feeds (${DEFAULT-VALUE})")
    private int healthy;

    @Option(names = "--for", defaultValue = "PT8M", description = "time that is watched (${DEFAULT-VALUE})")
    private Duration time = Duration.ofMinutes(8);

    @Override
    public Integer call() throws Exception {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        var clock = InstantSource.system();
        var plan = new FarmPlan(1, healthy, Duration.ofDays(1), 20, 0, clock.instant());
        try (var broker = TestServices.freshKafka();
                var ledger = Ledger.inMemory();
                var farm = new Farm(plan, 0, healthy + dead, clock, ledger);
                var _ = FetcherProcess.start("dead", jar, "1g", settings(broker.bootstrapServers()), logs)) {
            var urls = new ArrayList<>(farm.urls());
            farm.ports().stream()
                    .skip(healthy)
                    .map(port -> "http://127.0.0.1:" + port + Mischief.SILENCE.path())
                    .forEach(urls::add);
            FeedWriter.write(broker.bootstrapServers(), urls);
            Thread.sleep(time);
            var gaps = gaps(ledger, clock.instant());
            var longest = gaps.isEmpty() ? time : gaps.getLast();
            out.printf(
                    Locale.ROOT,
                    "%d healthy feeds, %d dead hosts asked %d times: %d waits of healthy feeds, median %d s, longest %d s%n",
                    healthy,
                    dead,
                    ledger.count(Mischief.SILENCE.path()) + ledger.count("broken off"),
                    gaps.size(),
                    gaps.isEmpty() ? 0 : gaps.get(gaps.size() / 2).toSeconds(),
                    longest.toSeconds());
            return gaps.size() >= healthy && longest.compareTo(INTERVAL.multipliedBy(2)) <= 0 ? 0 : 1;
        }
    }

    /** The times between two visits of each healthy feed, and since the last one, in order. */
    private static List<Duration> gaps(Ledger ledger, Instant end) {
        var visits = ledger.visits().stream()
                .filter(visit -> visit.path().startsWith("/feeds/"))
                .collect(Collectors.groupingBy(
                        Ledger.Visit::path, Collectors.mapping(Ledger.Visit::started, Collectors.toList())));
        var gaps = new ArrayList<Duration>();
        for (var times : visits.values()) {
            times.add(end);
            times.sort(null);
            for (int n = 1; n < times.size(); n++) {
                gaps.add(Duration.between(times.get(n - 1), times.get(n)));
            }
        }
        gaps.sort(null);
        return gaps;
    }

    private static Map<String, String> settings(String broker) {
        return Map.ofEntries(
                Map.entry("spring.kafka.bootstrap-servers", broker),
                Map.entry("fetcher.import-burst", "1000000"),
                Map.entry("fetcher.host.spacing", "333ms"),
                Map.entry("fetcher.host.per-address", "1000"),
                Map.entry("fetcher.limits.first-byte", "1s"),
                Map.entry("fetcher.limits.exchange", "2s"),
                Map.entry("fetcher.poll.default-interval", "2m"),
                Map.entry("fetcher.poll.floor", "40s"),
                Map.entry("fetcher.poll.ceiling", "8m"));
    }
}
