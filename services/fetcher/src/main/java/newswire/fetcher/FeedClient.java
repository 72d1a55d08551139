package newswire.fetcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import newswire.contract.Feed;
import newswire.contract.PublisherScope;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * Gets what feeds have. One exchange is one feed document, redirects included, and ends by its deadline whatever
 * the server does: no timeout of a client is a deadline, so a timer aborts the request.
 */
final class FeedClient implements AutoCloseable {
    private static final String EXCHANGE = "newswire.exchange";

    private final CloseableHttpClient http;
    private final FetcherProperties.Limits limits;
    private final String userAgent;
    private final AddressBudget addresses;
    private final ForeignBudget foreign;
    private final MemoryBudget memory;
    private final ScheduledExecutorService deadlines = deadlines();

    FeedClient(FetcherProperties properties, AddressGuard guard, String version) {
        this.limits = properties.limits();
        this.addresses = guard.budget();
        this.foreign = new ForeignBudget(properties.host());
        this.memory = new MemoryBudget(properties.limits().memoryInBytes());
        this.userAgent = BareHttp.userAgent(properties, version);
        this.http = BareHttp.client(properties, guard, new Telling());
    }

    /** Forgets an exchange when it ends, not when its time would have been up. */
    private static ScheduledExecutorService deadlines() {
        var executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("deadlines").factory());
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /** Of all documents that are being read. */
    MemoryBudget memory() {
        return memory;
    }

    /**
     * Gets a document, if need be only if it has changed.
     *
     * @param room where the document is counted; whoever asks closes it when done with what came
     * @param sent called whenever a connection stands and a request goes out on it
     * @throws BusyException if its server has enough of our requests already
     */
    FetchResult fetch(Request asked, MemoryBudget.Room room, Instant now, Runnable sent) {
        var exchange = new Running(asked, room, now, sent);
        var deadline = deadlines.schedule(exchange::abort, timeout(asked.feed()).toMillis(), TimeUnit.MILLISECONDS);
        try {
            return exchange.run();
        } finally {
            deadline.cancel(false);
            exchange.leave();
        }
    }

    private Duration timeout(Feed feed) {
        var asked = feed.http().timeoutMillis();
        return asked == null || asked > limits.exchange().toMillis() ? limits.exchange() : Duration.ofMillis(asked);
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        http.close(CloseMode.IMMEDIATE);
    }

    /** One exchange from its first request to its last byte. */
    private final class Running {
        private final Request asked;
        private final Feed feed;
        private final MemoryBudget.Room room;
        private final Instant now;
        private final Runnable sent;
        private final HttpClientContext context = HttpClientContext.create();
        private final long started = System.nanoTime();
        private final AtomicReference<@Nullable HttpGet> request = new AtomicReference<>();
        private volatile boolean late;
        private @Nullable InetAddress address;

        Running(Request asked, MemoryBudget.Room room, Instant now, Runnable sent) {
            this.asked = asked;
            this.room = room;
            this.feed = asked.feed();
            this.now = now;
            this.sent = sent;
            context.setAttribute(EXCHANGE, this);
        }

        /** A request goes out. */
        void sending(@Nullable SocketAddress to) {
            leave();
            if (to instanceof InetSocketAddress server && server.getAddress() != null) {
                addresses.take(server.getAddress());
                address = server.getAddress();
            }
            sent.run();
        }

        void leave() {
            if (address != null) {
                addresses.release(address);
                address = null;
            }
        }

        void abort() {
            late = true;
            drop();
        }

        FetchResult run() {
            var route = Route.start(asked.url());
            while (true) {
                var refused = route.refusal(limits.redirects());
                if (refused != null) {
                    return failed(route, refused);
                }
                try {
                    var step = visited(route);
                    if (step.result() != null) {
                        return step.result();
                    }
                    route = step.next();
                    if (!asked.follow() && route.location() == null) {
                        return failed(route, FetchProblems.of(Request.REDIRECTED, null, "to " + route.url()));
                    }
                } catch (IOException | IllegalArgumentException | IllegalStateException ex) {
                    return failed(route, late ? FetchProblems.late(limits.exchange()) : FetchProblems.of(ex));
                }
            }
        }

