package newswire.standalone;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * PostgreSQL's own server as a child process, on loopback, with its files in the data folder. What it has committed
 * survives the kill of either process and a power cut.
 */
final class EmbeddedDatabase implements AutoCloseable {
    static final String USER = "postgres";
    private static final int PREFERRED_PORT = 5432;

    /** Nobody but who knows the password, also among the users of this machine. */
    private static final String ACCESS = "host all all 127.0.0.1/32 scram-sha-256%n".formatted();

    private final EmbeddedPostgres server;
    private final String password;

    private EmbeddedDatabase(EmbeddedPostgres server, String password) {
        this.server = server;
        this.password = password;
    }

    /**
     * Starts the server; returns when it answers. The server that a killed process left behind is stopped first.
     *
     * @param broken told if the server ends
     */
    static EmbeddedDatabase start(DataFolder data, Consumer<String> broken) {
        var folder = data.resolve("postgres");
        try {
            OrphanedServer.stop(folder);
            discardUnfinished(folder);
            var password = data.secret("postgres");
            var server = server(data, folder, password).start();
            protect(server, folder, password);
            OrphanedServer.whenEnded(
                    folder, () -> broken.accept("PostgreSQL ended. Its own words are in %s.".formatted(ownLog(data))));
            return new EmbeddedDatabase(server, password);
        } catch (IOException | SQLException | IllegalStateException ex) {
            throw new StartupException(
                    "PostgreSQL did not start: %s. Its own words are in %s.".formatted(ex.getMessage(), ownLog(data)),
                    ex);
        }
    }

    private static Path ownLog(DataFolder data) {
        return data.resolve("postgres.log");
    }

    private static EmbeddedPostgres.Builder server(DataFolder data, Path folder, String password) {
        var ownLog = ProcessBuilder.Redirect.appendTo(ownLog(data).toFile());
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(data.resolve("postgres-binaries").toFile())
                .setRegisterShutdownHook(false) // it stops after the services
                .setPort(data.port("postgres", PREFERRED_PORT))
                .setPGStartupWait(Duration.ofSeconds(60))
                .setConnectConfig("password", password)
                .setOutputRedirector(ownLog)
                .setErrorRedirector(ownLog)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                // The library switches both off.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "64MB")
                .setServerConfig("max_connections", "30")
                .setServerConfig("max_wal_size", "1GB");
    }

    /** A kill in the middle of initdb leaves a folder that is no database yet and holds nothing. */
    private static void discardUnfinished(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.exists(folder.resolve("protected"))) {
            try (var files = Files.walk(folder)) {
                for (var file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** At the first start everyone on this machine could connect; from now on only who has the password. */
    private static void protect(EmbeddedPostgres server, Path folder, String password)
            throws IOException, SQLException {
        var done = folder.resolve("protected");
        if (Files.exists(done)) {
            return;
        }
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("alter user %s password '%s'".formatted(USER, password));
            Files.writeString(folder.resolve("pg_hba.conf"), ACCESS);
            statement.execute("select pg_reload_conf()");
        }
        Files.createFile(done);
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.getPort());
    }

    String password() {
        return password;
    }

    /** The services' settings of their data source. */
    List<String> arguments() {
        return List.of(
                "--spring.datasource.url=" + jdbcUrl(),
                "--spring.datasource.username=" + USER,
                "--spring.datasource.password=" + password);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException ex) {
            throw new UncheckedIOException("PostgreSQL did not stop", ex);
        }
    }
}
