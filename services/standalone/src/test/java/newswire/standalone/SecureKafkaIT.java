package newswire.standalone;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import newswire.normalizer.NormalizerApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The settings of docs/operations.md for TLS, certificates and passwords, at a broker that asks for them. */
@ExtendWith(OutputCaptureExtension.class)
class SecureKafkaIT {
    @TempDir
    private static Path folder;

    private static SecureBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = new SecureBroker(folder);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static ConfigurableApplicationContext normalizer(Path state, String... settings) {
        var arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--newswire.kafka.partitions=1",
                "--newswire.kafka.startup-timeout=20s",
                "--spring.web.resources.add-mappings=false",
                "--normalizer.state-dir=" + state,
                "--spring.kafka.ssl.bundle=kafka",
                "--spring.ssl.bundle.pem.kafka.truststore.certificate=file:" + broker.file("broker.crt")));
        arguments.addAll(Arrays.asList(settings));
        return NormalizerApplication.run(arguments.toArray(String[]::new));
    }

    private static void awaitRunning(ConfigurableApplicationContext service) {
        var streams = service.getBean("stream", HealthIndicator.class);
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            var health = requireNonNull(streams.health());
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(String.valueOf(health.getDetails().get("state"))).isEqualTo("RUNNING");
        });
    }

    @Test
    void aCertificateLetsAServiceIn(@TempDir Path state) {
        try (var service = normalizer(
                state,
                "--spring.kafka.bootstrap-servers=" + broker.tls(),
                "--spring.kafka.security.protocol=SSL",
                "--spring.ssl.bundle.pem.kafka.keystore.certificate=file:" + broker.file("service.crt"),
                "--spring.ssl.bundle.pem.kafka.keystore.private-key=file:" + broker.file("service.key"))) {
            awaitRunning(service);
        }
    }

    @Test
    void aPasswordFromAFileLetsAServiceInAndIsInNoLog(@TempDir Path state, @TempDir Path secrets, CapturedOutput output)
            throws Exception {
        Files.writeString(
                secrets.resolve("spring.kafka.properties.sasl.jaas.config"),
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"normalizer\" password=\""
                        + SecureBroker.PASSWORD + "\";");
        try (var service = normalizer(
                state,
                "--spring.config.import=configtree:" + secrets + "/",
                "--logging.level.org.apache.kafka=info",
                "--spring.kafka.bootstrap-servers=" + broker.sasl(),
                "--spring.kafka.security.protocol=SASL_SSL",
                "--spring.kafka.properties.sasl.mechanism=SCRAM-SHA-512")) {
            awaitRunning(service);
        }
        assertThat(output).contains("sasl.jaas.config = [hidden]").doesNotContain(SecureBroker.PASSWORD);
    }

    @Test
    void withoutACertificateNobodyComesIn(@TempDir Path state) {
        assertThatThrownBy(() -> normalizer(
                        state,
                        "--spring.kafka.bootstrap-servers=" + broker.tls(),
                        "--spring.kafka.security.protocol=SSL"))
                .hasStackTraceContaining("SslAuthenticationException");
    }
}