        /** Away from the feed's own publisher there is another's budget to keep to. */
        private Step visited(Route route) throws IOException {
            var scope = PublisherScope.of(route.url());
            if (!asked.follow()
                    || scope.equals(feed.publisher().scope())
                    || scope.equals(PublisherScope.of(feed.xmlUrl()))) {
                return step(route);
            }
            foreign.start(scope, now.plusMillis(millis()));
            var until = Instant.EPOCH;
            try {
                var step = step(route);
                until = step.silence();
                return step;
            } finally {
                foreign.finish(scope, address != null, now.plusMillis(millis()), until);
            }
        }

        private Step step(Route route) throws IOException {
            try {
                return exchanged(route);
            } catch (NoHttpResponseException ex) {
                return exchanged(
                        route); // a kept connection that the server had closed meanwhile: once more, on a new one
            }
        }

        private Step exchanged(Route route) throws IOException {
            var get = BareHttp.get(asked, route, userAgent);
            request.set(get);
            if (late) {
                throw new IOException("aborted");
            }
            var response = http.executeOpen(null, get, context);
            try {
                var next = route.follow(response.getCode(), Answer.header(response, "Location"));
                if (next != null) {
                    Answer.discard(response);
                    return new Step(null, next);
                }
                return new Step(answered(route, response), route);
            } finally {
                close(response);
            }
        }

        /** What was read stands, also if the rest of the body cannot be read for the sake of the connection. */
        private static void close(ClassicHttpResponse response) {
            try {
                response.close();
            } catch (IOException ex) {
                return;
            }
        }

        private FetchResult answered(Route route, ClassicHttpResponse response) throws IOException {
            int status = response.getCode();
            if (status == 304) {
                return asked.conditionalAt(route)
                        ? new FetchResult.NotModified(exchange(route, response, 0))
                        : new FetchResult.Failed(
                                exchange(route, response, 0), FetchProblems.of("unexpected_304", 304, "nobody asked"));
            }
            if (status != 200) {
                var problem = FetchProblems.ofStatus(status, Answer.header(response, "cf-mitigated"));
                return new FetchResult.Failed(exchange(route, response, 0), problem);
            }
            var wanted = new Answer.Wanted(
                    decodedLimit(), asked.cut(), room, started + timeout(feed).toNanos());
            return switch (Answer.body(response, wanted, limits)) {
                case Answer.Crowded _ -> {
                    drop();
                    yield new FetchResult.PutOff(exchange(route, response, 0));
                }
                case Answer.Refused(var problem) -> {
                    drop();
                    yield new FetchResult.Failed(
                            exchange(route, response, 0), late ? FetchProblems.late(limits.exchange()) : problem);
                }
                case Answer.Read(var body, var flaw) -> {
                    if (Answer.CUT.equals(flaw)) {
                        drop();
                    }
                    yield new FetchResult.Modified(exchange(route, response, body.bytes().length), body, flaw);
                }
            };
        }

        /** Closing alone would first read what is left of the body, however long that is. */
        private void drop() {
            var running = request.get();
            if (running != null) {
                running.abort();
            }
        }

        private long decodedLimit() {
            long all = limits.decoded().toBytes();
            return asked.most() == null ? all : Math.min(asked.most(), all);
        }

        private FetchResult.Exchange exchange(Route route, ClassicHttpResponse response, long bytes) {
            return Answer.exchange(route, response, bytes, millis(), now);
        }

        private FetchResult failed(Route route, newswire.contract.Problem problem) {
            return new FetchResult.Failed(
                    new FetchResult.Exchange(
                            route.url(), null, null, null, null, null, null, null, null, null, 0, millis()),
                    problem);
        }

        private long millis() {
            return (System.nanoTime() - started) / 1_000_000;
        }
    }

    /** Tells when a request goes out, which only the innermost part of the client knows. */
    private static final class Telling extends HttpRequestExecutor {
        @Override
        public ClassicHttpResponse execute(
                ClassicHttpRequest request,
                HttpClientConnection connection,
                @Nullable HttpResponseInformationCallback information,
                HttpContext context)
                throws IOException, HttpException {
            if (context.getAttribute(EXCHANGE) instanceof Running exchange) {
                exchange.sending(connection.getRemoteAddress());
            }
            return super.execute(request, connection, information, context);
        }
    }

    private record Step(@Nullable FetchResult result, Route next) {
        /** What the server asked for. */
        Instant silence() {
            var until = result == null ? null : result.exchange().retryAfter();
            return until == null ? Instant.EPOCH : until;
        }
    }
}
