package newswire.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import newswire.contract.address.BlockedException;
import newswire.contract.address.PublicAddresses;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Calls receivers, which are as little trusted as feeds: public addresses only, no redirects, a deadline for the whole. */
@Component
class WebhookClient implements DisposableBean {
    private static final int MOST_READ = 16_384;

    private final PublicAddresses addresses;
    private final Duration timeout;
    private final CloseableHttpClient http;
    private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("webhook-deadlines").factory());

    WebhookClient(WebhookProperties properties) {
        this.addresses =
                new PublicAddresses(properties.allowedAddresses(), properties.ports(), InetAddress::getAllByName);
        this.timeout = properties.timeout();
        this.http = http(properties, new Guard(addresses));
        deadlines.setRemoveOnCancelPolicy(true);
    }

    private static CloseableHttpClient http(WebhookProperties properties, DnsResolver guard) {
        var timeout = Timeout.of(properties.timeout());
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(guard)
                .setMaxConnTotal(properties.most())
                .setMaxConnPerRoute(properties.most())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(TimeValue.ofMinutes(1))
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableAuthCaching()
                .setUserAgent("Newswire-Webhooks/1")
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(timeout)
                        .setConnectionRequestTimeout(timeout)
                        .setProtocolUpgradeEnabled(false)
                        .setAuthenticationEnabled(false)
                        .build())
                .build();
    }

    /** Why an address may not be called, as far as that can be said now; nothing if its name only cannot be found. */
    @Nullable
    String refusal(URI url) {
        try {
            addresses.of(url.getHost(), port(url));
            return null;
        } catch (BlockedException ex) {
            return ex.code().startsWith("blocked") ? ex.getMessage() : null;
        } catch (UnknownHostException ex) {
            return null;
        }
    }

    private static int port(URI url) {
        int usual = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        return url.getPort() < 0 ? usual : url.getPort();
    }

    /** Posts a message with its signatures by the secrets. */
    WebhookAnswer send(URI url, WebhookMessage message, List<String> secrets, Instant now) {
        var post = post(url, message, secrets, now.getEpochSecond());
        long started = System.nanoTime();
        var deadline = deadlines.schedule(post::abort, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            var response = http.executeOpen(null, post, null);
            var answer = answer(response, now, millis(started));
            if (!isRead(response)) {
                post.abort(); // what else it says is not read
            }
            close(response);
            return answer;
        } catch (IOException | IllegalArgumentException | IllegalStateException ex) {
            var problem = post.isAborted() ? "no answer in " + timeout : reason(ex);
            return new WebhookAnswer.Unreachable(problem, millis(started));
        } finally {
            deadline.cancel(false);
        }
    }

    private static HttpPost post(URI url, WebhookMessage message, List<String> secrets, long seconds) {
        var post = new HttpPost(url);
        post.setHeader("webhook-id", message.id());
        post.setHeader("webhook-timestamp", seconds);
        post.setHeader("webhook-signature", WebhookSignature.of(message.id(), seconds, message.body(), secrets));
        post.setEntity(new StringEntity(message.body(), ContentType.APPLICATION_JSON));
        return post;
    }

    private static WebhookAnswer answer(ClassicHttpResponse response, Instant now, int millis) {
        int status = response.getCode();
        if (status >= 200 && status < 300) {
            return new WebhookAnswer.Accepted(status, millis);
        }
        var header = response.getFirstHeader("Retry-After");
        return status == 410
                ? new WebhookAnswer.Gone(millis)
                : new WebhookAnswer.Refused(status, header == null ? null : wait(header.getValue(), now), millis);
    }

    /** Seconds or a date; nonsense asks for nothing. */
    static @Nullable Duration wait(String header, Instant now) {
        var text = header.strip();
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Duration.between(now, date.toInstant());
        } catch (DateTimeException ex) {
            return null;
        }
    }

    /** Reads a short answer to its end, so that the connection can be used again. */
    private static boolean isRead(ClassicHttpResponse response) {
        if (response.getEntity() == null) {
            return true;
        }
        try {
            InputStream body = response.getEntity().getContent();
            return body.readNBytes(MOST_READ).length < MOST_READ;
        } catch (IOException ex) {
            return false; // its status stands
        }
    }

    private static void close(ClassicHttpResponse response) {
        try {
            response.close();
        } catch (IOException ex) {
            return; // its status stands
        }
    }

    private static String reason(Exception ex) {
        var message = ex.getMessage();
        return message == null ? ex.getClass().getSimpleName() : message;
    }

    private static int millis(long started) {
        return (int) ((System.nanoTime() - started) / 1_000_000);
    }

    @Override
    public void destroy() {
        deadlines.shutdownNow();
        http.close(CloseMode.IMMEDIATE);
    }

    /** The client's resolver: what it returns is what is connected to. */
    private record Guard(PublicAddresses addresses) implements DnsResolver {
        @Override
        public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
            return addresses.of(host, port).stream()
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new BlockedException("blocked_port", "no port to judge '" + host + "' by");
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
