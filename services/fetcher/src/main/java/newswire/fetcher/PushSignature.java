package newswire.fetcher;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Judges a hub's {@code X-Hub-Signature} in a time that tells nothing of the right one. */
final class PushSignature {
    private static final Map<String, String> METHODS =
            Map.of("sha1", "HmacSHA1", "sha256", "HmacSHA256", "sha384", "HmacSHA384", "sha512", "HmacSHA512");

    private PushSignature() {}

    /** What a signature is worth. */
    enum Verdict {
        RIGHT,
        WRONG,
        MISSING
    }

    /**
     * Judges.
     *
     * @param header {@code method=hex}, if there is one
     */
    static Verdict judge(@Nullable String header, byte[] body, String secret) {
        if (header == null || header.isBlank()) {
            return Verdict.MISSING;
        }
        int equals = header.indexOf('=');
        var method =
                METHODS.get(header.substring(0, Math.max(0, equals)).strip().toLowerCase(Locale.ROOT));
        var said = method == null ? null : bytes(header.substring(equals + 1).strip());
        return method != null && said != null && MessageDigest.isEqual(hmac(method, body, secret), said)
                ? Verdict.RIGHT
                : Verdict.WRONG;
    }

    private static byte @Nullable [] bytes(String hex) {
        try {
            return HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException ex) {
            return null;
        }
    }

    private static byte[] hmac(String method, byte[] body, String secret) {
        try {
            var mac = Mac.getInstance(method);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), method));
            return mac.doFinal(body);
        } catch (NoSuchAlgorithmException | InvalidKeyException ex) {
            throw new IllegalStateException("every Java platform has " + method, ex);
        }
    }
}
