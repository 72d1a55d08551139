package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import newswire.contract.Feed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTests {
    @ParameterizedTest
    @ValueSource(strings = {"https://news.example/feed", "https://xn--3e0b707e.example/%EB%89%B4?a=b"})
    void unpacksWhatWasPacked(URI url) {
        var feed = Feed.of(url, Instant.parse("2026-03-01T10:00:00Z"));
        assertThat(Packed.of(feed).unpack(Feed.class)).isEqualTo(feed);
    }
}
