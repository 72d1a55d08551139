package newswire.standalone;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import newswire.standalone.demo.DemoServer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code newswire}: polls feeds, publishes their articles on Kafka, keeps and serves them, until it is stopped. */
@Command(
        name = "newswire",
        mixinStandardHelpOptions = true,
        versionProvider = Standalone.Version.class,
        sortOptions = false,
        description = {
            "Polls news feeds, publishes every article on Kafka, keeps it searchable.",
            "Runs the three services with an embedded Kafka broker and PostgreSQL, all on loopback, until Ctrl-C.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 stopped, 1 failed, 2 wrong command line, 70 broker or database gave up,",
            "75 data folder or port in use."
        })
final class RunCommand implements Callable<Integer> {
    @Option(names = "--demo", description = "Poll six made-up feeds that this process serves itself; needs no network.")
    private boolean demo;

    @Option(names = "--feeds", paramLabel = "FILE", description = "OPML file with feeds to add.")
    private @Nullable Path feeds;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for all that stays between runs. Default: data, with --demo data/demo.")
    private @Nullable Path folder;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port of the API and the page. Default: 8080, or a free one.")
    private @Nullable Integer port;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Any setting of a service, as in fetcher.poll.default-interval=5m. Repeatable.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        check();
        long begun = System.nanoTime();
        try (var data = DataFolder.open(folder())) {
            LogFile.use(data.resolve("newswire.log"));
            return run(data, begun);
        }
    }

    private void check() {
        if (demo && feeds != null) {
            throw new ParameterException(spec().commandLine(), "--demo and --feeds exclude each other");
        }
        if (feeds != null && !Files.isReadable(feeds)) {
            throw new ParameterException(spec().commandLine(), "cannot read the feeds file '" + feeds + "'");
        }
        if (port != null && (port < 1 || port > 65_535)) {
            throw new ParameterException(spec().commandLine(), "not a port: '" + port + "'");
        }
    }

    private Path folder() {
        if (folder != null) {
            return folder;
        }
        return demo ? Path.of("data", "demo") : Path.of("data");
    }

    private int run(DataFolder data, long begun) throws Exception {
        var progress = new Progress(out());
        var ports = port == null ? Ports.any() : Ports.wanted(port);
        var end = new End(spec().commandLine().getErr());
        progress.say("Newswire is starting, data in " + data.path());
        try (var demoServer = demo ? DemoServer.start() : null;
                var pipeline = new Pipeline(data, ports, progress)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end.signalled(pipeline, progress), "stop"));
            var broker = pipeline.start(services(data, demoServer), end::broken);
            Welcome.print(progress, ports, broker, Duration.ofNanos(System.nanoTime() - begun));
            return end.await();
        }
    }

    private List<String> services(DataFolder data, @Nullable DemoServer demoServer) throws Exception {
        var arguments = new ArrayList<String>();
        if (demoServer != null) {
            var opml = data.resolve("demo.opml");
            Files.writeString(opml, demoServer.opml());
            arguments.add("--store.feeds=" + opml);
            arguments.addAll(DemoServer.SETTINGS);
        }
        if (feeds != null) {
            arguments.add("--store.feeds=" + feeds.toAbsolutePath());
        }
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return arguments;
    }

    private PrintWriter out() {
        return spec().commandLine().getOut();
    }

    private CommandSpec spec() {
        return java.util.Objects.requireNonNull(spec, "set by picocli");
    }

    /** How it ends: by a signal, or because the broker or the database gave up. */
    private record End(PrintWriter err) {
        void signalled(Pipeline pipeline, Progress progress) {
            if (pipeline.isClosed()) {
                pipeline.close(); // waits for whoever has begun to
                return;
            }
            progress.say("Stopping …");
            pipeline.close();
            progress.say("Stopped.");
        }

        /** Returns at once: whoever calls is part of what has to stop. */
        void broken(String why) {
            err.println("newswire: " + why);
            Thread.ofPlatform().name("give-up").start(() -> System.exit(ExitCode.BROKEN));
        }

        int await() throws InterruptedException {
            new CountDownLatch(1).await(); // a signal ends the process, not this
            return ExitCode.OK;
        }
    }
}
