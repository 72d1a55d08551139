package newswire.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What messages are signed with, which only the database and the receiver have; the database, if a key is set, unreadably. */
@Component
class WebhookSecrets {
    static final String PREFIX = "whsec_";

    private static final String SEALED = "aes:";
    private static final int BYTES = 32;
    private static final int VECTOR = 12;
    private static final int SHORTEST_KEY = 32;

    private final SecureRandom random = new SecureRandom();
    private final @Nullable SecretKeySpec key;

    WebhookSecrets(WebhookProperties properties) {
        this.key = properties.key() == null ? null : key(properties.key());
    }

    private static SecretKeySpec key(String text) {
        if (text.length() < SHORTEST_KEY) {
            throw new StartFailure("store.webhooks.key is shorter than 32 characters.", "Take a longer one.");
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return new SecretKeySpec(digest.digest(text.getBytes(StandardCharsets.UTF_8)), "AES");
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("every JVM has it", ex);
        }
    }

    /** A new one of 256 random bits. */
    String fresh() {
        return PREFIX + Base64.getEncoder().encodeToString(random(BYTES));
    }

    private byte[] random(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The form for the database, of no use at another webhook. */
    String seal(UUID webhook, String secret) {
        if (key == null) {
            return secret;
        }
        var vector = random(VECTOR);
        var sealed = crypt(Cipher.ENCRYPT_MODE, key, vector, webhook, secret.getBytes(StandardCharsets.US_ASCII));
        var both = ByteBuffer.allocate(VECTOR + sealed.length).put(vector).put(sealed);
        return SEALED + Base64.getEncoder().encodeToString(both.array());
    }

    /**
     * The secret again.
     *
     * @throws IllegalStateException if the key is not the one that it was sealed with
     */
    String open(UUID webhook, String sealed) {
        if (!sealed.startsWith(SEALED)) {
            return sealed;
        }
        if (key == null) {
            throw new IllegalStateException("the secret is encrypted, and store.webhooks.key is not set");
        }
        var both = ByteBuffer.wrap(Base64.getDecoder().decode(sealed.substring(SEALED.length())));
        var vector = new byte[VECTOR];
        both.get(vector);
        var rest = new byte[both.remaining()];
        both.get(rest);
        return new String(crypt(Cipher.DECRYPT_MODE, key, vector, webhook, rest), StandardCharsets.US_ASCII);
    }

    private static byte[] crypt(int mode, SecretKeySpec key, byte[] vector, UUID webhook, byte[] text) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(128, vector));
            cipher.updateAAD(webhook.toString().getBytes(StandardCharsets.US_ASCII));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("the secret was encrypted with another store.webhooks.key", ex);
        }
    }
}
