package newswire.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Whether others than this machine reach the API; it does not start for them while nobody has a key. */
@Component
class Exposure implements SmartLifecycle {
    private static final Pattern OWN = Pattern.compile(
            "(.+\\.)?localhost\\.?|127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)]?", Pattern.CASE_INSENSITIVE);

    /** What a server without an address listens at. */
    private static final String ANY = "0.0.0.0";

    private final ApiKeyTable keys;
    private final StoreProperties.Access properties;
    private final List<String> addresses;
    private volatile boolean running;

    Exposure(ApiKeyTable keys, StoreProperties properties, Environment environment) {
        this.keys = keys;
        this.properties = properties.access();
        var address = environment.getProperty("server.address", ANY);
        this.addresses = List.of(address, environment.getProperty("management.server.address", address));
    }

    /** Before anything is served. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    /**
     * Looks whether anybody could get in.
     *
     * @throws StartFailure if nobody could, or everybody
     */
    @Override
    public void start() {
        check("store.access.admin-key", properties.adminKey());
        check("store.access.read-key", properties.readKey());
        if (properties.oidc() != null && !isSafe(properties.oidc().issuer())) {
            throw new StartFailure(
                    "store.access.oidc.issuer is not https: "
                            + properties.oidc().issuer(),
                    "Name it with https, or by a name of this machine.");
        }
        if (needsKeys() && properties.adminKey() == null && properties.oidc() == null && !keys.any()) {
            throw new StartFailure(
                    "The API would be reached from beyond this machine (server.address, management.server.address: "
                            + String.join(", ", addresses)
                            + ") without any key.",
                    "Start it on loopback once and make a key (POST /api/keys, or newswire key), or set"
                            + " store.access.admin-key or store.access.oidc.issuer; or say store.access.open=true if something in front of it decides"
                            + " who gets in.");
        }
        running = true;
    }

    private static boolean isSafe(URI issuer) {
        return "https".equals(issuer.getScheme())
                || ("http".equals(issuer.getScheme()) && issuer.getHost() != null && isLoopback(issuer.getHost()));
    }

    private static void check(String setting, @Nullable String key) {
        if (key != null && key.length() < 32) {
            throw new StartFailure(setting + " is shorter than 32 characters.", "Take a longer one.");
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    boolean needsKeys() {
        return !properties.open() && !addresses.stream().allMatch(Exposure::isLoopback);
    }

    /**
     * Whether a request that needs no key, for it comes over loopback, names another host: a page on the web whose name now
     * leads to this machine (DNS rebinding) is no page of ours.
     */
    boolean isRebound(String host) {
        return !properties.open() && !OWN.matcher(host).matches();
    }

    /** What a key of the settings is good for; null if it is none of them. */
    @Nullable
    Scope scopeOf(String key) {
        if (isSame(properties.adminKey(), key)) {
            return Scope.ADMIN;
        }
        return isSame(properties.readKey(), key) ? Scope.READ : null;
    }

    /** The same of what only the hash is known of. */
    @Nullable
    Scope scopeOfHash(String hash) {
        if (properties.adminKey() != null && isSame(ApiKeyTable.hash(properties.adminKey()), hash)) {
            return Scope.ADMIN;
        }
        return properties.readKey() != null && isSame(ApiKeyTable.hash(properties.readKey()), hash) ? Scope.READ : null;
    }

    private static boolean isSame(@Nullable String known, String key) {
        return known != null && MessageDigest.isEqual(known.getBytes(UTF_8), key.getBytes(UTF_8));
    }

    private static boolean isLoopback(String address) {
        try {
            return Arrays.stream(InetAddress.getAllByName(address)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException ex) {
            return false;
        }
    }
}
