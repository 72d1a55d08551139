package newswire.fetcher;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import newswire.contract.Problem;
import newswire.contract.PublisherScope;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/** Asks hubs, which are as little trusted as feeds: the same guard, limits and deadline. */
final class HubClient implements AutoCloseable {
    private static final String SENT = "newswire.sent";
    private static final Set<Integer> REPEATED = Set.of(307, 308);

    private final CloseableHttpClient http;
    private final FetcherProperties.Limits limits;
    private final String userAgent;
    private final ForeignBudget foreign;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("hub-deadlines").factory());

    HubClient(FetcherProperties properties, AddressGuard guard, String version) {
        this.limits = properties.limits();
        this.foreign = new ForeignBudget(properties.host());
        this.userAgent = BareHttp.userAgent(properties, version);
        this.http = BareHttp.client(properties, guard, new Counting(guard.budget()));
    }

    /**
     * Posts a form and reads no more of the answer than its head. Only redirects that keep the method are followed.
     *
     * @param sent called when a request goes out
     * @return NotModified if the hub accepts it
     * @throws BusyException if its server has enough of our requests already
     */
    FetchResult post(URI hub, Map<String, String> form, Instant now, Runnable sent) {
        long started = System.nanoTime();
        var route = Route.start(hub);
        while (true) {
            var refused = route.refusal(limits.redirects());
            if (refused != null) {
                return new FetchResult.Failed(exchange(route, null, null, started), refused);
            }
            var posted = charged(new Posting(hub, form, now, sent, started), route);
            if (posted.next() == null) {
                return posted.result();
            }
            route = posted.next();
        }
    }

    /** What a hub's own publisher may be asked is known to the caller; whoever it redirects to is another's. */
    private Posted charged(Posting posting, Route route) {
        var scope = scope(route.url());
        if (scope == null || scope.equals(scope(posting.hub()))) {
            return posted(posting, route, posting.sent());
        }
        foreign.start(scope, posting.at());
        var until = Instant.EPOCH;
        try {
            var posted = posted(posting, route, () -> {});
            var asked = posted.result().exchange().retryAfter();
            until = asked == null ? until : asked;
            return posted;
        } finally {
            foreign.finish(scope, true, posting.at(), until);
        }
    }

    private static @Nullable PublisherScope scope(URI url) {
        try {
            return PublisherScope.of(url);
        } catch (IllegalArgumentException ex) {
            return null; // no host that could be asked
        }
    }

    private Posted posted(Posting posting, Route route, Runnable sent) {
        var now = posting.now();
        long started = posting.started();
        var post = request(route, posting.form());
        long left = limits.exchange().toMillis() - millis(started);
        var deadline = deadlines.schedule(post::abort, Math.max(1, left), TimeUnit.MILLISECONDS);
        try {
            var context = HttpClientContext.create();
            context.setAttribute(SENT, sent);
            var response = http.executeOpen(null, post, context);
            try {
                return answered(route, response, now, started);
            } finally {
                post.abort(); // what else it says is not read
                close(response);
            }
        } catch (IOException | IllegalArgumentException | IllegalStateException ex) {
            var problem = post.isAborted() ? FetchProblems.late(limits.exchange()) : FetchProblems.of(ex);
            return new Posted(new FetchResult.Failed(exchange(route, null, null, started), problem), null);
        } finally {
            deadline.cancel(false);
        }
    }

    private static Posted answered(Route route, ClassicHttpResponse response, Instant now, long started) {
        int status = response.getCode();
        var next = REPEATED.contains(status) ? route.follow(status, Answer.header(response, "Location")) : null;
        var retryAfter = Answer.retryAfter(Answer.header(response, "Retry-After"), now);
        var exchange = exchange(route, status, retryAfter, started);
        if (status >= 200 && status < 300) {
            return new Posted(new FetchResult.NotModified(exchange), null);
        }
        Problem problem = FetchProblems.ofStatus(status, Answer.header(response, "cf-mitigated"));
        return new Posted(new FetchResult.Failed(exchange, problem), next);
    }

    private static void close(ClassicHttpResponse response) {
        try {
            response.close();
        } catch (IOException ex) {
            return; // its status stands
        }
    }

    private HttpPost request(Route route, Map<String, String> form) {
        var post = new HttpPost(URI.create(route.url().toASCIIString()));
        post.setHeader("User-Agent", userAgent);
        var pairs = form.entrySet().stream()
                .map(field -> new BasicNameValuePair(field.getKey(), field.getValue()))
                .toList();
        post.setEntity(new UrlEncodedFormEntity(pairs, StandardCharsets.UTF_8));
        return post;
    }

    private static FetchResult.Exchange exchange(
            Route route, @Nullable Integer status, @Nullable Instant retryAfter, long started) {
        return new FetchResult.Exchange(
                route.url(), null, status, null, null, null, null, null, retryAfter, null, 0, millis(started));
    }

    private static long millis(long started) {
        return (System.nanoTime() - started) / 1_000_000;
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        http.close(CloseMode.IMMEDIATE);
    }

    /** Counts a request against what its address may be asked at a time, until the answer begins. */
    private static final class Counting extends HttpRequestExecutor {
        private final AddressBudget addresses;

        Counting(AddressBudget addresses) {
            this.addresses = addresses;
        }

        @Override
        public ClassicHttpResponse execute(
                ClassicHttpRequest request,
                HttpClientConnection connection,
                @Nullable HttpResponseInformationCallback information,
                HttpContext context)
                throws IOException, HttpException {
            var address =
                    connection.getRemoteAddress() instanceof InetSocketAddress server ? server.getAddress() : null;
            if (address != null) {
                addresses.take(address);
            }
            try {
                if (context.getAttribute(SENT) instanceof Runnable sent) {
                    sent.run();
                }
                return super.execute(request, connection, information, context);
            } finally {
                if (address != null) {
                    addresses.release(address);
                }
            }
        }
    }

    /** A form on its way, which began then. */
    private record Posting(URI hub, Map<String, String> form, Instant now, Runnable sent, long started) {
        Instant at() {
            return now.plusMillis(millis(started));
        }
    }

    private record Posted(FetchResult result, @Nullable Route next) {}
}
