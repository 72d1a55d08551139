package newswire.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import newswire.contract.TestServices;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Several fetchers and one publisher: what its server sees, also when fetchers are killed. */
@Command(
        name = "politeness",
        description = "Real fetcher processes against many feeds of one scope, measured at the server. One fetcher is"
                + " killed half-way; then the server answers 429 with 36 hours, and all are killed.",
        mixinStandardHelpOptions = true)
final class PolitenessCommand implements Callable<Integer> {
    private static final int MOST_IN_FLIGHT = 2;
    private static final Duration SPACING = Duration.ofSeconds(5);

    @Mixin
    private Fetchers fetchers = new Fetchers();

    @Option(names = "--feeds", defaultValue = "200", description = "feeds of the scope (${DEFAULT-VALUE})")
    private int feeds;

    @Option(names = "--fetchers", defaultValue = "3", description = "processes (${DEFAULT-VALUE})")
    private int count;

    @Option(names = "--for", defaultValue = "PT4M", description = "time before the 429 (${DEFAULT-VALUE})")
    private Duration time = Duration.ofMinutes(4);

    @Option(names = "--delay", defaultValue = "PT7S", description = "time that an answer takes (${DEFAULT-VALUE})")
    private Duration delay = Duration.ofSeconds(7);

    @Option(
            names = "--silence",
            defaultValue = "PT90S",
            description = "how long to listen after the kill (${DEFAULT-VALUE})")
    private Duration silence = Duration.ofSeconds(90);

    @Override
    public Integer call() throws Exception {
        var out = fetchers.out();
        var clock = InstantSource.system();
        var plan = new FarmPlan(1, feeds, Duration.ofMinutes(1), 20, 0, clock.instant());
        try (var broker = TestServices.freshKafka();
                var ledger = Ledger.inMemory();
                var farm = new Farm(plan, 0, 1, clock, ledger)) {
            farm.delay(delay);
            return measure(out, farm, ledger, broker.bootstrapServers()) ? 0 : 1;
        }
    }

    private boolean measure(PrintWriter out, Farm farm, Ledger ledger, String broker) throws InterruptedException {
        var fleet = new ArrayList<>(start(broker));
        try {
            FeedWriter.write(broker, farm.urls());
            Thread.sleep(time.dividedBy(2));
            killOwner(out, fleet, ledger);
            Thread.sleep(time.dividedBy(2));
            var polite = Politeness.of(ledger.visits());
            report(out, ledger, polite);
            boolean silent = silence(out, farm, ledger, fleet, broker);
            return silent && polite(polite);
        } finally {
            fleet.forEach(FetcherProcess::close);
        }
    }

    private static boolean polite(Politeness polite) {
        var spacing = polite.shortestSpacing();
        return polite.mostInFlight() <= MOST_IN_FLIGHT && spacing != null && spacing.compareTo(SPACING) >= 0;
    }

    private List<FetcherProcess> start(String broker) {
        var fleet = new ArrayList<FetcherProcess>();
        for (int n = 1; n <= count; n++) {
            fleet.add(fetchers.start("fetcher-" + n, broker, settings()));
        }
        return fleet;
    }

    /** Feeds that are due all the time, so that only the budget holds them back. */
    private static Map<String, String> settings() {
        return Map.of(
                "fetcher.import-burst", "1000",
                "fetcher.poll.default-interval", "30s",
                "fetcher.poll.floor", "10s",
                "fetcher.poll.ceiling", "1m");
    }

    /** The instance that polls, by the books: the others of this scope have nothing to do. */
    private static void killOwner(PrintWriter out, List<FetcherProcess> fleet, Ledger ledger)
            throws InterruptedException {
        var visits = ledger.visits();
        var agent = visits.isEmpty() ? "" : visits.getLast().agent();
        for (var fetcher : List.copyOf(fleet)) {
            if (agent.contains(fetcher.name())) {
                fetcher.kill();
                fleet.remove(fetcher);
                out.println("killed " + fetcher.name() + " after " + visits.size() + " requests");
            }
        }
    }

    private boolean silence(PrintWriter out, Farm farm, Ledger ledger, List<FetcherProcess> fleet, String broker)
            throws InterruptedException {
        farm.mischief(Mischief.TOO_MANY_SECONDS);
        var told = awaitFirst(ledger);
        if (told == null) {
            out.println("no request met the 429");
            return false;
        }
        Thread.sleep(10_000);
        for (var fetcher : List.copyOf(fleet)) {
            fetcher.kill();
        }
        fleet.clear();
        fleet.addAll(start(broker));
        Thread.sleep(silence);
        long after = ledger.visits().stream()
                .filter(visit -> visit.started().isAfter(told))
                .count();
        out.println("after the first 429 (Retry-After: 129600), kill -9 of all and restart: " + after + " requests in "
                + silence.plusSeconds(10));
        // One more may have been on its way when the first was answered.
        return after < MOST_IN_FLIGHT;
    }

    private static @Nullable Instant awaitFirst(Ledger ledger) throws InterruptedException {
        for (int n = 0; n < 120; n++) {
            var told = ledger.visits().stream()
                    .filter(visit -> visit.answer().equals(Mischief.TOO_MANY_SECONDS.path()))
                    .map(Ledger.Visit::ended)
                    .min(Instant::compareTo);
            if (told.isPresent()) {
                return told.get();
            }
            Thread.sleep(500);
        }
        return null;
    }

    private static void report(PrintWriter out, Ledger ledger, Politeness polite) {
        var instances = ledger.visits().stream()
                .collect(Collectors.groupingBy(
                        visit -> visit.agent().replaceFirst(".*http://(fetcher-\\d+).*", "$1"), Collectors.counting()));
        out.println(polite.requests() + " requests by " + instances + ", at most " + polite.mostInFlight()
                + " in flight, shortest spacing " + polite.shortestSpacing());
    }
}
