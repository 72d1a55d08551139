package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WebhookSignatureTests {
    private static final UUID WEBHOOK = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final String KEY = "a key of thirty-two characters, or more";

    /** From the test suites of the specification's own libraries. */
    @Test
    void isThatOfTheSpecification() {
        var secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        var known = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        var body = "{\"test\": 2432232314}";
        assertThat(WebhookSignature.of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body, List.of(secret)))
                .isEqualTo(known);
        assertThat(WebhookSignature.of(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body, List.of("whsec_AAAA", secret)))
                .endsWith(" " + known)
                .hasSize(2 * known.length() + 1);
    }

    private static WebhookSecrets secrets(@Nullable String key) {
        return new WebhookSecrets(new WebhookProperties(
                1,
                List.of(),
                Set.of(),
                key,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO));
    }

    @Test
    void secretsAreUnreadableToWhoeverLacksTheKey() {
        var secrets = secrets(KEY);
        var secret = secrets.fresh();
        assertThat(secret).matches("whsec_[A-Za-z0-9+/]{43}=").isNotEqualTo(secrets.fresh());
        var sealed = secrets.seal(WEBHOOK, secret);
        assertThat(sealed).doesNotContain(secret.substring(6)).isNotEqualTo(secrets.seal(WEBHOOK, secret));
        assertThat(secrets(KEY).open(WEBHOOK, sealed)).isEqualTo(secret);
        assertThatIllegalStateException().isThrownBy(() -> secrets(null).open(WEBHOOK, sealed));
        assertThatIllegalStateException().isThrownBy(() -> secrets(KEY + "!").open(WEBHOOK, sealed));
        assertThatIllegalStateException()
                .as("another webhook's")
                .isThrownBy(() -> secrets(KEY).open(UUID.randomUUID(), sealed));
    }

    @Test
    void secretsFromBeforeThereWasAKeyStayGood() {
        var secret = secrets(null).fresh();
        assertThat(secrets(null).seal(WEBHOOK, secret)).isEqualTo(secret);
        assertThat(secrets(KEY).open(WEBHOOK, secret)).isEqualTo(secret);
    }
}
