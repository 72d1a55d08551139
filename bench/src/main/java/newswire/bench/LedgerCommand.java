package newswire.bench;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import newswire.contract.Feed;
import newswire.contract.NewsRecord;
import newswire.contract.RawArticle;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.kafka.RecordSerializer;
import newswire.fetcher.FetcherApplication;
import newswire.normalizer.NormalizerApplication;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the normalizer's ledger costs: bytes an article, and the time of a decision. */
@Command(
        name = "ledger",
        description = "One normalizer at a real broker reads articles that are all new, then the same again, then all"
                + " changed. Tells articles a second; processor time of the stream's thread an article, and how"
                + " much of it is normalizing alone; bytes an article of the ledger on disk and in its changelogs,"
                + " by store.",
        mixinStandardHelpOptions = true)
final class LedgerCommand implements Callable<Integer> {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final URI FEED = URI.create("https://news.example.org/feed/");
    private static final Instant FETCHED = Instant.parse("2026-03-02T08:05:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int ENTRIES = 10;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--articles", defaultValue = "20000", description = "that there are (${DEFAULT-VALUE})")
    private int articles;

    @Option(names = "--seed", defaultValue = "1", description = "of their texts (${DEFAULT-VALUE})")
    private long seed;

    @Override
    public Integer call() throws Exception {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        var folder = Files.createTempDirectory("ledger");
        try (var broker = TestServices.freshKafka()) {
            var servers = broker.bootstrapServers();
            out.printf("%-14s %12s %14s %14s%n", "", "articles/s", "µs an article", "µs beyond it");
            Map<String, Long> before = Map.of();
            try (var application = NormalizerApplication.run(
                    "--spring.kafka.bootstrap-servers=" + servers,
                    "--newswire.kafka.partitions=1",
                    "--normalizer.state-dir=" + folder,
                    "--normalizer.revision-spacing=0s",
                    "--server.port=0",
                    "--logging.level.root=warn")) {
                var meters = application.getBean(MeterRegistry.class);
                var first = raws("Story", FETCHED);
                round(out, "warm-up", servers, meters, raws("Before", FETCHED));
                before = changelogs(servers);
                round(out, "all new", servers, meters, first);
                tell(out, "changelog, new", before, changelogs(servers));
                before = changelogs(servers);
                round(out, "all known", servers, meters, first);
                tell(out, "changelog, known", before, changelogs(servers));
                before = changelogs(servers);
                round(out, "all changed", servers, meters, raws("Changed", FETCHED.plusSeconds(3_600)));
                tell(out, "changelog, changed", before, changelogs(servers));
            }
            tellDisk(out, folder);
        }
        return 0;
    }

    /** Articles with a guid, an address and a text of some sentences; the same numbers are the same articles. */
    private List<RawArticle> raws(String title, Instant at) throws IOException {
        var raws = new ArrayList<RawArticle>();
        var random = new Random(seed);
        var prose = Prose.all().getFirst();
        int first = title.equals("Before") ? articles : 0;
        for (int begin = first; begin < first + articles; begin += ENTRIES) {
            var items = new StringBuilder();
            for (int number = begin; number < begin + ENTRIES; number++) {
                items.append("""
                    <item><title>%1$s %2$d</title><link>https://news.example.org/2026/03/02/story-%2$d/</link>
                    <guid isPermaLink="false">https://news.example.org/?p=%2$d</guid><author>jane@news.example.org (Jane Roe)</author>
                    <pubDate>Mon, 02 Mar 2026 08:00:00 +0000</pubDate><description><![CDATA[<p>%3$s</p><p>%4$s</p>]]></description></item>
                    """.formatted(title, number, prose.text(random, 4), prose.text(random, 6)));
            }
            var document = "<rss version=\"2.0\"><channel><title>News</title>" + items + "</channel></rss>";
            raws.addAll(
                    FetcherApplication.read(Feed.of(FEED, FETCHED), document.getBytes(StandardCharsets.UTF_8), null, at)
                            .entries());
        }
        return raws;
    }

    private static void round(PrintWriter out, String what, String servers, MeterRegistry meters, List<RawArticle> raws)
            throws InterruptedException {
        double seen = count(meters);
        long cpu = cpu();
        long begin = System.nanoTime();
        send(servers, raws);
        while (count(meters) < seen + raws.size()) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IllegalStateException("only " + (count(meters) - seen) + " of " + raws.size());
            }
            Thread.sleep(20);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double each = (cpu() - cpu) / 1e3 / raws.size();
        var alone = Cost.of(Map.of("alone", () -> raws.forEach(NormalizerApplication::normalize)), 0, 1);
        double normalizing = Objects.requireNonNull(alone.get("alone")).nanos() / 1e3 / raws.size();
        out.printf(Locale.ROOT, "%-14s %12.0f %14.1f %14.1f%n", what, raws.size() / seconds, each, each - normalizing);
        out.flush();
    }

    private static void send(String servers, List<RawArticle> raws) {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "compression.type", "zstd");
        try (var producer = new KafkaProducer<String, NewsRecord>(
                settings, new StringSerializer(), new RecordSerializer("fetcher"))) {
            for (var raw : raws) {
                var key = raw.feed().publisher().scope().value();
                var _ = producer.send(new ProducerRecord<>(Topics.RAW_ARTICLES, key, raw));
            }
        }
    }

    private static double count(MeterRegistry meters) {
        return meters.find("normalizer.raw.articles").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** What the stream's threads have used of the processor. */
    private static long cpu() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches(".*StreamThread-\\d+"))
                .mapToLong(thread -> THREADS.getThreadCpuTime(thread.threadId()))
                .sum();
    }

    /** Bytes by store. */
    private static Map<String, Long> changelogs(String servers) throws ExecutionException, InterruptedException {
        var sizes = new HashMap<String, Long>();
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            var brokers = admin.describeCluster().nodes().get().stream()
                    .map(node -> node.id())
                    .toList();
            for (var logs :
                    admin.describeLogDirs(brokers).allDescriptions().get().values()) {
                logs.values()
                        .forEach(log -> log.replicaInfos().forEach((partition, replica) -> {
                            if (partition.topic().endsWith("-changelog")) {
                                var store = partition
                                        .topic()
                                        .replaceFirst("^[^-]*-", "")
                                        .replace("-changelog", "");
                                sizes.merge(store, replica.size(), Long::sum);
                            }
                        }));
            }
        }
        return sizes;
    }

    private void tell(PrintWriter out, String what, Map<String, Long> before, Map<String, Long> after) {
        long all = 0;
        var parts = new ArrayList<String>();
        for (var store : new TreeMap<>(after).entrySet()) {
            long bytes = (store.getValue() - before.getOrDefault(store.getKey(), 0L)) / articles;
            all += bytes;
            parts.add(store.getKey() + " " + bytes);
        }
        out.printf("%-20s %d bytes an article: %s%n", what, all, String.join(", ", parts));
        out.flush();
    }

    /** RocksDB's files of all stores, half of whose articles were changed once. */
    private void tellDisk(PrintWriter out, Path folder) throws IOException {
        var sizes = new TreeMap<String, Long>();
        try (var files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".sst"))
                    .forEach(file -> sizes.merge(store(file), size(file), Long::sum));
        }
        long all = sizes.values().stream().mapToLong(size -> size).sum();
        out.printf("%-20s %d bytes an article: ", "on disk", all / (2L * articles));
        sizes.forEach((store, size) -> out.printf("%s %d ", store, size / (2L * articles)));
        out.println();
        out.flush();
    }

    /** The folder that it is in. */
    private static String store(Path file) {
        return file.getName(file.getNameCount() - 2).toString();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
