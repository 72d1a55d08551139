package newswire.fetcher;

import java.net.URI;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The HTTP client without whatever it would do of its own accord, and requests with no headers but ours. */
final class BareHttp {
    private static final int LONGEST_HEADER_LINE = 16 * 1024;
    private static final int MOST_HEADERS = 100;

    private BareHttp() {}

    static String userAgent(FetcherProperties properties, String version) {
        return "Newswire/" + version + " (+" + properties.contact() + ")";
    }

    /** A client that does nothing by itself: no redirects, cookies, retries, no decompression. */
    static CloseableHttpClient client(FetcherProperties properties, AddressGuard guard, HttpRequestExecutor executor) {
        var limits = properties.limits();
        var headers = Http1Config.custom()
                .setMaxHeaderCount(MOST_HEADERS)
                .setMaxLineLength(LONGEST_HEADER_LINE)
                .build();
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(guard)
                .setMaxConnTotal(properties.maxInFlight() * 2)
                .setMaxConnPerRoute(properties.maxInFlight())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(headers)
                        // The client's own would skip lines until one looks like HTTP.
                        .responseParserFactory(new DefaultHttpResponseParserFactory(headers))
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(limits.connect()))
                        .setSocketTimeout(Timeout.of(limits.firstByte()))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(TimeValue.ofMinutes(1))
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setRequestExecutor(executor)
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableAuthCaching()
                .disableDefaultUserAgent()
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(limits.firstByte()))
                        .setConnectionRequestTimeout(Timeout.of(limits.exchange()))
                        .setProtocolUpgradeEnabled(false)
                        .setAuthenticationEnabled(false)
                        .build())
                .build();
    }

    /** A request for the place that an exchange has come to; validators and headers of the feed only where they belong. */
    static HttpGet get(Request asked, Route route, String userAgent) {
        var wanted = asked.feed().http();
        var get = new HttpGet(URI.create(route.url().toASCIIString()));
        get.setHeader("User-Agent", wanted.userAgent() == null ? userAgent : wanted.userAgent());
        get.setHeader("Accept", asked.accept());
        get.setHeader("Accept-Encoding", ContentCoding.ACCEPTED);
        if (route.sameHost() && Route.start(asked.feed().xmlUrl()).sameHost(route.url())) {
            wanted.headers().entrySet().stream()
                    .filter(BareHttp::harmless)
                    .forEach(header -> get.setHeader(header.getKey(), header.getValue()));
        }
        var validators = asked.validators();
        if (validators != null && asked.conditionalAt(route)) {
            set(get, "If-None-Match", validators.etag());
            set(get, "If-Modified-Since", validators.lastModified());
        }
        return get;
    }

    private static boolean harmless(Map.Entry<String, String> header) {
        return !header.getKey().equalsIgnoreCase("Host")
                && !header.getKey().equalsIgnoreCase("Content-Length")
                && !header.getKey().equalsIgnoreCase("Accept-Encoding");
    }

    private static void set(HttpGet get, String name, @Nullable String value) {
        if (value != null) {
            get.setHeader(name, value);
        }
    }
}
