package newswire.bench;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a measurement starts real fetchers, and where it tells what they did: the same options for all of them. */
final class Fetchers {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--jar",
            defaultValue = "services/fetcher/target/fetcher-0.1.0-exec.jar",
            description = "the fetcher (${DEFAULT-VALUE})")
    private Path jar = Path.of("");

    @Option(names = "--logs", defaultValue = "bench/target/logs", description = "folder for logs (${DEFAULT-VALUE})")
    private Path logs = Path.of("");

    @Option(names = "--heap", defaultValue = "1g", description = "-Xmx of a fetcher (${DEFAULT-VALUE})")
    private String heap = "1g";

    @Option(names = "--java", description = "another option of a fetcher's JVM, such as one of its flight recorder")
    private List<String> java = List.of();

    PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    /** Starts one without waiting, a process of its own. */
    FetcherProcess start(String name, String bootstrapServers, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("spring.kafka.bootstrap-servers", bootstrapServers);
        return FetcherProcess.start(name, jar, heap, java, all, logs);
    }

    /** Says how busy the machine is: figures of a busy one are good for comparison within one run only. */
    void tellLoad() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        out().printf("load %.1f on %d cores%n", system.getSystemLoadAverage(), system.getAvailableProcessors());
    }
}
