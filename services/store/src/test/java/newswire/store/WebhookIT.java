package newswire.store;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Receivers of webhooks, as a store at a real broker and database calls them. */
class WebhookIT {
    private static final String LOOPBACK = "--store.webhooks.allowed-addresses=127.0.0.1";
    private static final String SOON = "--store.webhooks.first-retry=200ms";

    @RegisterExtension
    static final StoreExtension RUN =
            new StoreExtension(LOOPBACK, SOON, "--store.webhooks.timeout=2s", "--store.webhooks.longest-retry=1s");

    private final List<Receiver> receivers = new ArrayList<>();

    @AfterEach
    void stop() {
        receivers.forEach(Receiver::close);
    }

    private Receiver receiver() {
        var receiver = new Receiver();
        receivers.add(receiver);
        return receiver;
    }

    private JsonNode hook(String url, String more) {
        var made = RUN.store().post("/api/webhooks", "application/json", "{\"url\":\"" + url + "\"" + more + "}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return Encoding.json().readTree(made.body());
    }

    private JsonNode hook(Receiver receiver) {
        return hook(receiver.url(), "");
    }

    private static String path(JsonNode made) {
        return "/api/webhooks/" + made.path("id").asString();
    }

    private void send(int from, int to) {
        for (int number = from; number < to; number++) {
            RUN.store().send(TestArticle.of(number, 1));
        }
    }

    private static List<String> stories(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> TestArticle.id(number) + " article.published 1.0")
                .toList();
    }

    private static void awaitTold(Receiver receiver, List<String> what) {
        await("all is told")
                .atMost(ofSeconds(90))
                .untilAsserted(() -> assertThat(receiver.told()).containsExactlyInAnyOrderElementsOf(what));
    }

