package newswire.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that goes on running after its JVM was killed. It must not be adopted: it may run with other settings, and
 * nobody would ever stop it.
 */
final class OrphanedServer {
    private static final Logger log = LoggerFactory.getLogger(OrphanedServer.class);
    private static final Duration FAST = Duration.ofSeconds(5);
    private static final Duration IMMEDIATE = Duration.ofSeconds(5);

    private OrphanedServer() {}

    /** Stops the server that runs on this database folder, if there is one, and nothing else. */
    static void stop(Path folder) throws IOException {
        var found = find(folder);
        if (found.isEmpty()) {
            return;
        }
        var server = found.get();
        log.warn("Database server of a killed process found, stopping it, pid={}", server.pid());
        // By PostgreSQL's manual: INT = fast, QUIT = immediate (recovers at the next start).
        if (!signal(server, "INT", FAST) && !signal(server, "QUIT", IMMEDIATE)) {
            throw new IOException(
                    "the PostgreSQL of an earlier run (process %d) does not stop".formatted(server.pid()));
        }
    }

    /** Calls once the server that runs on this database folder is gone. */
    static void whenEnded(Path folder, Runnable call) throws IOException {
        find(folder).ifPresent(server -> {
            var _ = server.onExit().thenRun(call);
        });
    }

    private static Optional<ProcessHandle> find(Path folder) throws IOException {
        var pidFile = folder.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        var lines = Files.readAllLines(pidFile);
        if (lines.size() < 2 || !Path.of(lines.get(1)).equals(folder)) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(OrphanedServer::isPostgres);
    }

    /** A number in a file may meanwhile be another process's. */
    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .filter(command -> command.endsWith("/postgres"))
                .isPresent();
    }

    private static boolean signal(ProcessHandle process, String signal, Duration wait) throws IOException {
        new ProcessBuilder(List.of("kill", "-" + signal, String.valueOf(process.pid())))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            process.onExit().get(wait.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException ex) {
            throw new IOException("cannot wait for process " + process.pid(), ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for process " + process.pid(), ex);
        }
    }
}
