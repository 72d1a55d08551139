package newswire.fetcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import newswire.contract.Feed;
import newswire.contract.FeedPush;
import newswire.contract.FeedState;
import newswire.contract.FeedState.WebSub.State;
import newswire.contract.PublisherScope;
import newswire.contract.RawArticle;
import newswire.contract.SchemaAssert;
import newswire.contract.TestServices;
import newswire.contract.kafka.ScopePartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The service at a real broker, a real hub and real feeds. */
class WebSubIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String SECRET = "a secret that all instances of this test share";

    private final TestBroker broker = new TestBroker(TestServices.freshKafka());
    private final TestHub hub = new TestHub();
    private final TestHub otherHub = new TestHub();
    private final FeedServer server = new FeedServer();
    private final List<FeedServer> servers = new ArrayList<>(List.of(server));
    private final List<ConfigurableApplicationContext> fetchers = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final int port = freePort();

    @AfterEach
    void close() {
        processes.forEach(Process::destroyForcibly);
        fetchers.forEach(ConfigurableApplicationContext::close);
        broker.close();
        hub.close();
        otherHub.close();
        servers.forEach(FeedServer::close);
    }

    /** A port below those that the system hands to outgoing connections. */
    private static int freePort() {
        while (true) {
            try (var socket = new ServerSocket(
                    ThreadLocalRandom.current().nextInt(20_000, 32_000), 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException _) {
                // taken: the next one
            }
        }
    }

    private Map<String, String> settings(Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "fetcher.websub.callback",
                "http://127.0.0.1:" + port,
                "fetcher.websub.secret",
                SECRET,
                "fetcher.poll.floor",
                "500ms",
                "fetcher.host.spacing",
                "100ms"));
        settings.putAll(more);
        return settings;
    }

    private ConfigurableApplicationContext run(Map<String, String> more) {
        var settings = settings(more);
        settings.putIfAbsent("server.port", String.valueOf(port));
        var fetcher = FetcherApplication.run(broker.arguments(settings));
        fetchers.add(fetcher);
        return fetcher;
    }

    private static String links(URI hub, URI self) {
        return """
                <atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="%s"/>
                <atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="%s"/>
                <description>""".formatted(hub, self);
    }

    private void publish(FeedServer where, URI hub, String... names) {
        where.feed("/feed", FeedServer.rss(names).replace("<description>", links(hub, where.url("/feed"))));
    }

    private Feed add(FeedServer where) {
        var feed = Feed.of(where.url("/feed"), Instant.parse("2026-03-01T10:00:00Z"));
        broker.define(feed);
        return feed;
    }

    private FeedState.WebSub awaitState(Feed feed, State wanted) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.state(feed))
                        .hasValueSatisfying(state -> assertThat(state.websub())
                                .extracting(FeedState.WebSub::state)
                                .isEqualTo(wanted)));
        return websub(feed);
    }

    private FeedState.WebSub websub(Feed feed) {
        return requireNonNull(broker.state(feed).orElseThrow().websub());
    }

    private Map<String, String> awaitSubscription(FeedServer where, Feed feed) {
        awaitState(feed, State.ACTIVE);
        return hub.subscription(where.url("/feed")).orElseThrow();
    }

    private static double count(ConfigurableApplicationContext fetcher, String meter, String outcome) {
        return fetcher.getBean(MeterRegistry.class)
                .counter("newswire.fetcher." + meter, "outcome", outcome)
                .count();
    }

    @Test
    void publishesWhatIsPushedOnceAndPollsDoNotSendItAgain() {
        publish(server, hub.url(), "b", "a");
        var fetcher = run(Map.of("newswire.kafka.instance", "one"));
        var feed = add(server);
        var subscription = awaitSubscription(server, feed);
        assertThat(hub.verified()).containsExactly(new TestHub.Call(200, "text/plain;charset=US-ASCII", "abc.DEF-123"));
        assertThat(subscription)
                .containsEntry("hub.lease_seconds", "864000")
                .hasEntrySatisfying("hub.secret", secret -> assertThat(secret).hasSizeBetween(40, 199));

        assertThat(hub.deliver(subscription, "sha256", FeedServer.rss("c")).status())
                .isEqualTo(202);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.guids(feed)).containsExactly("a", "b", "c"));
        var pushed = broker.rawArticles(feed).getLast();
        assertThat(pushed.fetch().via()).isEqualTo(RawArticle.Via.PUSH);
        assertThat(pushed.fetch().feedUrl()).isEqualTo(server.url("/feed"));
        assertThat(broker.rawArticles())
                .allSatisfy(record -> SchemaAssert.assertValid(record.value(), RawArticle.class));

        hub.deliver(subscription, "sha512", FeedServer.rss("d", "c", "b", "a"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.guids(feed)).containsExactly("a", "b", "c", "d"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(websub(feed).lastPushAt()).isNotNull());
        assertThat(broker.states()).allSatisfy(state -> SchemaAssert.assertValid(state, FeedState.class));

        int asked = server.asked("/feed").size();
        publish(server, hub.url(), "e", "d", "c", "b", "a");
        broker.define(revised(feed, null, null));
        await().atMost(PATIENCE).until(() -> server.asked("/feed").size() > asked);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.guids(feed)).containsExactly("a", "b", "c", "d", "e"));
        assertThat(count(fetcher, "pushes.read", "news")).isEqualTo(2);
        assertThat(count(fetcher, "pushes.read", "nothing_new"))
                .as("pushes that were read again")
                .isZero();
    }

    static Feed revised(Feed feed, @Nullable Boolean on, @Nullable URI hub) {
        return new Feed(
                feed.schemaVersion(),
                feed.feedId(),
                feed.revision() + 1,
                feed.xmlUrl(),
                feed.htmlUrl(),
                feed.title(),
                feed.description(),
                feed.format(),
                feed.language(),
                feed.country(),
                feed.categories(),
                feed.priority(),
                true,
                feed.publisher(),
                feed.poll(),
                feed.http(),
                feed.dates(),
                feed.identity(),
                feed.content(),
                feed.updates(),
                new Feed.WebSub(on, hub),
                feed.rights(),
                feed.createdAt(),
                feed.updatedAt());
    }

    @Test
    void pagesOfPushedEntriesAreFetchedToo() {
        publish(server, hub.url(), "b", "a");
        run(Map.of("fetcher.pages.first", "0"));
        var feed = add(server);
        var subscription = awaitSubscription(server, feed);
        server.page("/c", 200, Map.of("Content-Type", "text/html"), "<!doctype html><p>All of c.");
        var pushed = FeedServer.rss("c")
                .replace("https://news.example/", server.url("/").toString());
        assertThat(hub.deliver(subscription, "sha256", pushed).status()).isEqualTo(202);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.rawArticles(feed))
                        .filteredOn(raw -> raw.page() != null)
                        .singleElement()
                        .satisfies(raw -> {
                            assertThat(raw.fetch().via()).isEqualTo(RawArticle.Via.PAGE);
                            assertThat(requireNonNull(raw.page()).html()).contains("All of c.");
                        }));
        assertThat(server.asked("/c")).hasSize(1);
    }

    @Test
    void believesOnlyWhoKnowsTheSecretAndSaysNothingToStrangers() {
        publish(server, hub.url(), "a");
        var fetcher = run(Map.of());
        var feed = add(server);
        var subscription = awaitSubscription(server, feed);
        var callback = subscription.getOrDefault("hub.callback", "");
        var forged = FeedServer.rss("forged").getBytes(StandardCharsets.UTF_8);

        assertThat(hub.deliver(callback, "", forged))
                .isEqualTo(new TestHub.Call(202, "text/plain;charset=US-ASCII", ""));
        assertThat(hub.deliver(callback, "sha256=" + "ab".repeat(32), forged).status())
                .isEqualTo(202);
        assertThat(hub.deliver(callback, "md5=" + "ab".repeat(16), forged).status())
                .isEqualTo(202);
        assertThat(count(fetcher, "pushes", "unsigned")).isEqualTo(1);
        assertThat(count(fetcher, "pushes", "wrong_signature")).isEqualTo(2);

        var stranger = callback.replaceFirst("[^/]{9}$", "AAAAAAAAA");
        assertThat(hub.deliver(stranger, "", forged).status()).isEqualTo(410);
        var question = Map.of(
                "hub.mode",
                "subscribe",
                "hub.challenge",
                "<b>me</b>",
                "hub.topic",
                feed.xmlUrl().toString());
        var refused = new TestHub.Call(404, "text/plain;charset=US-ASCII", "");
        assertThat(hub.get(stranger, question)).isEqualTo(refused);
        assertThat(hub.get(callback.replace(feed.feedId().toString(), "x"), question))
                .isEqualTo(refused);
        assertThat(hub.get(callback, with(question, "hub.topic", "https://other.example/feed")))
                .isEqualTo(refused);
        assertThat(hub.get(callback, with(question, "hub.mode", "publish"))).isEqualTo(refused);
        assertThat(hub.get(callback, with(question, "hub.challenge", "a\nb"))).isEqualTo(refused);
        assertThat(hub.get(callback, question).body()).isEqualTo("<b>me</b>");

        for (var method : List.of("sha1", "sha256", "sha384", "sha512")) {
            assertThat(hub.deliver(subscription, method, FeedServer.rss(method)).status())
                    .isEqualTo(202);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(broker.guids(feed)).containsExactly("a", "sha1", "sha256", "sha384", "sha512"));
        assertThat(count(fetcher, "pushes", "accepted")).isEqualTo(4);
    }

    private static Map<String, String> with(Map<String, String> some, String name, String value) {
        var all = new HashMap<>(some);
        all.put(name, value);
        return all;
    }

    @Test
    void renewsBeforeTheLeaseEnds() {
        hub.lease(6);
        publish(server, hub.url(), "a");
        run(Map.of());
        var feed = add(server);
        var first = awaitSubscription(server, feed);
        var lease = requireNonNull(awaitState(feed, State.ACTIVE).leaseExpiresAt());
        await().atMost(PATIENCE)
                .until(() ->
                        hub.asked("subscribe").size() >= 2 && hub.verified().size() >= 2);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(awaitState(feed, State.ACTIVE).leaseExpiresAt())
                        .isAfter(lease));
        var second = hub.subscription(server.url("/feed")).orElseThrow();
        assertThat(second.get("hub.callback")).isNotEqualTo(first.get("hub.callback"));
        hub.deliver(first, "sha256", FeedServer.rss("old"));
        hub.deliver(second, "sha256", FeedServer.rss("new"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.guids(feed)).contains("old", "new"));
    }

    @Test
    void acceptsRefusals() {
        publish(server, hub.url(), "a");
        run(Map.of());
        var feed = add(server);
        var subscription = awaitSubscription(server, feed);
        var denied = hub.get(
                subscription.getOrDefault("hub.callback", ""),
                Map.of("hub.mode", "denied", "hub.topic", feed.xmlUrl().toString(), "hub.reason", "no"));
        assertThat(denied.status()).isEqualTo(200);
        awaitState(feed, State.DENIED);
        hub.deliver(subscription, "sha256", FeedServer.rss("late"));

        var other = new FeedServer();
        servers.add(other);
        otherHub.answer(400);
        publish(other, otherHub.url(), "x");
        awaitState(add(other), State.DENIED);
        assertThat(broker.guids(feed)).containsExactly("a");
    }

    @Test
    void hubThatBringsNothingIsDead() {
        publish(server, hub.url(), "a");
        var fetcher = run(Map.of("fetcher.websub.audit", "2s", "fetcher.websub.patience", "3s"));
        var feed = add(server);
        var subscription = awaitSubscription(server, feed);
        await("a poll after the subscription")
                .atMost(PATIENCE)
                .until(() -> server.asked("/feed").size() >= 4);
        publish(server, hub.url(), "c", "b", "a");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(websub(feed).missedPushes()).isEqualTo(2));
        assertThat(awaitState(feed, State.ACTIVE).missedPushes()).isEqualTo(2);

        publish(server, hub.url(), "d", "c", "b", "a");
        assertThat(awaitState(feed, State.EXPIRED).missedPushes()).isEqualTo(3);
        await().atMost(PATIENCE).until(() -> hub.asked("unsubscribe").size() == 1 && hub.subscriptions() == 0);
        assertThat(hub.asked("unsubscribe").getFirst().get("hub.callback")).isEqualTo(subscription.get("hub.callback"));
        assertThat(count(fetcher, "subscriptions", "hub_dead")).isEqualTo(1);
        assertThat(broker.guids(feed)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void hubThatBringsWhatPollsFoundFirstLives() {
        publish(server, hub.url(), "a");
        run(Map.of("fetcher.websub.audit", "2s", "fetcher.websub.patience", "20s"));
        var feed = add(server);
        var subscription = awaitSubscription(server, feed);
        await("a poll after the subscription")
                .atMost(PATIENCE)
                .until(() -> server.asked("/feed").size() >= 4);
        publish(server, hub.url(), "d", "c", "b", "a");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.guids(feed)).hasSize(4));
        hub.deliver(subscription, "sha256", FeedServer.rss("d", "c", "b"));
        int asked = server.asked("/feed").size();
        await("polls beyond the patience")
                .atMost(PATIENCE)
                .until(() -> server.asked("/feed").size() > asked + 12);
        var state = awaitState(feed, State.ACTIVE);
        assertThat(state.missedPushes()).isZero();
    }

    @Test
    void unsubscribesWhatIsRemovedOrMovesToAnotherHub() {
        publish(server, hub.url("/moved"), "a");
        run(Map.of());
        var feed = add(server);
        var first = awaitSubscription(server, feed);
        publish(server, otherHub.url(), "b", "a");
        broker.define(revised(feed, null, null));
        await().atMost(PATIENCE).until(() -> hub.subscriptions() == 0 && otherHub.subscriptions() == 1);
        hub.deliver(first, "sha256", FeedServer.rss("stale"));

        awaitState(feed, State.ACTIVE);
        var second = otherHub.subscription(server.url("/feed")).orElseThrow();
        broker.remove(feed);
        await().atMost(PATIENCE).until(() -> otherHub.subscriptions() == 0);
        await().atMost(PATIENCE)
                .until(() ->
                        otherHub.deliver(second, "sha256", FeedServer.rss("c")).status() == 410);
        assertThat(broker.guids(feed)).containsExactly("a", "b");
    }

    @Test
    void pollsWhatIsTooLargeToPassOnAndRefusesWhatIsTooLargeAtAll() {
        publish(server, hub.url(), "a");
        var fetcher = run(Map.of("fetcher.poll.floor", "100ms"));
        var feed = add(server);
        var subscription = awaitSubscription(server, feed);
        publish(server, hub.url(), "b", "a");
        var large = FeedServer.rss("b", "a").replace("</channel>", "<!--" + "x".repeat(3_000_000) + "--></channel>");
        assertThat(hub.deliver(subscription, "sha256", large).status()).isEqualTo(202);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.guids(feed)).containsExactly("a", "b"));
        assertThat(count(fetcher, "pushes", "too_large_for_record")).isEqualTo(1);

        hub.deliver(subscription, "sha256", "x".repeat(11_000_000));
        await().atMost(PATIENCE).until(() -> count(fetcher, "pushes", "too_large") == 1);
    }

    @Test
    void asksAgainAfterRestartOnlyWhereTheSecretIsAnother() {
        publish(server, hub.url(), "a");
        run(Map.of()).close();
        fetchers.clear();
        var feed = add(server);
        run(Map.of());
        awaitState(feed, State.ACTIVE);
        fetchers.removeFirst().close();

        var second = run(Map.of());
        var subscription = hub.subscription(server.url("/feed")).orElseThrow();
        hub.deliver(subscription, "sha256", FeedServer.rss("b"));
        await().atMost(PATIENCE).until(() -> count(second, "pushes.read", "news") == 1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.guids(feed)).containsExactly("a", "b"));
        assertThat(hub.asked("subscribe")).hasSize(1);
        fetchers.removeFirst().close();

        var third = run(Map.of());
        publish(server, hub.url(), "c", "b", "a");
        broker.define(revised(feed, null, null));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.guids(feed)).containsExactly("a", "b", "c"));
        assertThat(count(third, "pushes.read", "nothing_new"))
                .as("pushes that were read again")
                .isZero();
        assertThat(hub.asked("subscribe")).hasSize(1);
        fetchers.removeFirst().close();

        run(Map.of("fetcher.websub.secret", "another secret, as one made at the start would be"));
        await().atMost(PATIENCE).until(() -> hub.asked("subscribe").size() == 2);
        awaitState(feed, State.ACTIVE);
    }

    // The hub reaches one instance only, and it is the other that is killed.
    @Test
    void pushReachesWhoOwnsTheFeedAlsoWhenThatOneDies() throws IOException {
        var mortal = start(Map.of("fetcher.contact", "https://mortal.example/", "fetcher.websub.audit", "3s"));
        var feeds = new HashMap<FeedServer, Feed>();
        while (servers.stream().map(WebSubIT::partition).distinct().count() < TestBroker.PARTITIONS) {
            servers.add(new FeedServer());
        }
        for (var one : servers) {
            publish(one, hub.url(), "a");
            feeds.put(one, add(one));
        }
        run(Map.of("fetcher.contact", "https://survivor.example/", "fetcher.websub.audit", "3s"));
        feeds.forEach(this::awaitSubscription);
        await("each has its share")
                .atMost(PATIENCE)
                .until(() ->
                        servers.stream().map(WebSubIT::lastAsker).distinct().count() == 2);
        feeds.forEach((one, feed) -> push(one, "b"));
        feeds.forEach((_, feed) -> await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.guids(feed)).containsExactly("a", "b")));

        mortal.destroyForcibly();
        feeds.forEach((one, feed) -> push(one, "c"));
        feeds.forEach((_, feed) -> await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.guids(feed)).containsExactly("a", "b", "c")));
        var pushes = feeds.values().stream()
                .flatMap(feed -> broker.rawArticles(feed).stream())
                .filter(raw -> raw.fetch().via() == RawArticle.Via.PUSH);
        assertThat(pushes).hasSize(2 * feeds.size());
        assertThat(broker.pushes()).allSatisfy(push -> SchemaAssert.assertValid(push, FeedPush.class));
    }

    private static int partition(FeedServer where) {
        return ScopePartition.of(PublisherScope.of(where.url("/")), TestBroker.PARTITIONS);
    }

    private static String lastAsker(FeedServer where) {
        return where.asked("/feed").getLast().headers().getOrDefault("User-agent", "nobody");
    }

    private void push(FeedServer where, String name) {
        var subscription = hub.subscription(where.url("/feed")).orElseThrow();
        assertThat(hub.deliver(subscription, "sha256", FeedServer.rss(name)).status())
                .isEqualTo(202);
    }

    private Process start(Map<String, String> more) throws IOException {
        var path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command =
                new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp", path));
        command.add(FetcherApplication.class.getName());
        command.addAll(List.of(broker.arguments(settings(more))));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "websub-mortal.log").toFile())
                .start();
        processes.add(process);
        return process;
    }
}
