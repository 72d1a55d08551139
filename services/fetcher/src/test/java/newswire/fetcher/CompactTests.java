package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import newswire.contract.Format;
import newswire.contract.Problem;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a feed takes while it waits, and that nothing is lost by it. */
class CompactTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");
    private static final URI URL = URI.create("https://www.news.example/world/asia/feed.xml");
    private static final Feed FEED = Feed.of(URL, NOW);

    /** Everything that feeds and their states are made of. */
    record All(
            @Nullable String text,
            List<String> texts,
            Map<String, String> map,
            @Nullable URI url,
            @Nullable Instant at,
            @Nullable UUID id,
            @Nullable Long number,
            long plain,
            @Nullable Double share,
            @Nullable Boolean truth,
            boolean yes,
            @Nullable Format format,
            List<Part> parts) {
        All {
            texts = List.copyOf(texts);
            map = Map.copyOf(map);
            parts = List.copyOf(parts);
        }

        static All of(String text, Instant at, long number, double share, List<Part> parts) {
            return new All(
                    text,
                    List.of(text, "", text),
                    Map.of(text, "value"),
                    URL,
                    at,
                    new UUID(number, ~number),
                    number,
                    number,
                    share,
                    number > 0,
                    number < 0,
                    number == 0 ? null : Format.ATOM_1_0,
                    parts);
        }
    }

    record Part(@Nullable Instant at, @Nullable String text, List<String> texts, int number) {
        Part {
            texts = List.copyOf(texts);
        }
    }

    static Stream<All> records() {
        var texts = List.of(
                "",
                "a",
                "1.0",
                "https://www.example.com/",
                "0123456789abcdef",
                "0123456789ABCDEF",
                "YWJjZGVmZ2hpamts",
                "YWJjZGVmZ2hpamtsbR==",
                "YWJjZGVmZ2hpamtsbQ==",
                "YWJjZGVm!2hpamts",
                "강가에 안개가",
                "\uD83D half \uDE00",
                "\u0000\uFFFF\u0080",
                "x".repeat(5_000),
                "AAAAAAAAAAAAAAAA========");
        var times = List.of(
                NOW,
                Instant.EPOCH,
                Instant.MAX,
                Instant.MIN,
                NOW.plusNanos(1),
                NOW.minusMillis(1),
                NOW.plusSeconds(1L << 41));
        var numbers = List.of(0L, 1L, -1L, 127L, 128L, Long.MAX_VALUE, Long.MIN_VALUE);
        var shares = List.of(0.0, -0.0, 1.0, 0.1234, 1 / 3.0, -2.5, Double.NaN, Double.MAX_VALUE, Double.MIN_VALUE);
        var random = new Random(1);
        return IntStream.range(0, 500).mapToObj(n -> {
            var parts = IntStream.range(0, n % 5)
                    .mapToObj(_ -> new Part(
                            random.nextInt(4) == 0 ? null : any(times, random),
                            random.nextInt(4) == 0 ? null : any(texts, random),
                            random.nextBoolean() ? List.of() : List.of(any(texts, random)),
                            random.nextInt(3)))
                    .toList();
            return All.of(
                    texts.get(n % texts.size()), any(times, random), any(numbers, random), any(shares, random), parts);
        });
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    @Test
    void losesNothing() {
        records()
                .forEach(record ->
                        assertThat(Compact.of(record).unpack(All.class)).isEqualTo(record));
        var absent = new All(null, List.of(), Map.of(), null, null, null, null, 0, null, null, false, null, List.of());
        assertThat(Compact.of(absent).unpack(All.class)).isEqualTo(absent);
        assertThat(Compact.of(absent).size()).isEqualTo(1);
    }

    record Unknown(StringBuilder text) {}

    @Test
    void refusesTypesThatItDoesNotKnow() {
        assertThatThrownBy(() -> Compact.of(new Unknown(new StringBuilder())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("StringBuilder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://news.example/feed", "https://xn--3e0b707e.example/%EB%89%B4?a=b"})
    void feedsTakeLittleBesideTheirUrl(URI url) {
        var feed = Feed.of(url, NOW);
        assertThat(Compact.of(feed).unpack(Feed.class)).isEqualTo(feed);
        assertThat(Compact.of(feed).size()).isLessThan(80 + url.toString().length());
    }

    /** All that is remembered of a feed after a month, its last 30 polls included, beside 8 bytes an entry and 2 of its title. */
    @ParameterizedTest
    @MethodSource("entries")
    void statesTakeLittleBesideWhatWasSeen(int entries, String outcomes) {
        var state = polled(entries, outcomes);
        assertThat(state.polls()).hasSize(30);
        assertThat(Compact.of(state).unpack(FeedState.class)).isEqualTo(state);
        var seen = Objects.requireNonNull(state.seen());
        int digests = Base64.getDecoder().decode(seen.window()).length
                + Base64.getDecoder().decode(seen.older()).length
                + Base64.getDecoder().decode(Objects.requireNonNull(seen.titles())).length;
        assertThat(Compact.of(state).size() - digests).isLessThan(900);
        assertThat(Encoding.decode(Encoding.encode(state), FeedState.class)).isEqualTo(new Decoded.Value<>(state));
    }

    static Stream<Arguments> entries() {
        return Stream.of("n", "un", "unuuuf", "uuuuuuuuuuun")
                .flatMap(outcomes -> Stream.of(10, 30, 50).map(entries -> Arguments.of(entries, outcomes)));
    }

    /**
     * Polled a hundred times.
     *
     * @param outcomes in turn: new entries, unchanged, failed
     */
    private static FeedState polled(int entries, String outcomes) {
        var schedule = new PollSchedule(new FetcherProperties.Poll(
                Duration.ofMinutes(30),
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                Duration.ofHours(24),
                Duration.ofDays(7),
                Duration.ofDays(30),
                Duration.ofDays(7),
                0.01));
        var random = new Random(7);
        @Nullable FeedState state = null;
        var now = NOW;
        for (int n = 0; n < 100; n++) {
            var outcome = outcome(n == 0 ? 'n' : outcomes.charAt(n % outcomes.length()), n, entries, state, random);
            var plan = schedule.next(FEED, state, outcome, now, random.nextInt(10_000) / 10_000.0);
            state = NextState.of(FEED, state, outcome, plan, now, Duration.ofDays(7));
            now = plan.at().plusMillis(random.nextInt(2_000)).truncatedTo(ChronoUnit.MILLIS);
        }
        return Objects.requireNonNull(state);
    }

    private static PollOutcome outcome(char kind, int poll, int entries, @Nullable FeedState before, Random random) {
        var exchange = new FetchResult.Exchange(
                URL,
                null,
                kind == 'u' ? 304 : kind == 'f' ? 503 : 200,
                "W/\"5f2b-" + EntryDigest.sha256("tag" + poll).substring(0, 16) + "\"",
                "Sun, 01 Mar 2026 10:%02d:00 GMT".formatted(poll % 60),
                "application/rss+xml; charset=UTF-8",
                300L,
                null,
                null,
                null,
                kind == 'n' ? 20_000 + random.nextInt(40_000) : 0,
                30 + random.nextInt(400));
        return switch (kind) {
            case 'u' -> new PollOutcome.Unchanged(exchange, null);
            case 'f' -> new PollOutcome.Failed(exchange, Problem.of("http_503", 503, "HTTP 503"));
            default -> {
                var list = IntStream.range(0, entries)
                        .mapToObj(n -> "https://www.news.example/" + (2 * poll + entries - n))
                        .map(link -> new FeedDocument.Entry(
                                0,
                                link,
                                EntryDigest.sha256(link),
                                new EntryFacts(link, () -> false, null, Titles.digest(link)),
                                () -> ""))
                        .toList();
                var facts = new ChannelFacts(
                        "https://wordpress.org/?v=6.9",
                        "Asia – World – The Example News",
                        "https://www.news.example/world/asia/",
                        URL.toString(),
                        null,
                        "en-US",
                        null,
                        List.of(),
                        List.of(),
                        3600L,
                        null);
                var document = new FeedDocument.Parsed(Format.RSS_2_0, "UTF-8", List.of(), true, list, "", facts);
                yield Poller.changed(exchange, document, null, EntryDigest.sha256("document" + poll), before, false);
            }
        };
    }
}
