package newswire.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs messages by the Standard Webhooks specification 1.0: HMAC-SHA256 over id, time and body. */
final class WebhookSignature {
    private static final String METHOD = "HmacSHA256";

    private WebhookSignature() {}

    /**
     * The header's value.
     *
     * @param timestamp seconds since 1970
     * @param secrets each as {@code whsec_} and Base64; while a secret is being changed there are two
     */
    static String of(String message, long timestamp, String body, List<String> secrets) {
        var signed = (message + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
        return secrets.stream()
                .map(secret -> "v1," + Base64.getEncoder().encodeToString(mac(secret, signed)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] mac(String secret, byte[] signed) {
        try {
            var mac = Mac.getInstance(METHOD);
            var key = Base64.getDecoder().decode(secret.substring(WebhookSecrets.PREFIX.length()));
            mac.init(new SecretKeySpec(key, METHOD));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("every JVM has " + METHOD, ex);
        }
    }
}
