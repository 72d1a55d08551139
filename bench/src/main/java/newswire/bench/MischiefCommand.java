package newswire.bench;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import newswire.contract.FeedId;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Every way to misbehave, met by a real fetcher: by which name does an operator see it? */
@Command(
        name = "mischief",
        description = "One fetcher polls every /bad/<way> once; prints the outcome in news.feed-state.v1 beside what it"
                + " should be. Exit code 1 if one differs.",
        mixinStandardHelpOptions = true)
final class MischiefCommand implements Callable<Integer> {
    private static final Map<String, String> SETTINGS =
            Map.of("fetcher.import-burst", "1000", "fetcher.host.per-address", "1000");

    @Mixin
    private Fetchers fetchers = new Fetchers();

    @Option(names = "--for", defaultValue = "PT2M", description = "longest wait for all polls (${DEFAULT-VALUE})")
    private Duration time = Duration.ofMinutes(2);

    @Override
    public Integer call() throws Exception {
        var out = fetchers.out();
        var clock = InstantSource.system();
        var plan = new FarmPlan(1, 0, Duration.ofMinutes(1), 1, 0, clock.instant());
        try (var broker = TestServices.freshKafka();
                var ledger = Ledger.counting();
                var farm = new Farm(plan, 0, Mischief.values().length, clock, ledger);
                var _ = fetchers.start("mischief", broker.bootstrapServers(), SETTINGS)) {
            var ways = ways(farm.ports());
            FeedWriter.write(broker.bootstrapServers(), List.copyOf(ways.keySet()));
            return report(out, ways, outcomes(broker.bootstrapServers(), ways)) ? 0 : 1;
        }
    }

    /** Each at a port of its own, so that no budget makes them wait for one another. */
    private static Map<String, Mischief> ways(List<Integer> ports) {
        var ways = new LinkedHashMap<String, Mischief>();
        var free = ports.iterator();
        for (var way : Mischief.values()) {
            ways.put("http://127.0.0.1:" + free.next() + way.path(), way);
        }
        return ways;
    }

    /** The first outcome of each feed, by id. */
    private Map<String, String> outcomes(String broker, Map<String, Mischief> ways) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker, "group.id", UUID.randomUUID().toString(), "auto.offset.reset", "earliest");
        var outcomes = new HashMap<String, String>();
        var json = new JsonMapper();
        long end = System.nanoTime() + time.toNanos();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.FEED_STATES));
            while (outcomes.size() < ways.size() && System.nanoTime() < end) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    var polls = json.readTree(record.value()).path("polls");
                    if (!polls.isEmpty()) {
                        outcomes.putIfAbsent(
                                record.key(),
                                polls.get(polls.size() - 1).path("outcome").asString(""));
                    }
                }
            }
        }
        return outcomes;
    }

    private static boolean report(PrintWriter out, Map<String, Mischief> ways, Map<String, String> outcomes) {
        int right = 0;
        for (var way : ways.entrySet()) {
            var outcome =
                    outcomes.getOrDefault(FeedId.of(URI.create(way.getKey())).toString(), "never polled");
            boolean good = way.getValue().endsIn(outcome);
            right += good ? 1 : 0;
            out.printf(
                    "%-6s %-26s %-22s %s%n",
                    good ? "" : "WRONG",
                    way.getValue().path(),
                    outcome,
                    way.getValue().description());
        }
        out.println(right + " of " + ways.size() + " as expected");
        return right == ways.size();
    }
}
