package newswire.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
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
    private static final String STORE_PASSWORD = "changeit";

    private final Path folder;
    private final KafkaRaftServer server;
    private final int tls = DataFolder.anyFreePort();
    private final int sasl = DataFolder.anyFreePort();
    private final int controller = DataFolder.anyFreePort();

    /** Starts it in an empty folder. */
    SecureBroker(Path folder) throws Exception {
        this.folder = folder;
        makeKeys("broker");
        makeKeys("service");
        trust("broker", "service", "user.crt");
        trust("broker", "broker", "ca.crt");
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

    /** A file of the service's: {@code ca.crt}, {@code user.crt}, {@code user.key}. */
    Path file(String name) {
        return folder.resolve(name);
    }

    private void makeKeys(String name) throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store(name),
                "-storepass",
                STORE_PASSWORD);
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                name,
                "-keystore",
                store(name),
                "-storepass",
                STORE_PASSWORD,
                "-file",
                file(name.equals("broker") ? "ca.crt" : "user.crt").toString());
        if (name.equals("service")) {
            Files.writeString(file("user.key"), pem(name));
        }
    }

    private String pem(String name) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(Path.of(store(name)))) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(in, STORE_PASSWORD.toCharArray());
            var key = keys.getKey(name, STORE_PASSWORD.toCharArray());
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
        }
    }

    private void trust(String who, String whom, String certificate) throws Exception {
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                whom,
                "-file",
                file(certificate).toString(),
                "-keystore",
                store(who + "-trusts"),
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD);
    }

    private String store(String name) {
        return folder.resolve(name + ".p12").toString();
    }

    private static void keytool(String... arguments) throws Exception {
        var command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(Arrays.asList(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
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
                """.formatted(tls, sasl, controller, STORE_PASSWORD)));
        settings.put("ssl.keystore.location", store("broker"));
        settings.put("ssl.truststore.location", store("broker-trusts"));
        settings.put("log.dirs", folder.resolve("log").toString());
        return settings;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
