package newswire.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** The fetcher's HTTP client and nothing else: asks for one URL after the other, conditionally, and reads each body. */
final class BareClient implements AutoCloseable {
    private final CloseableHttpClient client;
    private final List<String> urls;
    private final Map<String, String> etags = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private volatile boolean running = true;

    private BareClient(CloseableHttpClient client, List<String> urls) {
        this.client = client;
        this.urls = urls;
    }

    static BareClient start(List<String> urls, int inFlight) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(inFlight)
                .setMaxConnPerRoute(inFlight)
                .build();
        var bare = new BareClient(
                HttpClients.custom()
                        .setConnectionManager(connections)
                        .disableCookieManagement()
                        .build(),
                urls);
        for (int n = 0; n < inFlight; n++) {
            Thread.ofVirtual().start(bare::loop);
        }
        return bare;
    }

    @Override
    public void close() throws IOException {
        running = false;
        client.close();
    }

    private void loop() {
        while (running) {
            var url = urls.get(Math.floorMod(next.getAndIncrement(), urls.size()));
            var request = new HttpGet(url);
            var etag = etags.get(url);
            if (etag != null) {
                request.setHeader("If-None-Match", etag);
            }
            try {
                client.execute(request, response -> read(url, response));
            } catch (IOException | IllegalStateException ex) {
                // Closed under way: the measurement is over.
                return;
            }
        }
    }

    private int read(String url, ClassicHttpResponse response) throws IOException {
        Header etag = response.getFirstHeader("ETag");
        if (etag != null) {
            etags.put(url, etag.getValue());
        }
        return response.getEntity() == null ? 0 : EntityUtils.toByteArray(response.getEntity()).length;
    }
}
