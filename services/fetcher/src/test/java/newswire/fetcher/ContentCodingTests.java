package newswire.fetcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import newswire.contract.Feed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What decoders take beside what they bring. */
class ContentCodingTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @ParameterizedTest
    @CsvSource(textBlock = """
        # header, body begins with, bytes of the window
        br      , 00              , 65536
        br      , 01              , 131072
        br      , 21              , 1024
        br      , 03              , 262144
        br      , 8B02            , 4194304
        br      , 0F              , 16777216
        br      , ''              , 0
        zstd    , 28B52FFD        , 8388608
        gzip    , 1F8B            , 0
        deflate , 789C            , 0
        ''      , 3C              , 0
        """)
    void knowsTheWindowBeforeItIsTaken(String header, String begin, long window) throws IOException {
        var bytes = HexFormat.of().parseHex(begin);
        try (var in = new PushbackInputStream(new ByteArrayInputStream(bytes))) {
            assertThat(requireNonNull(ContentCoding.of(header)).window(in)).isEqualTo(window);
            assertThat(in.readAllBytes()).as("is all still there").isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # encoding, memory, is seen as
        br        , 3MB   , body_too_large
        br        , 5MB   , modified
        zstd      , 7MB   , body_too_large
        zstd      , 9MB   , modified
        gzip      , 1MB   , modified
        """)
    void takesNoMoreThanThereIs(String encoding, String memory, String code) throws IOException {
        var body = encoding.equals("br")
                ? Base64.getDecoder().decode("iwKAPHJzcy8+Aw==")
                : FeedClientTests.packed(encoding, "<rss/>".getBytes(StandardCharsets.UTF_8));
        var settings = FeedClientTests.properties(Map.of("fetcher.limits.memory", memory));
        try (var server = new RawServer();
                var client = new FeedClient(settings, AddressGuardTests.guard(List.of("127.0.0.1"), Set.of()), "1");
                var room = client.memory().room()) {
            server.answer(FeedClientTests.response(encoding, body));
            var request = Request.poll(Feed.of(server.url("/feed"), NOW), null);
            assertThat(FeedClientTests.code(client.fetch(request, room, NOW, () -> {})))
                    .isEqualTo(code);
        }
    }
}
