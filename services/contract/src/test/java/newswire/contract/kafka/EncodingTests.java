package newswire.contract.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import newswire.contract.Feed;
import newswire.contract.FeedState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class EncodingTests {
    private static final Instant NOW = Instant.parse("2020-03-31T08:05:12Z");
    private static final Feed FEED = Feed.of(URI.create("https://a.example/feed"), NOW);

    @Test
    void comesBackAsItWent() {
        assertThat(decode(Encoding.encode(FEED))).isEqualTo(new Decoded.Value<>(FEED));
    }

    @Test
    void writesNeitherNullNorWhatIsAbsent() {
        assertThat(new String(Encoding.encode(FEED), UTF_8))
                .contains("\"createdAt\":\"2020-03-31T08:05:12Z\"")
                .doesNotContain("null", "categories", "htmlUrl", "[]");
    }

    @Test
    void passesOverWhatANewerMinorVersionAdds() {
        var newer = document().put("schemaVersion", "1.7").put("mood", "calm");
        newer.withObject("poll").put("jitter", 0.1);
        assertThat(decode(newer))
                .isInstanceOfSatisfying(
                        Decoded.Value.class,
                        read -> assertThat(read.value()).hasFieldOrPropertyWithValue("feedId", FEED.feedId()));
    }

    @Test
    void tellsATombstoneFromNothingRead() {
        assertThat(Encoding.decode(null, Feed.class)).isEqualTo(new Decoded.Tombstone<>());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "news", "{} {}", "{\"a\":\"\u0001\"}", "\u0000"})
    void undecodableIfItIsNoJson(String text) {
        assertUndecodable(decode(text.getBytes(UTF_8)), "undecodable");
    }

    @Test
    void undecodableIfItIsNoUtf8() {
        assertUndecodable(decode(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}), "undecodable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "1", "\"x\"", "{}"})
    void violationIfItIsAnotherShape(String json) {
        assertUndecodable(decode(json.getBytes(UTF_8)), "schema-violation");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schemaVersion",
                "feedId",
                "revision",
                "xmlUrl",
                "title",
                "enabled",
                "publisher",
                "poll",
                "createdAt"
            })
    void violationIfSomethingRequiredIsMissingOrNull(String property) {
        var missing = document();
        missing.remove(property);
        assertUndecodable(decode(missing), "schema-violation");
        assertUndecodable(decode(document().putNull(property)), "schema-violation");
    }

    @Test
    void violationIfSomethingRequiredIsMissingFurtherIn() {
        var document = document();
        document.withObject("publisher").remove("scope");
        var read = decode(document);
        assertUndecodable(read, "schema-violation");
        assertThat(((Decoded.Undecodable<?>) read).detail()).contains("scope", "publisher");
    }

    @ParameterizedTest
    @ValueSource(strings = {"htmlUrl", "description", "priority", "categories", "format"})
    void nullIsTakenForAbsentWhereAbsenceIsAllowed(String property) {
        assertThat(decode(document().putNull(property))).isEqualTo(new Decoded.Value<>(FEED));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            feedId    , '"a"'
            xmlUrl    , '"http://["'
            revision  , '"1"'
            revision  , 1.5
            revision  , 99999999999
            title     , 5
            enabled   , 1
            format    , '"rss-9"'
            format    , 0
            createdAt , '"yesterday"'
            publisher , '"me"'
            publisher , '{"scope":" "}'
            categories, '[null]'
            categories, '"a"'
            """)
    void violationIfAValueIsOfAnotherKind(String property, String json) {
        var document = document();
        document.set(property, Encoding.json().readTree(json));
        assertUndecodable(decode(document), "schema-violation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0", "0.9", "10.0", "x"})
    void unsupportedIfTheMajorVersionIsUnknown(String version) {
        assertUndecodable(decode(document().put("schemaVersion", version)), "unsupported-version");
    }

    @Test
    void readsPrimitivesOnlyIfTheyAreThere() {
        var state = "{\"schemaVersion\":\"1.0\",\"feedId\":\"" + FEED.feedId() + "\",\"updatedAt\":\"" + NOW
                + "\",\"status\":\"NEW\",\"schedule\":{\"nextPollAt\":\"" + NOW + "\"},\"counters\":" + "%s"
                + ",\"definitionRevision\":1}";
        var whole = state.formatted(
                "{\"polls\":1,\"notModified\":0,\"consecutiveFailures\":0,\"consecutiveNotFound\":0,\"failureWeight\":0.5}");
        assertThat(Encoding.decode(whole.getBytes(UTF_8), FeedState.class))
                .isInstanceOfSatisfying(
                        Decoded.Value.class,
                        read -> assertThat(read.value()).hasFieldOrPropertyWithValue("polls", List.of()));
        assertUndecodable(
                Encoding.decode(state.formatted("{\"polls\":1}").getBytes(UTF_8), FeedState.class), "schema-violation");
    }

    private static ObjectNode document() {
        return (ObjectNode) Encoding.json().readTree(Encoding.encode(FEED));
    }

    private static Decoded<Feed> decode(ObjectNode document) {
        return decode(document.toString().getBytes(UTF_8));
    }

    private static Decoded<Feed> decode(byte[] value) {
        return Encoding.decode(value, Feed.class);
    }

    private static void assertUndecodable(Decoded<?> decoded, String reason) {
        assertThat(decoded).isInstanceOfSatisfying(Decoded.Undecodable.class, undecodable -> {
            assertThat(undecodable.reason()).isEqualTo(reason);
            assertThat(undecodable.detail()).isNotBlank();
        });
    }
}
