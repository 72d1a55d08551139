package newswire.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import newswire.contract.Feed;
import newswire.contract.TestServices;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether feeds that publish all the time hold up those that do not. */
@Command(
        name = "hot-feed",
        description =
                "One fetcher and many feeds with an interval of their own; then, beside them, one feed that is polled"
                        + " every second and one that is pushed every second, each time a large document with new entries. Tells"
                        + " how long the many wait from poll to poll, before and then. Exit code 1 if one ever waits longer than"
                        + " twice its interval.",
        mixinStandardHelpOptions = true)
final class HotFeedCommand implements Callable<Integer> {
    private static final Duration START = Duration.ofMinutes(5);

    @Mixin
    private Fetchers fetchers = new Fetchers();

    @Option(names = "--others", defaultValue = "1000", description = "feeds that are not hot (${DEFAULT-VALUE})")
    private int others;

    @Option(names = "--interval", defaultValue = "PT10S", description = "of the others (${DEFAULT-VALUE})")
    private Duration interval = Duration.ofSeconds(10);

    @Option(names = "--entries", defaultValue = "1000", description = "entries of a hot document (${DEFAULT-VALUE})")
    private int entries;

    @Option(names = "--fresh", defaultValue = "100", description = "new entries each time (${DEFAULT-VALUE})")
    private int fresh;

    @Option(
            names = "--warm-up",
            defaultValue = "PT30S",
            description = "time that is not watched, once every feed was polled (${DEFAULT-VALUE})")
    private Duration warmUp = Duration.ofSeconds(30);

    @Option(names = "--for", defaultValue = "PT30S", description = "time that is watched, twice (${DEFAULT-VALUE})")
    private Duration time = Duration.ofSeconds(30);

    @Override
    public Integer call() throws Exception {
        var clock = InstantSource.system();
        fetchers.tellLoad();
        try (var broker = TestServices.freshKafka();
                var hub = new Hub();
                var ledger = Ledger.inMemory();
                var hotLedger = Ledger.counting();
                var many = new LoadServer(new LoadServer.Load(20, 20_000, 1, false), others, others, clock, ledger);
                var hot = new LoadServer(
                        new LoadServer.Load(entries, 2_000 * entries, fresh, false, hub.url()),
                        2,
                        2,
                        clock,
                        hotLedger);
                var _ = fetchers.start("hot-feed", broker.bootstrapServers(), settings())) {
            FeedWriter.define(broker.bootstrapServers(), many.urls().stream().map(url -> feed(url, interval, false)));
            ledger.await("200", others, START);
            Thread.sleep(warmUp);
            var before = watch(ledger, clock);
            var urls = hot.urls();
            FeedWriter.define(
                    broker.bootstrapServers(),
                    Stream.of(
                            feed(urls.getFirst(), Duration.ofSeconds(1), false),
                            feed(urls.getLast(), Duration.ofSeconds(1), true)));
            var pushes = new Pushes(hub, hot, urls.getLast());
            hotLedger.await("200", 2, START);
            Thread.sleep(warmUp.dividedBy(3));
            var then = watch(ledger, clock);
            fetchers.out().println("without hot feeds: " + before);
            fetchers.out()
                    .println("with a feed polled " + hotLedger.count("200") + " times and one pushed " + pushes.end()
                            + " times: " + then);
            return then.feeds() == others && then.longest().compareTo(interval.multipliedBy(2)) <= 0 ? 0 : 1;
        }
    }

    private Waits watch(Ledger ledger, InstantSource clock) throws InterruptedException {
        var begin = clock.instant();
        Thread.sleep(time);
        return Waits.of(ledger.visits(), begin, clock.instant());
    }

    private static Feed feed(String url, Duration interval, boolean push) {
        var plain = Feed.of(URI.create(url), Instant.now());
        return new Feed(
                plain.schemaVersion(),
                plain.feedId(),
                plain.revision(),
                plain.xmlUrl(),
                null,
                plain.title(),
                null,
                null,
                null,
                null,
                plain.categories(),
                null,
                true,
                plain.publisher(),
                new Feed.Poll((int) interval.toSeconds(), null, null, null, null),
                plain.http(),
                plain.dates(),
                plain.identity(),
                plain.content(),
                plain.updates(),
                new Feed.WebSub(push, null),
                plain.rights(),
                plain.createdAt(),
                plain.updatedAt());
    }

    /** Nobody but the hot ones is to wait for anything but us. */
    private static Map<String, String> settings() throws IOException {
        int port = freePort();
        return Map.of(
                FetcherProcess.PORT,
                String.valueOf(port),
                "fetcher.websub.callback",
                "http://127.0.0.1:" + port,
                "fetcher.import-burst",
                "1",
                "fetcher.host.spacing",
                "0s",
                "fetcher.host.per-address",
                "1000",
                "fetcher.poll.default-interval",
                "10s",
                "fetcher.poll.floor",
                "1s");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Pushes a document a second until it is ended. */
    private static final class Pushes {
        private final Hub hub;
        private final LoadServer feeds;
        private final String topic;
        private final Thread thread;
        private volatile int accepted;

        Pushes(Hub hub, LoadServer feeds, String topic) {
            this.hub = hub;
            this.feeds = feeds;
            this.topic = topic;
            this.thread = Thread.ofVirtual().start(this::run);
        }

        /** Returns how many the fetcher took. */
        int end() {
            thread.interrupt();
            return accepted;
        }

        private void run() {
            int taken = 0;
            try {
                for (int visit = 1; ; visit++) {
                    var document = feeds.document(1, visit, topic.replaceFirst("/feeds/.*", ""));
                    taken += hub.push(topic, document) / 100 == 2 ? 1 : 0;
                    accepted = taken;
                    Thread.sleep(1_000);
                }
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
