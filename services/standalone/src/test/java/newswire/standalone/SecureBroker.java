package newswire.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A broker that lets nobody in without TLS and, by listener, a certificate or a password; its keys are made for it. */
final class SecureBroker implements AutoCloseable {
    static final String PASSWORD = "hush-hush";

    private final Path folder;
    private final Keys keys;
    private final KafkaRaftServer server;
    private final int tls = DataFolder.anyFreePort();
    private final int sasl = DataFolder.anyFreePort();
    private final int controller = DataFolder.anyFreePort();

    /** Starts it in an empty folder. */
    SecureBroker(Path folder) throws Exception {
        this.folder = folder;
        keys = new Keys(folder);
        keys.make("broker", "ip:127.0.0.1");
        keys.make("service", "ip:127.0.0.1");
        keys.writeKey("service");
        keys.trust("broker", "service");
        keys.trust("broker", "broker");
        format();
        server = new KafkaRaftServer(KafkaConfig.fromProps(settings(), false), Time.SYSTEM);
        server.startup();
    }

    /** Where a certificate is asked for. */
    String tls() {
        return "127.0.0.1:" + tls;
    }

    /** Where a password is asked for. */
    String sasl() {
        return "127.0.0.1:" + sasl;
    }

    /** A file of the service's: {@code broker.crt}, {@code service.crt}, {@code service.key}. */
    Path file(String name) {
        return folder.resolve(name);
    }

    private void format() throws Exception {
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .setHasDynamicQuorum(false)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setScramArguments(List.of("SCRAM-SHA-512=[name=normalizer,password=" + PASSWORD + "]"))
                .setMetadataLogDirectory(folder.resolve("log").toString())
                .addDirectory(folder.resolve("log").toString())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }

    private Properties settings() throws IOException {
        var settings = new Properties();
        settings.load(new java.io.StringReader("""
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%3$d
                controller.listener.names=CONTROLLER
                listeners=TLS://127.0.0.1:%1$d,SASL://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%3$d
                listener.security.protocol.map=TLS:SSL,SASL:SASL_SSL,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=TLS
                ssl.keystore.type=PKCS12
                ssl.keystore.password=%4$s
                ssl.key.password=%4$s
                ssl.truststore.type=PKCS12
                ssl.truststore.password=%4$s
                listener.name.tls.ssl.client.auth=required
                sasl.enabled.mechanisms=SCRAM-SHA-512
                listener.name.sasl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=1
                group.initial.rebalance.delay.ms=0
                auto.create.topics.enable=false
                """.formatted(tls, sasl, controller, Keys.PASSWORD)));
        settings.put("ssl.keystore.location", keys.store("broker"));
        settings.put("ssl.truststore.location", keys.store("broker-trusts"));
        settings.put("log.dirs", folder.resolve("log").toString());
        return settings;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
