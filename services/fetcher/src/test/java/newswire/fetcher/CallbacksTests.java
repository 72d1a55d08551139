package newswire.fetcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import newswire.contract.FeedId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbacksTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final URI HUB = URI.create("https://hub.example/");
    private static final URI TOPIC = URI.create("https://news.example/feed");
    private static final FeedId FEED = FeedId.of(TOPIC);
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final Callbacks callbacks = new Callbacks(URI.create("https://us.example/"), SECRET);
    private final String id = callbacks.id(FEED, 3, HUB, TOPIC, NOW);

    @Test
    void idTellsWhatItWasMadeFor() {
        var callback = requireNonNull(callbacks.read(FEED, 3, id));
        assertThat(callback.madeAt()).isEqualTo(NOW);
        assertThat(callback.isFor(HUB, TOPIC)).isTrue();
        assertThat(callback.isFor(URI.create("https://hub.example/other"), TOPIC))
                .isFalse();
        assertThat(callback.isFor(HUB, URI.create("https://news.example/other")))
                .isFalse();
        assertThat(callback.isFor(TOPIC.toString())).isTrue();
        assertThat(callbacks.url(FEED, 3, id)).hasToString("https://us.example/websub/" + FEED + "/3/" + id);
        assertThat(id).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void idIsOfNoUseForAnythingElse() {
        assertThat(callbacks.read(FEED, 4, id)).isNull();
        assertThat(callbacks.read(FeedId.of(HUB), 3, id)).isNull();
        var others = new Callbacks(URI.create("https://us.example"), SECRET.replace('0', '1'));
        assertThat(others.read(FEED, 3, id)).isNull();
        assertThat(others.secret(FEED, id)).isNotEqualTo(callbacks.secret(FEED, id));
        for (int at = 0; at < id.length() - 1; at++) { // of the last character some bits mean nothing
            var forged = id.substring(0, at) + (id.charAt(at) == 'A' ? 'B' : 'A') + id.substring(at + 1);
            assertThat(callbacks.read(FEED, 3, forged)).as(forged).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "../../etc", "AAAA", "%00", "é"})
    void nonsenseIsNoId(String nonsense) {
        assertThat(callbacks.read(FEED, 3, nonsense)).isNull();
    }

    @Test
    void secretIsShortEnoughForHubsAndItsOwnForEachSubscription() {
        assertThat(callbacks.secret(FEED, id)).hasSize(43).isNotEqualTo(callbacks.secret(FeedId.of(HUB), id));
        assertThat(callbacks.secret(FEED, callbacks.id(FEED, 3, HUB, TOPIC, NOW.plusSeconds(1))))
                .isNotEqualTo(callbacks.secret(FEED, id));
    }

    @Test
    void refusesWhatCannotWorkWithoutTellingTheSecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Callbacks(URI.create("https://us.example"), "too short a secret"))
                .withMessageContaining("fetcher.websub.secret")
                .withMessageNotContaining("too short a secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Callbacks(URI.create("ftp://us.example"), SECRET))
                .withMessageContaining("'ftp://us.example'");
        assertThat(WebSubPlanTests.settings(Map.of("fetcher.websub.secret", SECRET)))
                .asString()
                .doesNotContain(SECRET);
    }

    @ParameterizedTest(name = "{0}{1}: {2}")
    @CsvSource(textBlock = """
            # method  , changed    , verdict
            sha1=     ,            , RIGHT
            sha256=   ,            , RIGHT
            sha384=   ,            , RIGHT
            sha512=   ,            , RIGHT
            SHA256=   ,            , RIGHT
            ' sha256 = ',          , RIGHT
            sha256=   , wrong      , WRONG
            sha256=   , cut        , WRONG
            sha256=   , empty      , WRONG
            sha256=   , nonsense   , WRONG
            sha1=     , other body , WRONG
            md5=      ,            , WRONG
            ''        ,            , WRONG
            """)
    void judgesSignatures(String method, @Nullable String changed, PushSignature.Verdict verdict) {
        var name = method.strip().replaceFirst("\\s*=$", "").toLowerCase(java.util.Locale.ROOT);
        var body = "body".getBytes(UTF_8);
        var right = HexFormat.of().formatHex(TestHub.hmac(name.startsWith("sha") ? name : "sha256", body, "s"));
        var said = switch (changed == null ? "" : changed) {
            case "wrong" -> (right.startsWith("0") ? "1" : "0") + right.substring(1);
            case "cut" -> right.substring(2);
            case "empty" -> "";
            case "nonsense" -> "xyz";
            default -> right;
        };
        var sent = "other body".equals(changed) ? "other".getBytes(UTF_8) : body;
        assertThat(PushSignature.judge(method + said, sent, "s")).isEqualTo(verdict);
    }

    @Test
    void missesSignatures() {
        assertThat(PushSignature.judge(null, new byte[0], "s")).isEqualTo(PushSignature.Verdict.MISSING);
        assertThat(PushSignature.judge(" ", new byte[0], "s")).isEqualTo(PushSignature.Verdict.MISSING);
    }
}
