package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client at hubs that do whatever they like. */
class HubClientTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Map<String, String> FORM = Map.of("hub.topic", "https://news.example/?a=1&b=ü");

    private final FetcherProperties properties =
            FeedClientTests.properties(Map.of("fetcher.limits.first-byte", "5s", "fetcher.limits.exchange", "2s"));
    private final HubClient client = new HubClient(
            properties, new AddressGuard(List.of("127.0.0.1"), Set.of(80, 443), new AddressBudget(8)), "1.2");
    private final RawServer server = new RawServer();
    private final AtomicInteger sent = new AtomicInteger();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private String post(URI hub) {
        return switch (client.post(hub, FORM, NOW, sent::incrementAndGet)) {
            case FetchResult.NotModified _ -> "accepted";
            case FetchResult.Modified _, FetchResult.PutOff _ -> "modified";
            case FetchResult.Failed(var _, var problem) -> problem.code();
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # what the hub says                                   | what we call it
            HTTP/1.1 202 Accepted~Content-Length: 0~~              | accepted
            HTTP/1.1 204 No Content~~                              | accepted
            HTTP/1.1 200 OK~Content-Length: 99999999999~~x         | accepted
            HTTP/1.1 400 Bad~Content-Length: 0~~                   | http_400
            HTTP/1.1 503 Busy~Content-Length: 0~~                  | http_503
            HTTP/1.1 302 Found~Location: /other~Content-Length: 0~~ | unexpected_status
            HTTP/1.1 308 Moved~Location: /hub~Content-Length: 0~~  | too_many_redirects
            HTTP/1.1 307 Moved~Location: http://127.0.0.2/~Content-Length: 0~~ | blocked_address
            HTTP/1.1 307 Moved~Location: file:///etc/passwd~Content-Length: 0~~ | blocked_scheme
            nonsense~~                                             | bad_protocol
            """)
    void namesWhatHubsSay(String said, String called) {
        server.answer(said.replace("~", "\r\n"));
        assertThat(post(server.url("/hub"))).isEqualTo(called);
    }

    @Test
    void sendsFormUnderOurName() {
        server.answer("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
        post(server.url("/hub"));
        assertThat(server.asked().getFirst())
                .startsWith("POST /hub HTTP/1.1")
                .contains("Newswire/1.2 (+", "application/x-www-form-urlencoded");
        assertThat(sent).hasValue(1);
    }

    @Test
    void asksNobodyWhoIsNotPublic() {
        assertThat(post(URI.create("http://10.0.0.1/hub"))).isEqualTo("blocked_address");
        assertThat(post(URI.create("http://169.254.169.254/latest"))).isEqualTo("blocked_address");
        assertThat(post(URI.create("gopher://127.0.0.1/"))).isEqualTo("blocked_scheme");
        assertThat(sent).hasValue(0);
    }

    /** Every port is a publisher of its own. */
    @Test
    void redirectToAnotherPublisherIsWithinItsBudget() {
        try (var other = new RawServer()) {
            other.answer("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
            server.answer("HTTP/1.1 307 Moved\r\nLocation: " + other.url("/hub") + "\r\nContent-Length: 0\r\n\r\n");
            assertThat(post(server.url("/hub"))).isEqualTo("accepted");
            assertThat(sent).as("charged to the hub").hasValue(1);
            assertThatExceptionOfType(BusyException.class).isThrownBy(() -> post(server.url("/hub")));
            assertThat(other.asked()).hasSize(1);
        }
    }

    @Test
    void givesUpOnWhoNeverAnswers() {
        server.hang();
        assertThat(post(server.url("/hub"))).isEqualTo("deadline_exceeded");
    }

    @Test
    void keepsHowLongTheHubWantsToBeLeftAlone() {
        server.answer("HTTP/1.1 429 Slow\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n");
        var result = client.post(server.url("/hub"), FORM, NOW, () -> {});
        assertThat(result.exchange().retryAfter()).isEqualTo(NOW.plusSeconds(3600));
        assertThat(result.exchange().status()).isEqualTo(429);
    }
}
