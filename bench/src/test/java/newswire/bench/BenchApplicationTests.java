package newswire.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import newswire.contract.FeedId;
import newswire.contract.FeedState;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchApplicationTests {

    @ParameterizedTest
    @ValueSource(strings = {"politeness", "mischief", "throughput", "heap", "dead-hosts", "hot-feed"})
    void measurementsOfFetchersAreToldTheSameThings(String command) {
        var out = new StringWriter();
        var line = BenchApplication.line().setOut(new PrintWriter(out));
        assertThat(line.execute(command, "--help")).isZero();
        assertThat(out.toString()).contains("--jar=", "--logs=", "--heap=", "--java=", "services/fetcher/target");
        var parsed = line.parseArgs(command, "--jar=x.jar", "--heap=2g", "--java=-XX:+A", "--java=-XX:+B");
        assertThat(parsed.subcommand().matchedOptionValue("--heap", "")).isEqualTo("2g");
    }

    @Test
    void feedsThatHaveNothingYetAreLeftOutOfTheSchedule(@TempDir Path folder) throws IOException {
        var out = new StringWriter();
        var err = new StringWriter();
        var line = BenchApplication.line().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        line.execute("schedule", "--days=5");
        assertThat(out.toString())
                .containsPattern("wakes up after ten days +left out")
                .contains("fetches, ");
        assertThat(err.toString()).isEmpty();

        var none = Files.createFile(folder.resolve("arrivals"));
        assertThat(line.execute("schedule", "--arrivals=" + none)).isEqualTo(2);
        assertThat(err.toString()).startsWith("no feed has entries over more than a day");
    }

    @Test
    void historiesAreStatesAsTheTopicHasThem() {
        var state = Histories.of("http://127.0.0.1:8000/feeds/7", 25, Instant.parse("2026-03-01T10:00:00Z"));
        assertThat(state.feedId()).isEqualTo(FeedId.of(URI.create("http://127.0.0.1:8000/feeds/7")));
        assertThat(state.polls()).hasSize(30);
        assertThat(Encoding.decode(Encoding.encode(state), FeedState.class)).isEqualTo(new Decoded.Value<>(state));
    }

    @Test
    void deadHostsAreAllDifferentAndSomeDoNotEvenRefuse() throws IOException {
        try (var hosts = new DeadHosts(30, Duration.ofSeconds(1))) {
            assertThat(hosts.urls()).hasSize(30).doesNotHaveDuplicates();
            var hole = URI.create(hosts.urls().getLast());
            var client = new Socket();
            try (client) {
                assertThatThrownBy(() -> client.connect(new InetSocketAddress(hole.getHost(), hole.getPort()), 300))
                        .isInstanceOf(SocketTimeoutException.class);
            }
        }
    }
}
