package newswire.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import newswire.contract.Feed;
import newswire.contract.RawArticle;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import newswire.fetcher.FetcherApplication;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Raw articles for a system that runs somewhere on this machine, as if its fetcher had sent them, and what becomes of them. */
@Command(
        name = "load",
        description =
                "Sends raw articles to a running Newswire on this machine and tells how fast they become articles and rows.",
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {
    private static final int ENTRIES = 10;
    private static final Duration STEP = Duration.ofSeconds(5);

    /** So many steps without any progress are the end. */
    private static final int STILL = 4;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--kafka", defaultValue = "127.0.0.1:9092", description = "the broker (${DEFAULT-VALUE})")
    private String kafka = "";

    @Option(names = "--store", defaultValue = "http://127.0.0.1:8080", description = "the store (${DEFAULT-VALUE})")
    private URI store = URI.create("");

    @Option(names = "--key", defaultValue = "${env:NEWSWIRE_KEY}", description = "key of the store ($NEWSWIRE_KEY)")
    private @Nullable String key;

    @Option(names = "--articles", defaultValue = "20000", description = "how many (${DEFAULT-VALUE})")
    private int articles;

    @Option(
            names = "--rate",
            defaultValue = "0",
            description = "most a second, 0 = as fast as can be (${DEFAULT-VALUE})")
    private int rate;

    @Option(names = "--publishers", defaultValue = "40", description = "how many publishers (${DEFAULT-VALUE})")
    private int publishers;

    @Option(names = "--seed", defaultValue = "1", description = "what decides all chances (${DEFAULT-VALUE})")
    private long seed;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka);
        try (var admin = Admin.create(settings);
                var http = HttpClient.newHttpClient()) {
            var begin = new Progress(ends(admin), rows(http));
            long started = System.nanoTime();
            var sender = Thread.ofPlatform().start(() -> send(settings));
            var last = watch(out, admin, http, begin, started, sender);
            sender.join();
            return last.articles() > 0 && last.rows() > 0 ? 0 : 1;
        }
    }

    /** Articles on the topic and rows in the table. */
    private record Progress(long articles, long rows) {
        Progress since(Progress begin) {
            return new Progress(articles - begin.articles, rows - begin.rows);
        }
    }

    private Progress watch(PrintWriter out, Admin admin, HttpClient http, Progress begin, long started, Thread sender)
            throws IOException, InterruptedException, ExecutionException {
        var last = new Progress(0, 0);
        double articlesAt = 0;
        double rowsAt = 0;
        int still = 0;
        while (still < STILL) {
            LockSupport.parkNanos(STEP.toNanos());
            var now = new Progress(ends(admin), rows(http)).since(begin);
            double seconds = (System.nanoTime() - started) / 1e9;
            articlesAt = now.articles() > last.articles() ? seconds : articlesAt;
            rowsAt = now.rows() > last.rows() ? seconds : rowsAt;
            still = sender.isAlive() || !now.equals(last) ? 0 : still + 1;
            last = now;
            out.printf("%4.0f s: %d articles, %d rows%n", seconds, now.articles(), now.rows());
            out.flush();
        }
        out.printf(
                "%d raw articles: %d articles in %.0f s (%.0f/s), %d rows in %.0f s (%.0f/s)%n",
                articles,
                last.articles(),
                articlesAt,
                last.articles() / articlesAt,
                last.rows(),
                rowsAt,
                last.rows() / rowsAt);
        return last;
    }

    private void send(Map<String, Object> settings) {
        long started = System.nanoTime();
        int sent = 0;
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (int number = 0; sent < articles; number++) {
                var feed = Feed.of(
                        URI.create(
                                "https://news%d.example/feed/%d".formatted(number % publishers, number / publishers)),
                        Instant.now());
                for (var raw : entries(feed, number)) {
                    var _ = producer.send(new ProducerRecord<>(
                            Topics.RAW_ARTICLES, feed.publisher().scope().value(), Encoding.encode(raw)));
                    sent++;
                    if (rate > 0) {
                        LockSupport.parkNanos(started + sent * 1_000_000_000L / rate - System.nanoTime());
                    }
                }
            }
        }
    }

    private Iterable<RawArticle> entries(Feed feed, int number) {
        var document = new NewsDocuments(seed * 1_000_003 + number, ENTRIES)
                .documents(1)
                .getFirst();
        return FetcherApplication.read(feed, document, null, Instant.now()).entries();
    }

    private static long ends(Admin admin) throws InterruptedException, ExecutionException {
        var topics =
                admin.describeTopics(List.of(Topics.ARTICLES)).allTopicNames().get();
        var partitions = topics.values().stream()
                .flatMap(topic -> topic.partitions().stream())
                .collect(Collectors.toMap(
                        each -> new TopicPartition(Topics.ARTICLES, each.partition()), _ -> OffsetSpec.latest()));
        return admin.listOffsets(partitions).all().get().values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    private long rows(HttpClient http) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(store.resolve("/api/status"));
        if (key != null && !key.isBlank()) {
            request.header("Authorization", "Bearer " + key.strip());
        }
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(store + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return Encoding.json().readTree(answer.body()).path("articles").asLong();
    }
}
