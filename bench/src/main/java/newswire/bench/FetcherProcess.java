package newswire.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A fetcher as it runs in production: a process of its own, with a log file. Ends with its owner. */
final class FetcherProcess implements AutoCloseable {
    /** Setting of the port that hubs reach, any free one by default. */
    static final String PORT = "server.port";

    private static final Duration FAREWELL = Duration.ofSeconds(20);

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread atExit;

    private FetcherProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.atExit = new Thread(process::destroyForcibly, "end-" + name);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts it without waiting.
     *
     * @param name also the host of the contact URL in the User-Agent, so that a server can tell instances apart
     * @param java further options of the JVM
     * @param settings Spring properties
     */
    static FetcherProcess start(
            String name, Path jar, String heap, List<String> java, Map<String, String> settings, Path logs) {
        var command = new ArrayList<String>(
                List.of(java("java"), "-Xmx" + heap, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(java);
        command.addAll(List.of("-jar", jar.toString()));
        command.add("--server.port=" + settings.getOrDefault(PORT, "0"));
        command.add("--management.server.port=-1");
        command.add("--fetcher.contact=http://" + name + "/");
        command.add("--fetcher.allowed-addresses=127.0.0.0/8");
        settings.forEach((key, value) -> {
            if (!key.equals(PORT)) {
                command.add("--" + key + "=" + value);
            }
        });
        try {
            Files.createDirectories(logs);
            var log = logs.resolve(name + ".log");
            Files.deleteIfExists(log);
            return new FetcherProcess(
                    name,
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    log);
        } catch (IOException ex) {
            throw new UncheckedIOException("cannot start " + jar, ex);
        }
    }

    String name() {
        return name;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        forget();
    }

    /**
     * Waits until it has logged something.
     *
     * @throws IllegalStateException if it does not in time
     */
    void awaitLog(String text, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!logged(text)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not logged by " + name + ": '" + text + "'");
            }
            Thread.sleep(500);
        }
    }

    private boolean logged(String text) {
        try (var lines = Files.lines(log)) {
            return lines.anyMatch(line -> line.contains(text));
        } catch (IOException ex) {
            throw new UncheckedIOException("cannot read " + log, ex);
        }
    }

    /** What its threads have used of the processors. */
    Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Bytes of heap in use after a full collection. */
    long heapInUse() {
        jcmd("GC.run");
        return jcmd("GC.heap_info")
                .lines()
                .filter(line -> line.contains(" total ") && line.contains(" used ")) // generations, not what is in them
                .mapToLong(line -> Long.parseLong(line.replaceFirst(".* used (\\d+)K.*", "$1")) * 1024)
                .sum();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            forget();
        } catch (InterruptedException ex) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void forget() {
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private String jcmd(String what) {
        try {
            var jcmd = new ProcessBuilder(java("jcmd"), String.valueOf(process.pid()), what)
                    .redirectErrorStream(true)
                    .start();
            return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException("jcmd " + what, ex);
        }
    }

    private static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }
}
