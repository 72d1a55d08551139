package newswire.fetcher;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import newswire.contract.FeedId;
import org.jspecify.annotations.Nullable;

/**
 * The URLs that hubs call. Each proves by a code of ours for which feed, hub and topic it was made and when, so that any
 * instance can judge a call without a memory, and nobody can guess one.
 */
final class Callbacks {
    /** Path of all callbacks, below which come feed, partition and id. */
    static final String PATH = "/websub";

    static final int SHORTEST_SECRET = 32;
    private static final String HMAC = "HmacSHA256";
    private static final int SHORT = 8;
    private static final int CLAIMS = Integer.BYTES + 2 * SHORT;
    private static final int CODE = 16;

    private final URI base;
    private final byte[] key;

    /**
     * With a secret.
     *
     * @throws IllegalArgumentException if it is too short, or if the base is no web address; neither message has the secret
     */
    Callbacks(URI base, String secret) {
        if (secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "fetcher.websub.secret has less than " + SHORTEST_SECRET + " characters");
        }
        if (base.getHost() == null
                || base.getScheme() == null
                || !base.getScheme().startsWith("http")) {
            throw new IllegalArgumentException("fetcher.websub.callback is no web address: '" + base + "'");
        }
        this.base = URI.create(base.toString().replaceFirst("/+$", ""));
        this.key = secret.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What an id was made for.
     *
     * @param partition of the feed's definition
     */
    record Callback(FeedId feedId, int partition, String id, Instant madeAt, String hubCode, String topicCode) {
        boolean isFor(URI hub, URI topic) {
            return hubCode.equals(code(hub.toString())) && isFor(topic.toString());
        }

        boolean isFor(String topic) {
            return topicCode.equals(code(topic));
        }
    }

    /** A new id; the same for the same things in the same second. */
    String id(FeedId feedId, int partition, URI hub, URI topic, Instant now) {
        var claims = ByteBuffer.allocate(CLAIMS)
                .putInt((int) now.getEpochSecond())
                .put(digest(hub.toString()))
                .put(digest(topic.toString()))
                .array();
        var id = ByteBuffer.allocate(CLAIMS + CODE).put(claims).put(seal(feedId, partition, claims));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.array());
    }

    /** Reads an id, or nothing if it was not made here for this feed and partition. */
    @Nullable
    Callback read(FeedId feedId, int partition, String id) {
        var bytes = decoded(id);
        if (bytes == null || bytes.length != CLAIMS + CODE) {
            return null;
        }
        var claims = Arrays.copyOf(bytes, CLAIMS);
        if (!MessageDigest.isEqual(seal(feedId, partition, claims), Arrays.copyOfRange(bytes, CLAIMS, bytes.length))) {
            return null;
        }
        var madeAt = Instant.ofEpochSecond(
                Integer.toUnsignedLong(ByteBuffer.wrap(claims).getInt()));
        return new Callback(
                feedId,
                partition,
                id,
                madeAt,
                text(Arrays.copyOfRange(claims, Integer.BYTES, Integer.BYTES + SHORT)),
                text(Arrays.copyOfRange(claims, Integer.BYTES + SHORT, CLAIMS)));
    }

    /** The URL for a hub. */
    URI url(FeedId feedId, int partition, String id) {
        return URI.create(base + PATH + "/" + feedId + "/" + partition + "/" + id);
    }

    /** What the hub signs with: of no use for any other subscription. */
    String secret(FeedId feedId, String id) {
        return text(hmac("signature", feedId + "/" + id));
    }

    private byte[] seal(FeedId feedId, int partition, byte[] claims) {
        return Arrays.copyOf(hmac("callback", feedId + "/" + partition + "/" + text(claims)), CODE);
    }

    private byte[] hmac(String purpose, String what) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal((purpose + ":" + what).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException ex) {
            throw new IllegalStateException("every Java platform has " + HMAC, ex);
        }
    }

    private static byte @Nullable [] decoded(String id) {
        try {
            return Base64.getUrlDecoder().decode(id);
        } catch (IllegalArgumentException ex) {
            return null;
        }
    }

    private static String code(String url) {
        return text(digest(url));
    }

    private static byte[] digest(String url) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return Arrays.copyOf(sha256.digest(url.getBytes(StandardCharsets.UTF_8)), SHORT);
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
