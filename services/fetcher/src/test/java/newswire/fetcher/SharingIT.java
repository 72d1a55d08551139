package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import newswire.contract.Feed;
import newswire.contract.TestServices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several fetchers, each a process that can be killed. */
class SharingIT {
    private static final Duration TAKEN_OVER = Duration.ofSeconds(20);

    private final TestBroker broker = new TestBroker(TestServices.freshKafka());
    private final List<FeedServer> servers = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void close() {
        processes.forEach(Process::destroyForcibly);
        servers.forEach(FeedServer::close);
        broker.close();
    }

    private Process start(String name) throws IOException {
        var path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command =
                new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp", path));
        command.add(FetcherApplication.class.getName());
        command.addAll(List.of(broker.arguments(Map.of(
                "fetcher.contact", "https://" + name + ".example/",
                "fetcher.poll.default-interval", "1s",
                "fetcher.poll.floor", "1s",
                "fetcher.poll.ceiling", "4s",
                "fetcher.host.spacing", "100ms"))));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "sharing-" + name + ".log").toFile())
                .start();
        processes.add(process);
        return process;
    }

    /** Which fetcher asked a server last. */
    private static String lastAsker(FeedServer server) {
        var asked = server.asked("/feed");
        return asked.isEmpty() ? "nobody" : asked.getLast().headers().getOrDefault("User-agent", "nobody");
    }

    private static boolean askedBy(FeedServer server, String name, Instant since) {
        return server.asked("/feed").stream()
                .anyMatch(one -> one.at().isAfter(since)
                        && one.headers().getOrDefault("User-agent", "").contains(name));
    }

    @Test
    void feedsOfKilledFetcherGoOnAtTheOther() throws Exception {
        var one = start("one");
        start("two");
        var feeds = IntStream.range(0, 8).mapToObj(_ -> add()).toList();
        await("both have feeds").atMost(Duration.ofMinutes(3)).until(() -> {
            var askers = new HashSet<String>();
            servers.forEach(server -> askers.add(lastAsker(server)));
            return askers.size() == 2 && !askers.contains("nobody");
        });
        await("each feed was read")
                .untilAsserted(() -> assertThat(feeds)
                        .allSatisfy(feed -> assertThat(broker.guids(feed)).containsExactly("a")));

        await("and remembered")
                .until(() -> feeds.stream().allMatch(feed -> broker.state(feed).isPresent()));

        one.destroyForcibly().waitFor();
        var killed = Instant.now();
        servers.forEach(server -> server.feed("/feed", FeedServer.rss("b", "a")));
        await("the other polls all of them")
                .atMost(TAKEN_OVER)
                .until(() -> servers.stream().allMatch(server -> askedBy(server, "two", killed)));
        await().untilAsserted(() -> assertThat(feeds)
                .allSatisfy(feed -> assertThat(broker.guids(feed))
                        .as("what was sent before the kill is not sent again")
                        .containsExactly("a", "b")));
    }

    private Feed add() {
        var server = new FeedServer();
        servers.add(server);
        server.feed("/feed", FeedServer.rss("a"));
        var feed = Feed.of(server.url("/feed"), Instant.parse("2026-03-01T10:00:00Z"));
        broker.define(feed);
        return feed;
    }
}
