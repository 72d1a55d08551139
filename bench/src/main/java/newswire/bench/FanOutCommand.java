package newswire.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import newswire.contract.Samples;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** What it costs the store to stream changes to many, and how soon they have them. */
@Command(
        name = "fan-out",
        description =
                "One store, many readers of its stream of changes: delay from the topic to each, heap, processor time.",
        mixinStandardHelpOptions = true)
final class FanOutCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--jar",
            defaultValue = "services/store/target/store-0.1.0-exec.jar",
            description = "the store (${DEFAULT-VALUE})")
    private Path jar = Path.of("");

    @Option(names = "--logs", defaultValue = "bench/target/logs", description = "folder for logs (${DEFAULT-VALUE})")
    private Path logs = Path.of("");

    @Option(names = "--heap", defaultValue = "256m", description = "-Xmx of the store (${DEFAULT-VALUE})")
    private String heap = "256m";

    @Option(names = "--clients", defaultValue = "500", description = "readers (${DEFAULT-VALUE})")
    private int clients;

    @Option(names = "--changes", defaultValue = "300", description = "articles (${DEFAULT-VALUE})")
    private int changes;

    @Option(names = "--rate", defaultValue = "5", description = "articles a second (${DEFAULT-VALUE})")
    private int rate;

    @Override
    public Integer call() throws Exception {
        int port = freePort();
        var readers = new ArrayList<StreamReader>();
        try (var broker = TestServices.freshKafka();
                var store = StoreProcess.start(jar, heap, settings(broker, port), logs);
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            Awaitility.await("the store").atMost(Duration.ofMinutes(3)).until(() -> answers(port));
            var ids = ids();
            long empty = store.heapInUse();
            for (int i = 0; i < clients; i++) {
                readers.add(new StreamReader(port, ids));
            }
            Awaitility.await("all streams")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> readers.stream().allMatch(StreamReader::isOpen));
            long connected = store.heapInUse();
            var before = store.cpu();
            var sent = send(producer);
            var delays = delays(readers, sent);
            var used = store.cpu().minus(before);
            return report(delays, empty, connected, store.heapInUse(), used);
        } finally {
            for (var reader : readers) {
                reader.close();
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Map<String, String> settings(TestServices.Kafka broker, int port) {
        var settings = new HashMap<>(TestServices.postgres().springProperties());
        settings.put("spring.kafka.bootstrap-servers", broker.bootstrapServers());
        settings.put("server.port", String.valueOf(port));
        settings.put("server.tomcat.max-connections", String.valueOf(clients + 100));
        settings.put("store.changes.clients", String.valueOf(clients));
        return settings;
    }

    private static boolean answers(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException ex) {
            return false;
        }
    }

    private Map<String, Integer> ids() {
        var ids = new HashMap<String, Integer>();
        for (int number = 0; number < changes; number++) {
            ids.put(id(number), number);
        }
        return Map.copyOf(ids);
    }

    private static String id(int number) {
        return new UUID(0x4000L, 0x8000000000000000L | number).toString();
    }

    /** Sends the articles evenly; returns when each was sent. */
    private long[] send(KafkaProducer<String, byte[]> producer) {
        var sent = new long[changes];
        var document = (ObjectNode) Encoding.json().readTree(Samples.bytes("article-seed"));
        long start = System.nanoTime();
        for (int number = 0; number < changes; number++) {
            LockSupport.parkNanos(start + number * (1_000_000_000L / rate) - System.nanoTime());
            var value = Encoding.json().writeValueAsBytes(document.put("uri", "urn:uuid:" + id(number)));
            sent[number] = System.nanoTime();
            var _ = producer.send(new ProducerRecord<>(Topics.ARTICLES, id(number), value));
        }
        producer.flush();
        return sent;
    }

    /** Of each change and reader, in milliseconds, the shortest first. */
    private List<Double> delays(List<StreamReader> readers, long[] sent) {
        Awaitility.await("all changes at all readers")
                .atMost(Duration.ofMinutes(3))
                .until(() -> readers.stream().allMatch(reader -> {
                    for (int number = 0; number < changes; number++) {
                        if (reader.came(number) == 0) {
                            return false;
                        }
                    }
                    return true;
                }));
        var delays = new ArrayList<Double>();
        for (var reader : readers) {
            for (int number = 0; number < changes; number++) {
                delays.add((reader.came(number) - sent[number]) / 1e6);
            }
        }
        delays.sort(null);
        return delays;
    }

    private int report(List<Double> delays, long empty, long connected, long after, Duration used) {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%d readers, %d changes each: delay p50 %.0f ms, p95 %.0f ms, p99 %.0f ms, longest %.0f ms%n",
                clients,
                changes,
                quantile(delays, 0.5),
                quantile(delays, 0.95),
                quantile(delays, 0.99),
                quantile(delays, 1));
        out.printf(
                Locale.ROOT,
                "heap %.1f MB without readers, %.1f MB with them (%.1f kB each), %.1f MB afterwards%n",
                empty / 1e6,
                connected / 1e6,
                (connected - empty) / 1e3 / clients,
                after / 1e6);
        out.printf(
                Locale.ROOT,
                "processor %.1f s, %.0f µs a change and reader%n",
                used.toMillis() / 1e3,
                used.toNanos() / 1e3 / delays.size());
        return 0;
    }

    private static double quantile(List<Double> sorted, double share) {
        return sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }
}
