package newswire.standalone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import newswire.fetcher.FetcherApplication;
import newswire.normalizer.NormalizerApplication;
import newswire.store.StoreApplication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running whole. The broker and the database start side by side, then the three services side by side; all stop in
 * {@link Part}'s order, so that nothing loses what it stands on.
 */
final class Pipeline implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Pipeline.class);

    /** A broker that has given up may not stop at all. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** What runs, in the order of stopping. */
    enum Part {
        FETCHER,
        NORMALIZER,
        STORE,
        BROKER,
        DATABASE;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final DataFolder data;
    private final Ports ports;
    private final Progress progress;
    private final ExecutorService starters = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("start-", 0).daemon().factory());
    private final Map<Part, CompletableFuture<? extends AutoCloseable>> parts = new EnumMap<>(Part.class);
    private volatile boolean stopping;

    Pipeline(DataFolder data, Ports ports, Progress progress) {
        this.data = data;
        this.ports = ports;
        this.progress = progress;
    }

    /**
     * Starts everything; returns when all answer.
     *
     * @param settings of the services, as {@code --name=value}
     * @param broken told if the broker or the database gives up later
     * @return the broker's address
     * @throws StartupException if a part does not start; the others then still run and want to be closed
     */
    String start(List<String> settings, Consumer<String> broken) {
        var broker = begin(Part.BROKER, () -> EmbeddedBroker.start(data, unlessStopping(broken)));
        var database = begin(Part.DATABASE, () -> EmbeddedDatabase.start(data, unlessStopping(broken)));
        var address = await(broker).address();
        var common = common(address, settings);
        var toDatabase = await(database).arguments();
        var services = List.of(
                begin(Part.STORE, () -> StoreApplication.run(arguments(common, ports.store(), toDatabase))),
                begin(
                        Part.NORMALIZER,
                        () -> NormalizerApplication.run(arguments(common, ports.normalizer(), normalizer()))),
                begin(Part.FETCHER, () -> FetcherApplication.run(arguments(common, ports.fetcher(), NO_PAGES))));
        services.forEach(Pipeline::await);
        return address;
    }

    /** The store's pages are on the class path of all. */
    private static final List<String> NO_PAGES = List.of("--spring.web.resources.add-mappings=false");

    private List<String> normalizer() {
        var settings = new ArrayList<>(NO_PAGES);
        settings.add("--normalizer.state-dir=" + data.resolve("normalizer"));
        return settings;
    }

    private static List<String> common(String broker, List<String> settings) {
        var common = new ArrayList<>(List.of(
                "--spring.kafka.bootstrap-servers=" + broker,
                "--spring.main.banner-mode=off",
                "--spring.main.register-shutdown-hook=false", // this class knows the order
                "--spring.jmx.enabled=false",
                "--newswire.kafka.partitions=4",
                "--newswire.kafka.instance=standalone"));
        common.addAll(settings);
        return common;
    }

    private static String[] arguments(List<String> common, int port, List<String> own) {
        var all = new ArrayList<>(own);
        all.add("--server.port=" + port);
        all.addAll(common);
        return all.toArray(String[]::new);
    }

    private synchronized <T extends AutoCloseable> CompletableFuture<T> begin(Part part, Supplier<T> start) {
        if (stopping) {
            throw new StartupException(ExitCode.FAILED, "stopped while starting");
        }
        var starting = CompletableFuture.supplyAsync(() -> progress.timed(part.toString(), start), starters);
        parts.put(part, starting);
        return starting;
    }

    private Consumer<String> unlessStopping(Consumer<String> broken) {
        return why -> {
            if (!stopping) {
                broken.accept(why);
            }
        };
    }

    private static <T> T await(CompletableFuture<T> starting) {
        try {
            return starting.join();
        } catch (CompletionException ex) {
            if (ex.getCause() instanceof StartupException known) {
                throw known;
            }
            throw new StartupException(String.valueOf(ex.getMessage()), ex);
        }
    }

    /** Whether it stops or has stopped. */
    boolean isClosed() {
        return stopping;
    }

    /** Stops what runs, and what is still about to run as soon as it does. Closing twice is the same as once. */
    @Override
    public synchronized void close() {
        stopping = true;
        parts.forEach(this::stop);
        parts.clear();
        starters.shutdown();
    }

    private void stop(Part part, CompletableFuture<? extends AutoCloseable> started) {
        var stopped = starters.submit(() -> {
            started.join().close();
            return part;
        });
        try {
            log.info("Stopped, part={}", stopped.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException ex) { // the bulkhead: the others have to stop too
            log.warn("Not stopped, part={}", part, ex);
        }
    }
}
