package newswire.fetcher;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Push by WebSub, besides polling.
 *
 * @param callback where hubs reach this service's port from outside, as in https://news.example; absent = nothing
 *     is subscribed and nothing received
 * @param secret of 32 characters at least, the same for all instances: callbacks and signatures are derived from it. Absent
 *     = one is made at the start, which is enough for a single instance; after a restart it subscribes anew
 * @param lease to ask for
 * @param longestLease that is believed
 * @param audit interval of polls while the hub delivers
 * @param patience in which a push must bring what a poll found
 * @param misses in a row after which the hub counts as dead
 * @param retry of a request that came to nothing
 * @param pause after a refusal or the death of a hub
 * @param bodies pushes that are read at the same time
 * @param perMinute pushes of one feed
 */
@ConfigurationProperties("fetcher.websub")
record WebSubProperties(
        @Nullable URI callback,
        @Nullable String secret,
        @DefaultValue("10d") Duration lease,
        @DefaultValue("14d") Duration longestLease,
        @DefaultValue("24h") Duration audit,
        @DefaultValue("15m") Duration patience,
        @DefaultValue("3") int misses,
        @DefaultValue("24h") Duration retry,
        @DefaultValue("7d") Duration pause,
        @DefaultValue("8") int bodies,
        @DefaultValue("60") int perMinute) {

    /** Whoever logs settings must not log the secret. */
    @Override
    public String toString() {
        return "WebSubProperties[callback=" + callback + "]";
    }
}
