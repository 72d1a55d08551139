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

/** A store as it runs in production: a process of its own, with a log file. Ends with its owner. */
record StoreProcess(Process process, Thread atExit) implements AutoCloseable {
    private static final Duration FAREWELL = Duration.ofSeconds(30);

    static StoreProcess start(Path jar, String heap, Map<String, String> settings, Path logs) {
        var command = new ArrayList<>(List.of(
                java("java"),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-jar",
                jar.toString()));
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        try {
            Files.createDirectories(logs);
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(logs.resolve("store.log").toFile())
                    .start();
            var atExit = new Thread(process::destroyForcibly, "end-store");
            Runtime.getRuntime().addShutdownHook(atExit);
            return new StoreProcess(process, atExit);
        } catch (IOException ex) {
            throw new UncheckedIOException("cannot start " + jar, ex);
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

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (InterruptedException ex) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
