package newswire.contract;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A real broker and a real PostgreSQL for integration tests, each started once per JVM when first asked for. The system
 * property {@code newswire.test.services} chooses: {@code containers}, {@code embedded}, or {@code auto} = containers
 * where Docker answers. What ran is printed once.
 */
public final class TestServices {
    private static final String KAFKA_IMAGE = "apache/kafka:4.2.1";
    private static final String POSTGRES_IMAGE = "postgres:18";

    /** One node has to do for everything, and no test waits for members that do not come. */
    private static final Map<String, String> BROKER_SETTINGS = Map.of(
            "auto.create.topics.enable", "false",
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "3",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "3",
            "group.initial.rebalance.delay.ms", "0");

    private static final AtomicInteger databases = new AtomicInteger();

    private TestServices() {}

    /** What runs: {@code containers} or {@code embedded}. */
    public static String mode() {
        return Mode.CHOSEN;
    }

    /** Bootstrap servers of this JVM's broker. Its topics are shared by all tests of the JVM. */
    public static String kafka() {
        return SharedKafka.BROKER.bootstrapServers();
    }

    /** A broker of one's own, without topics. Takes some seconds. */
    public static Kafka freshKafka() {
        return mode().equals("containers") ? kafkaContainer() : embeddedKafka();
    }

    /** A new, empty database on this JVM's server. */
    public static Postgres postgres() {
        var server = SharedPostgres.SERVER;
        var name = "newswire_" + databases.incrementAndGet();
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException ex) {
            throw new IllegalStateException("cannot create database '" + name + "' at " + server.jdbcUrl(), ex);
        }
        var url = server.jdbcUrl().replaceFirst("/[^/]*$", "/" + name);
        return new Postgres(url, server.user(), server.password());
    }

    private static Kafka kafkaContainer() {
        var container = new KafkaContainer(KAFKA_IMAGE);
        BROKER_SETTINGS.forEach((name, value) -> container.addEnv(
                "KAFKA_" + name.toUpperCase(java.util.Locale.ROOT).replace('.', '_'), value));
        container.start();
        return new Kafka(container.getBootstrapServers(), container::stop);
    }

    private static Kafka embeddedKafka() {
        var broker = new EmbeddedKafkaKraftBroker(1, 1);
        BROKER_SETTINGS.forEach(broker::brokerProperty);
        broker.afterPropertiesSet();
        return new Kafka(broker.getBrokersAsString(), broker::destroy);
    }

    private static Postgres postgresContainer() {
        var container = new PostgreSQLContainer(POSTGRES_IMAGE);
        container.setCommand("postgres"); // Testcontainers' own adds fsync=off, which the store refuses
        container.start();
        atExit(container::stop);
        var url = container.getJdbcUrl().replaceFirst("\\?.*$", "");
        return new Postgres(url, container.getUsername(), container.getPassword());
    }

    private static Postgres embeddedPostgres() {
        try {
            var server = EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofSeconds(60))
                    // Off by default there; the store refuses such a server.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            return new Postgres(server.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*$", ""), "postgres", "");
        } catch (IOException ex) {
            throw new UncheckedIOException("the embedded PostgreSQL did not start", ex);
        }
    }

    private static void atExit(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "newswire-test-services"));
    }

    /**
     * A broker that its test closes.
     *
     * @param stop ends it and removes its data
     */
    public record Kafka(String bootstrapServers, Runnable stop) implements AutoCloseable {
        /** Deletes all topics, which is quicker than another broker. Nothing may be using them. */
        public void clear() {
            try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
                admin.deleteTopics(admin.listTopics().names().get()).all().get();
                Awaitility.await("no topics")
                        .until(() -> admin.listTopics().names().get().isEmpty());
            } catch (ExecutionException ex) {
                throw new IllegalStateException("cannot clear the broker", ex);
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", ex);
            }
        }

        @Override
        public void close() {
            stop.run();
        }
    }

    /** A database and who may use it. */
    public record Postgres(String jdbcUrl, String user, String password) {

        /** As Spring Boot's settings of a data source. */
        public Map<String, String> springProperties() {
            return Map.of(
                    "spring.datasource.url", jdbcUrl,
                    "spring.datasource.username", user,
                    "spring.datasource.password", password);
        }

        /** The same as command-line arguments. */
        public String[] springArguments() {
            return springProperties().entrySet().stream()
                    .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                    .toArray(String[]::new);
        }
    }

    /** Chosen once, and told. */
    private static final class Mode {
        static final String CHOSEN = choose(System.getProperty("newswire.test.services", "auto"));

        private static String choose(String asked) {
            var mode = switch (asked) {
                case "containers", "embedded" -> asked;
                case "auto" -> DockerClientFactory.instance().isDockerAvailable() ? "containers" : "embedded";
                default ->
                    throw new IllegalArgumentException(
                            "newswire.test.services is '" + asked + "', not containers, embedded or auto");
            };
            System.out.println(
                    mode.equals("embedded")
                            ? "newswire tests: embedded Kafka and PostgreSQL"
                            : "newswire tests: containers " + KAFKA_IMAGE + " and " + POSTGRES_IMAGE);
            return mode;
        }
    }

    /** Holds the broker that the JVM's tests share. */
    private static final class SharedKafka {
        static final Kafka BROKER = start();

        private static Kafka start() {
            var broker = freshKafka();
            atExit(broker::close);
            return broker;
        }
    }

    /** Holds the server that the JVM's tests share. */
    private static final class SharedPostgres {
        static final Postgres SERVER = mode().equals("containers") ? postgresContainer() : embeddedPostgres();
    }
}