    private void awaitStatus(JsonNode made, String status) {
        await(status)
                .atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                RUN.store().json(path(made)).path("status").asString())
                        .isEqualTo(status));
    }

    @Test
    void tellsWhatMatchesInOrderAndWhenItIsGone() {
        RUN.store().send(TestArticle.of(7, 1, "Flood in the north", "Before."));
        RUN.store().awaitRead(Topics.ARTICLES);
        var receiver = receiver();
        var secret = hook(receiver.url(), ",\"search\":{\"q\":\"title:flood\",\"publisher\":\"daily nk\"}")
                .path("secret")
                .asString();
        RUN.store()
                .send(
                        TestArticle.of(1, 1, "Flood in the south", "Water."),
                        TestArticle.of(2, 1, "Drought in the south", "No water."),
                        TestArticle.of(1, 2, "Flood in the south, and the east", "Water."),
                        TestArticle.of(3, 1, "Flood in the west", "Water."));
        var first = List.of(
                TestArticle.id(1) + " article.published 1.0",
                TestArticle.id(1) + " article.updated 2.0",
                TestArticle.id(3) + " article.published 1.0");
        awaitTold(receiver, first);

        RUN.store().send(TestArticle.of(1, 3, "Dry again", "No water."));
        RUN.store().takeDown(TestArticle.id(3));
        RUN.store().takeDown(TestArticle.id(2));
        var all = new ArrayList<>(first);
        all.add(TestArticle.id(1) + " article.updated 3.0");
        all.add(TestArticle.id(3) + " article.removed ");
        awaitTold(receiver, all);
        assertThat(receiver.told().stream()
                        .filter(told -> told.startsWith(TestArticle.id(1).toString())))
                .as("in order")
                .map(told -> told.replaceFirst(".* ", ""))
                .containsExactly("1.0", "2.0", "3.0");
        assertThat(receiver.calls()).allMatch(call -> call.isSignedWith(secret));
        assertThat(receiver.calls())
                .extracting(Receiver.Call::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith("msg_"));
        assertThat(receiver.calls())
                .extracting(call -> call.json().at("/data/article/title").asString(""))
                .contains("Flood in the south", "Flood in the west", "Dry again");
        assertThat(Math.abs(
                        receiver.calls().getLast().timestamp() - Instant.now().getEpochSecond()))
                .as("within what the specification's libraries take")
                .isLessThan(300);
    }

    @Test
    void triesAgainUntilItIsTakenAndHoldsNobodyElseUp() {
        var failing = receiver();
        failing.answer(number -> number < 2 ? 503 : 204);
        var silent = receiver();
        silent.answer(_ -> Receiver.SILENCE);
        var quick = receiver();
        var made = hook(failing);
        hook(silent);
        hook(quick);
        send(0, 1);
        awaitTold(failing, stories(0, 1));
        assertThat(failing.calls())
                .extracting(Receiver.Call::id)
                .hasSize(3)
                .containsOnly(failing.calls().getFirst().id());
        send(1, 6);
        awaitTold(quick, stories(0, 6));
        awaitTold(failing, stories(0, 6));
        assertThat(failing.calls()).hasSize(8);
        assertThat(silent.calls()).isNotEmpty();
        var history = RUN.store().json(path(made) + "/deliveries?limit=7");
        assertThat(history.path("items").valueStream().map(item -> item.path("attempt") + " " + item.path("status")))
                .containsExactly("1 204", "1 204", "1 204", "1 204", "1 204", "3 204", "2 503");
        assertThat(history.path("items").get(6).path("problem").asString()).isEqualTo("status 503");
        var rest = RUN.store()
                .json(path(made) + "/deliveries?before=" + history.path("next").asLong());
        assertThat(rest.path("items")).hasSize(1);
        assertThat(RUN.store().json(path(made)).path("delivered").asInt()).isEqualTo(6);
    }

    @Test
    void goesOnAfterARestartWhereItWas() {
        var receiver = receiver();
        receiver.answer(number -> number < 10 ? 204 : 500);
        hook(receiver);
        send(0, 40);
        await().atMost(ofSeconds(60)).until(() -> receiver.calls().size() > 10);
        RUN.store().close();
        receiver.answer(_ -> 204);
        RUN.start();
        awaitTold(receiver, stories(0, 40));
    }

    @Test
    void isServedByOneOfTwoStores() {
        var other = RUN.another();
        var receivers = Stream.generate(this::receiver).limit(4).toList();
        receivers.forEach(this::hook);
        send(0, 30);
        receivers.forEach(receiver -> awaitTold(receiver, stories(0, 30)));
        assertThat(receivers)
                .as("nobody was told twice")
                .allSatisfy(receiver -> assertThat(receiver.calls()).hasSize(30));
        other.close();
        send(30, 40);
        receivers.forEach(receiver -> awaitTold(receiver, stories(0, 40)));
        assertThat(receivers)
                .allSatisfy(receiver -> assertThat(receiver.calls()).hasSize(40));
    }

    @Test
    void aStoreThatDiedIsReplacedWhenItsLeaseIsOver() {
        var receiver = receiver();
        var made = hook(receiver);
        RUN.store()
                .jdbc()
                .sql("update webhook set holder = gen_random_uuid(), held_until = now() + interval '3 seconds'")
                .update();
        send(0, 3);
        awaitTold(receiver, stories(0, 3));
        assertThat(RUN.store().json(path(made)).path("delivered").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"500, status 500, 3", "410, the receiver wants nothing any more, 1"})
    void disablesAReceiverThatIsGoneAndLosesNothing(int status, String problem, int fewest) {
        RUN.restart("--store.webhooks.patience=1s");
        var receiver = receiver();
        receiver.answer(_ -> status);
        var made = hook(receiver);
        send(0, 3);
        awaitStatus(made, "disabled");
        var seen = RUN.store().json(path(made));
        assertThat(seen.path("problem").asString()).isEqualTo(problem);
        assertThat(seen.path("disabled").isString()).isTrue();
        assertThat(receiver.calls()).hasSizeGreaterThanOrEqualTo(fewest);
        receiver.answer(_ -> 204);
        int calls = receiver.calls().size();
        send(3, 5);
        RUN.store().awaitRead(Topics.ARTICLES);
        assertThat(receiver.calls()).hasSize(calls);
        assertThat(RUN.store().patch(path(made), "{\"enabled\":true}").statusCode())
                .isEqualTo(200);
        awaitTold(receiver, stories(0, 5));
        assertThat(RUN.store().json(path(made)).path("problem").isNull()).isTrue();
    }

    @Test
    void tellsAgainWhatFollowsACursor() {
        var receiver = receiver();
        var made = hook(receiver);
        send(0, 12);
        awaitTold(receiver, stories(0, 12));
        var first = receiver.calls();
        var cursor = first.get(4).json().path("cursor").asString();
        assertThat(RUN.store()
                        .post(path(made) + "/replay", "application/json", "{\"after\":\"" + cursor + "\"}")
                        .statusCode())
                .isEqualTo(200);
        await().atMost(ofSeconds(60)).until(() -> receiver.calls().size() >= 19);
        assertThat(receiver.calls().subList(12, 19))
                .extracting(Receiver.Call::id)
                .as("under the same ids")
                .containsExactlyInAnyOrderElementsOf(
                        first.subList(5, 12).stream().map(Receiver.Call::id).toList());
        assertThat(RUN.store().json("/api/changes?after=" + cursor).path("items"))
                .hasSize(7);
    }

    @Test
    void tellsThatChangesAreNoLongerKept() {
        send(0, 6);
        RUN.store().awaitRead(Topics.ARTICLES);
        RUN.store().jdbc().sql("insert into change_floor values (0, 2), (1, 1)").update();
        var receiver = receiver();
        hook(receiver.url(), ",\"after\":\"0:1\"");
        await().atMost(ofSeconds(60)).until(() -> receiver.calls().size() >= 4);
        var first = receiver.calls().getFirst().json();
        assertThat(first.path("type").asString()).isEqualTo("changes.expired");
        assertThat(first.at("/data/after").asString()).isEqualTo("0:1");
        assertThat(receiver.calls()).hasSize(4);
    }

    @Test
    void callsNobodyInside() {
        var verdicts = new TreeMap<String, Integer>();
        for (var url : List.of(
                "http://10.0.0.1/",
                "http://127.0.0.1:9/", // which the settings allow
                "http://127.0.0.2/",
                "http://169.254.169.254/latest/meta-data",
                "http://2130706434/",
                "http://8.8.8.8:22/",
                "http://[::1]/",
                "http://user:secret@8.8.8.8/",
                "https://8.8.8.8/",
                "ftp://8.8.8.8/")) {
            var answer = RUN.store().post("/api/webhooks", "application/json", "{\"url\":\"" + url + "\"}");
            verdicts.put(url, answer.statusCode());
        }
        assertThat(verdicts).hasSize(10);
        assertThat(verdicts.entrySet().stream()
                        .filter(verdict -> verdict.getValue() != 400)
                        .map(Map.Entry::toString))
                .containsExactlyInAnyOrder("http://127.0.0.1:9/=201", "https://8.8.8.8/=201");
    }

    @Test
    void aNameThatLeadsInsideLaterIsNotFollowedThere() {
        var receiver = receiver();
        var made = hook("https://receiver.invalid/", "");
        RUN.store()
                .jdbc()
                .sql("update webhook set url = :url")
                .param("url", receiver.url().replace("127.0.0.1", "127.0.0.2"))
                .update();
        send(0, 1);
        await().atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                RUN.store().json(path(made)).path("problem").asString(""))
                        .contains("'127.0.0.2' is 127.0.0.2, not a public address"));
        assertThat(receiver.calls()).isEmpty();
    }

    @Test
    void secretsAreShownOnceAndChangedWithoutAGap() {
        RUN.restart("--store.webhooks.key=a key of thirty-two characters, or more");
        var receiver = receiver();
        var made = hook(receiver);
        var old = made.path("secret").asString();
        assertThat(RUN.store().get("/api/webhooks").body()
                        + RUN.store().get(path(made)).body())
                .doesNotContain("whsec_", "secret");
        assertThat(RUN.store()
                        .jdbc()
                        .sql("select secret from webhook")
                        .query(String.class)
                        .single())
                .startsWith("aes:");
        var renewed = Encoding.json()
                .readTree(RUN.store()
                        .post(path(made) + "/secret", "application/json", "")
                        .body());
        send(0, 1);
        awaitTold(receiver, stories(0, 1));
        var call = receiver.calls().getFirst();
        assertThat(call.isSignedWith(old)).isTrue();
        assertThat(call.isSignedWith(renewed.path("secret").asString())).isTrue();
        assertThat(call.signature().split(" ")).hasSize(2);
    }

    @Test
    void isChangedWithoutLostUpdatesPausedAndRemoved() {
        var receiver = receiver();
        var made = hook(receiver);
        var path = path(made);
        var tag = RUN.store().get(path).headers().firstValue("ETag").orElseThrow();
        assertThat(RUN.store()
                        .patch(path, "{\"enabled\":false,\"search\":{\"q\":\"flood\"}}", "If-Match", tag)
                        .statusCode())
                .isEqualTo(200);
        assertThat(RUN.store()
                        .patch(path, "{\"description\":\"late\"}", "If-Match", tag)
                        .statusCode())
                .isEqualTo(412);
        assertThat(RUN.store().patch(path, "{\"colour\":\"red\"}").body())
                .contains("colour")
                .contains("bad_request");
        assertThat(RUN.store().patch(path, "{\"url\":\"\"}").body()).contains("\"field\":\"url\"");
        assertThat(RUN.store().json(path).path("status").asString()).isEqualTo("paused");
        assertThat(RUN.store().json(path).at("/search/q").asString()).isEqualTo("flood");
        RUN.store().send(TestArticle.of(1, 1), TestArticle.of(2, 1, "Flood", "Water."));
        RUN.store().awaitRead(Topics.ARTICLES);
        assertThat(receiver.calls()).isEmpty();
        assertThat(RUN.store().patch(path, "{\"enabled\":true}").statusCode()).isEqualTo(200);
        awaitTold(receiver, List.of(TestArticle.id(2) + " article.published 1.0"));
        assertThat(RUN.store().json("/api/webhooks").path("items")).hasSize(1);
        assertThat(RUN.store().delete(path).statusCode()).isEqualTo(204);
        assertThat(RUN.store().delete(path).statusCode()).isEqualTo(404);
        assertThat(RUN.store().get(path).statusCode()).isEqualTo(404);
    }
}
