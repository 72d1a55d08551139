package newswire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import newswire.contract.TestServices;
import newswire.store.StoreApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The database's URL of docs/operations.md at a PostgreSQL that asks for TLS. */
@ExtendWith(OutputCaptureExtension.class)
class SecurePostgresIT {
    @TempDir
    private static Path folder;

    @TempDir
    private static Path secrets;

    private static SecurePostgres database;

    @BeforeAll
    static void start() throws Exception {
        database = new SecurePostgres(folder);
        Files.writeString(secrets.resolve("DATABASE_PASSWORD"), SecurePostgres.PASSWORD);
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    private static ConfigurableApplicationContext store(String host, String parameters) {
        return StoreApplication.run(
                "--server.port=0",
                "--newswire.kafka.partitions=1",
                "--spring.kafka.bootstrap-servers=" + TestServices.kafka(),
                "--DATABASE_URL=" + database.url(host, parameters),
                "--DATABASE_USERNAME=postgres",
                "--spring.config.import=configtree:" + secrets + "/");
    }

    private static String verifying(String certificate) {
        return "sslmode=verify-full&sslrootcert=" + database.file(certificate);
    }

    @Test
    void theStoreWorksOverTlsAndItsPasswordIsInNoLog(CapturedOutput output) {
        try (var store = store("localhost", verifying("database.crt"))) {
            assertThat(store.getBean(JdbcClient.class)
                            .sql("select ssl from pg_stat_ssl where pid = pg_backend_pid()")
                            .query(Boolean.class)
                            .single())
                    .isTrue();
        }
        assertThat(output).doesNotContain(SecurePostgres.PASSWORD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # host    | certificate  | what is told
        127.0.0.1 | database.crt | could not be verified
        localhost | stranger.crt | unable to find valid certification path
        """)
    void aServerThatIsNotTheOneMeantGetsNoPassword(String host, String certificate, String told) {
        assertThatThrownBy(() -> store(host, verifying(certificate))).hasStackTraceContaining(told);
    }

    @Test
    void nothingIsSentInTheClear() {
        assertThatThrownBy(() -> store("localhost", "sslmode=disable")).hasStackTraceContaining("no encryption");
    }
}
