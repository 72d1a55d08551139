package newswire.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A farm is only worth something as a measure if it shows exactly what its plan says. */
class FarmTests {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final FarmPlan PLAN = new FarmPlan(7, 40, Duration.ofMinutes(10), 20, 0, START);

    @Test
    void samePlanShowsTheSame() {
        var again = new FarmPlan(7, 40, Duration.ofMinutes(10), 20, 0, START);
        var now = START.plusSeconds(5_000);
        assertThat(again.feed(3).entries(now)).isEqualTo(PLAN.feed(3).entries(now));
        assertThat(new FarmPlan(8, 40, Duration.ofMinutes(10), 20, 0, START)
                        .feed(3)
                        .entries(now))
                .isNotEqualTo(PLAN.feed(3).entries(now));
    }

    @Test
    void documentsAreFullAndLoseNothing() {
        for (int number = 0; number < PLAN.feeds(); number++) {
            var feed = PLAN.feed(number);
            var seen = IntStream.range(0, 200)
                    .mapToObj(n -> feed.entries(START.plus(feed.gap().multipliedBy(n))))
                    .peek(entries -> assertThat(entries).hasSize(feed.window()))
                    .flatMap(List::stream)
                    .map(FarmEntry::number)
                    .collect(Collectors.toSet());
            assertThat(seen).hasSizeBetween(feed.window() + 199, feed.window() + 201);
        }
    }

    @Test
    void noEntryIsShownBeforeItsTime() {
        var feed = PLAN.feed(1);
        for (int n = 0; n < 1_000; n++) {
            var now = START.plusSeconds(37L * n);
            assertThat(feed.entries(now))
                    .allSatisfy(entry -> assertThat(entry.published()).isBeforeOrEqualTo(now));
        }
    }

    @Test
    void everySyntaxAndEveryKindOfValidatorOccurs() {
        var feeds = IntStream.range(0, PLAN.feeds()).mapToObj(PLAN::feed).toList();
        assertThat(feeds).extracting(FarmFeed::syntax).contains(FarmFeed.Syntax.values());
        assertThat(feeds).extracting(FarmFeed::validation).contains(FarmFeed.Validation.values());
        assertThat(feeds).extracting(FarmFeed::gzip).contains(true, false);
    }

    @Test
    void answersConditionalRequestsAndKeepsBooks() throws Exception {
        var ledger = Ledger.inMemory();
        try (var farm = new Farm(PLAN, 0, 1, InstantSource.fixed(START), ledger);
                var client = HttpClient.newHttpClient()) {
            int number = IntStream.range(0, PLAN.feeds())
                    .filter(n -> PLAN.feed(n).validation() == FarmFeed.Validation.BOTH)
                    .findFirst()
                    .orElseThrow();
            var url = URI.create(farm.urls().get(number));
            var first = client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray());
            var etag = first.headers().firstValue("ETag").orElseThrow();
            var second = client.send(
                    HttpRequest.newBuilder(url).header("If-None-Match", etag).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(List.of(first.statusCode(), second.statusCode())).containsExactly(200, 304);
            // The books are closed after the last byte has left.
            await().untilAsserted(() -> assertThat(ledger.visits())
                    .extracting(Ledger.Visit::answer, Ledger.Visit::conditional)
                    .containsExactly(tuple("200", false), tuple("304", true)));
            assertThat(ledger.shown()).hasSize(PLAN.feed(number).window());
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # way               , first line
            /bad/gone           , HTTP/1.1 410 Status
            /bad/icy            , ICY 200 OK
            /bad/http-0-9       , '<?xml version="1.0" encoding="UTF-8"?>'
            /bad/status-garbage , HTTP/1.1 twohundred fine
            /bad/unknown        , HTTP/1.1 404 Status
            """)
    void misbehavesByPath(String path, String firstLine) throws IOException {
        assertThat(ask(path).lines().findFirst()).contains(firstLine);
    }

    /** All but those that take long on purpose. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SILENCE", "DRIP_HEADERS", "DRIP_BODY", "STALL_IN_BODY", "ENDLESS_BODY", "HUGE_BODY", "RESET"})
    void everyWayAnswersSomething(Mischief way) throws IOException {
        assertThat(ask(way.path())).isNotEmpty();
    }

    private static String ask(String path) throws IOException {
        try (var farm = new Farm(PLAN, 0, 1, InstantSource.fixed(START), Ledger.inMemory());
                var socket = new Socket(
                        InetAddress.getLoopbackAddress(), farm.ports().getFirst())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: farm\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
