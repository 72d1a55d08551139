package newswire.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Many feeds behind one server, at {@code /feeds/<number>}; all of them as a list at {@code /feeds.opml}; ways to misbehave
 * at {@code /bad/<name>}. Feed n lives at port n modulo the number of ports.
 */
final class Farm implements AutoCloseable {
    static final String SMALL_FEED = """
            <?xml version="1.0" encoding="UTF-8"?>
            <rss version="2.0"><channel><title>Small feed</title><link>https://news.example/</link><description>Three entries</description>
            <item><title>Ice breaks early on the lake</title><link>https://news.example/1</link><guid isPermaLink="false">healthy-1</guid></item>
            <item><title>마을 방앗간이 다시 돌아간다</title><link>https://news.example/2</link><guid isPermaLink="false">healthy-2</guid></item>
            <item><title>Les cigognes sont de retour</title><link>https://news.example/3</link><guid isPermaLink="false">healthy-3</guid></item>
            </channel></rss>
            """;

    private final FarmPlan plan;
    private final InstantSource clock;
    private final Ledger ledger;
    private final HttpServer server;
    private final Map<Integer, FarmDocument> documents = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicLong> visits = new ConcurrentHashMap<>();
    private volatile Duration delay = Duration.ZERO;
    private volatile @Nullable Mischief mischief;
    private volatile FarmFeed.@Nullable Validation validation;
    private volatile boolean remember = true;

    /**
     * Serves at once.
     *
     * @param firstPort 0 = any free ports
     * @param ports how many publisher scopes
     */
    Farm(FarmPlan plan, int firstPort, int ports, InstantSource clock, Ledger ledger) {
        this.plan = plan;
        this.clock = clock;
        this.ledger = ledger;
        this.server = HttpServer.start(firstPort, ports, this::on);
    }

    List<Integer> ports() {
        return server.ports();
    }

    /** Where the feeds are, by number. */
    List<String> urls() {
        var ports = server.ports();
        return IntStream.range(0, plan.feeds())
                .mapToObj(n -> "http://127.0.0.1:" + ports.get(n % ports.size()) + "/feeds/" + n)
                .toList();
    }

    /** From now on every feed waits before it answers. */
    void delay(Duration time) {
        delay = time;
    }

    /** From now on every feed does this. */
    void mischief(Mischief way) {
        mischief = way;
    }

    /** From now on every feed offers these validators. */
    void validation(FarmFeed.Validation offered) {
        validation = offered;
        documents.clear();
    }

    /** Whether documents are kept until they change; a farm of very many feeds has no memory for that. */
    void remember(boolean kept) {
        remember = kept;
    }

    @Override
    public void close() {
        server.close();
    }

    private void on(Exchange exchange) throws IOException {
        var started = clock.instant();
        var answer = "broken off";
        try {
            answer = answer(exchange);
        } finally {
            var request = exchange.request();
            boolean conditional = !(request.header("if-none-match") + request.header("if-modified-since")).isEmpty();
            ledger.visited(new Ledger.Visit(
                    started,
                    clock.instant(),
                    exchange.authority(),
                    request.target(),
                    request.header("user-agent"),
                    exchange.peer(),
                    answer,
                    conditional));
        }
    }

    private String answer(Exchange exchange) throws IOException {
        var target = exchange.request().target();
        if (target.startsWith("/bad/")) {
            var mischief = Mischief.at(target);
            return mischief.isPresent() ? play(mischief.get(), exchange) : missing(exchange);
        }
        if (target.matches("/feeds/\\d{1,9}")) {
            int number = Integer.parseInt(target.substring("/feeds/".length()));
            return number < plan.feeds() ? feed(number, exchange) : missing(exchange);
        }
        return target.equals("/feeds.opml") ? opml(exchange) : missing(exchange);
    }

    private String feed(int number, Exchange exchange) throws IOException {
        long visit = visits.computeIfAbsent(number, _ -> new AtomicLong()).incrementAndGet();
        pause(delay);
        var ordered = mischief;
        var trouble = ordered == null ? plan.trouble(number, visit) : Optional.of(ordered);
        if (trouble.isPresent()) {
            return play(trouble.get(), exchange);
        }
        var document = document(number, exchange.authority());
        if (document.matches(exchange.request())) {
            exchange.answer(304, document.headers(), new byte[0]);
            return "304";
        }
        exchange.answer(200, document.headers(), document.body());
        ledger.showed(clock.instant(), document.entries());
        return "200";
    }

    private FarmDocument document(int number, String authority) {
        var offered = validation;
        var feed = offered == null ? plan.feed(number) : plan.feed(number).with(offered);
        var entries = feed.entries(clock.instant());
        if (!remember) {
            return FarmDocument.of(feed, entries, "http://" + authority);
        }
        return documents.compute(
                number,
                (_, was) -> was != null && was.entries().equals(entries)
                        ? was
                        : FarmDocument.of(feed, entries, "http://" + authority));
    }

    static void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", ex);
        }
    }

    private String opml(Exchange exchange) throws IOException {
        var body = urls().stream()
                .map(url -> "<outline type=\"rss\" text=\"" + url + "\" xmlUrl=\"" + url + "\"/>\n")
                .collect(Collectors.joining(
                        "", "<opml version=\"2.0\"><head><title>Farm</title></head><body>\n", "</body></opml>\n"));
        exchange.answer(200, Map.of("Content-Type", "text/x-opml"), body.getBytes(StandardCharsets.UTF_8));
        return "200";
    }

    private static String play(Mischief mischief, Exchange exchange) throws IOException {
        mischief.play(exchange);
        return mischief.path();
    }

    private static String missing(Exchange exchange) throws IOException {
        exchange.answer(404, Map.of(), new byte[0]);
        return "404";
    }

    /** Lines that describe the ways to misbehave. */
    static List<String> ways() {
        var lines = new ArrayList<String>();
        for (var way : Mischief.values()) {
            lines.add(String.format("%-28s %s", way.path(), way.description()));
        }
        return lines;
    }
}
