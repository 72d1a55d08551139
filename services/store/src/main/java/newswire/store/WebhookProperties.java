package newswire.store;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whom the store tells of changes, and how patient it is with them.
 *
 * @param most webhooks there may be
 * @param allowedAddresses CIDR ranges of receivers that are good though they are not public, at any port
 * @param ports of receivers elsewhere
 * @param key what the secrets are encrypted with in the database, of 32 characters or more; absent = they stand there as they
 *     are, for whoever may read it
 * @param timeout longest exchange with a receiver
 * @param firstRetry wait after a first failure; it doubles with each further one, and up to half of it is left to chance
 * @param longestRetry longest wait after a failure, unless the receiver asks for more
 * @param patience how long a receiver may fail without a break before its webhook is disabled
 * @param pause between two looks for changes
 */
@ConfigurationProperties("store.webhooks")
record WebhookProperties(
        @DefaultValue("100") int most,
        @DefaultValue List<String> allowedAddresses,
        @DefaultValue({"80", "443", "8080", "8443"}) Set<Integer> ports,
        @Nullable String key,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("5s") Duration firstRetry,
        @DefaultValue("1h") Duration longestRetry,
        @DefaultValue("3d") Duration patience,
        @DefaultValue("500ms") Duration pause) {
    private static final Duration LOOK_UP = Duration.ofSeconds(6);
    private static final Duration SPARE = Duration.ofSeconds(10);

    WebhookProperties {
        allowedAddresses = List.copyOf(allowedAddresses);
        ports = Set.copyOf(ports);
    }

    /** How long an exchange can really take: a look-up of a name cannot be broken off. */
    Duration exchange() {
        return timeout.plus(LOOK_UP);
    }

    /** How long a store has a webhook to itself without saying so again. */
    Duration lease() {
        return exchange().plus(SPARE);
    }
}
