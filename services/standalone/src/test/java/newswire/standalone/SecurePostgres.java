package newswire.standalone;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A PostgreSQL that lets nobody in without TLS and a password; its certificate is for {@code localhost}. */
final class SecurePostgres implements AutoCloseable {
    static final String PASSWORD = "hush-hush";

    private final Path folder;
    private final EmbeddedPostgres server;

    /** Starts it in an empty folder. */
    SecurePostgres(Path folder) throws Exception {
        this.folder = folder;
        var keys = new Keys(folder);
        keys.make("database", "dns:localhost");
        keys.writeKey("database");
        keys.make("stranger", "dns:localhost");
        var data = folder.resolve("postgres");
        server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", file("database.crt").toString())
                .setServerConfig("ssl_key_file", file("database.key").toString())
                .start();
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("alter user postgres password '" + PASSWORD + "'");
            Files.writeString(data.resolve("pg_hba.conf"), "hostssl all all all scram-sha-256\n");
            statement.execute("select pg_reload_conf()");
        }
    }

    /** {@code database.crt} is its own; {@code stranger.crt} is somebody else's. */
    Path file(String name) {
        return folder.resolve(name);
    }

    String url(String host, String parameters) {
        return "jdbc:postgresql://" + host + ":" + server.getPort() + "/postgres?" + parameters;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
