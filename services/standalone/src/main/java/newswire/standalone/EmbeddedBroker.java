package newswire.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's own broker and controller as one node in this JVM, on loopback, with its files in the data folder. What it has
 * acknowledged survives the kill of the process, not a power cut: Kafka leaves the writing to the operating system.
 */
final class EmbeddedBroker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final int PREFERRED_PORT = 9092;

    private final KafkaRaftServer server;
    private final String address;

    private EmbeddedBroker(KafkaRaftServer server, String address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Starts the broker; returns when it answers.
     *
     * @param broken told once, from a thread of the broker, if the broker later has to give up, as with a full disk
     */
    static EmbeddedBroker start(DataFolder data, Consumer<String> broken) {
        var folder = data.resolve("kafka");
        int port = data.port("kafka", PREFERRED_PORT);
        int controllerPort = data.port("kafka-controller", PREFERRED_PORT + 1);
        insteadOfEndingTheProcess(broken);
        try {
            format(folder);
            var server = new KafkaRaftServer(
                    KafkaConfig.fromProps(properties(settings(folder, port, controllerPort)), false), Time.SYSTEM);
            server.startup();
            return new EmbeddedBroker(server, "127.0.0.1:" + port);
        } catch (Exception ex) { // Kafka declares no more than this
            throw new StartupException("The Kafka broker did not start: %s".formatted(rootMessage(ex)), ex);
        }
    }

    /** Kafka halts the JVM when its disk fails. Here that would leave the database without its master. */
    private static void insteadOfEndingTheProcess(Consumer<String> broken) {
        Exit.Procedure tell = (status, message) -> {
            log.error("Broker gave up, status={} message={}", status, message);
            broken.accept(
                    "The Kafka broker gave up (status %d%s).".formatted(status, message == null ? "" : ", " + message));
            while (true) {
                LockSupport.park(); // the caller expects never to return
            }
        };
        Exit.setExitProcedure(tell);
        Exit.setHaltProcedure(tell);
    }

    private static String rootMessage(Throwable failure) {
        var at = failure;
        for (var cause = at.getCause(); cause != null; cause = at.getCause()) {
            at = cause;
        }
        return at.toString();
    }

    private static void format(Path folder) throws Exception {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        createDirectory(folder);
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .setHasDynamicQuorum(false)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setIgnoreFormatted(true)
                .setMetadataLogDirectory(folder.toString())
                .addDirectory(folder.toString())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }

    private static void createDirectory(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException ex) {
            throw new StartupException("The folder %s cannot be made: %s".formatted(folder, ex), ex);
        }
    }

    private static Properties properties(Map<String, String> settings) {
        var properties = new Properties();
        properties.putAll(settings);
        return properties;
    }

    private static Map<String, String> settings(Path folder, int port, int controllerPort) {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry(
                        "listeners",
                        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort)),
                Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("log.dirs", folder.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("message.max.bytes", "8388608"),
                // One node has to do.
                Map.entry("default.replication.factor", "1"),
                Map.entry("min.insync.replicas", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                // The controller refuses a killed broker's successor until the session is over.
                Map.entry("broker.session.timeout.ms", "2000"),
                Map.entry("broker.heartbeat.interval.ms", "500"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // Small: each partition is a folder to open at start, and the buffer is heap.
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("log.index.size.max.bytes", "1048576"),
                Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("background.threads", "4"));
    }

    /** Host and port for clients. */
    String address() {
        return address;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
