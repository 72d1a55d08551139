package newswire.store;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What an installation decides about the store.
 *
 * @param feeds OPML file whose feeds are added at start; feeds that are known already stay as they are
 * @param projectionTimeout longest wait of a change to the feeds until the table shows what the topic has: before it, so that
 *     it changes what is, and after it, so that it can be read back
 * @param maxBody largest body of a request
 * @param access who may do what
 * @param output how searches are served as feeds
 * @param changes how changes are streamed
 * @param rebuild whether to empty the tables at start and fill them again from the topics and the history
 * @param retention what was published or changed longer ago is deleted, by whole months; absent = kept for ever
 */
@ConfigurationProperties("store")
record StoreProperties(
        @Nullable Path feeds,
        @DefaultValue("10s") Duration projectionTimeout,
        @DefaultValue("10MB") DataSize maxBody,
        @DefaultValue Access access,
        @DefaultValue Output output,
        @DefaultValue Changes changes,
        @DefaultValue("false") boolean rebuild,
        @Nullable Duration retention) {

    /**
     * Who may do what. On loopback everybody may everything.
     *
     * @param open whether no key is asked for beyond loopback either, because something in front decides who gets in
     * @param adminKey a key that is good for everything, of 32 characters or more, beside those in the database
     * @param readKey the same for reading only, as for whoever collects the metrics
     * @param oidc provider whose bearer tokens are as good as keys; absent = only keys
     * @param session how long a browser stays signed in
     * @param requestsPerMinute most of one key and address; loopback without a key is not limited
     */
    record Access(
            @DefaultValue("false") boolean open,
            @Nullable String adminKey,
            @Nullable String readKey,
            @Nullable Oidc oidc,
            @DefaultValue("12h") Duration session,
            @DefaultValue("600") int requestsPerMinute) {}

    /**
     * Who may get in with a token instead of a key.
     *
     * @param issuer OpenID Connect provider, just as its tokens name it; https, or http on this machine
     * @param audience what tokens for this API have in aud
     * @param scopesClaim claim that has the scopes, separated by spaces or as a list: newswire:read,
     *     newswire:feeds, newswire:admin
     */
    record Oidc(
            URI issuer,
            String audience,
            @DefaultValue("scope") String scopesClaim) {
        Oidc {
            Objects.requireNonNull(issuer, "store.access.oidc.issuer is not set");
            Objects.requireNonNull(audience, "store.access.oidc.audience is not set");
        }
    }

    /**
     * Searches as RSS, Atom and JSON Feed.
     *
     * @param title of each, before what was searched for
     * @param url where this API is for its readers; absent = as the request says
     * @param hub WebSub hub to name; telling it of changes is up to whoever runs it
     */
    record Output(
            @DefaultValue("Newswire") String title,
            @Nullable URI url,
            @Nullable URI hub) {}

    /**
     * The stream of changes.
     *
     * @param clients most that are served at once
     * @param heartbeat longest silence on a stream
     * @param buffer how much a client may lag behind before it is dropped; held once for all clients
     * @param pause between two looks into the database
     */
    record Changes(
            @DefaultValue("500") int clients,
            @DefaultValue("15s") Duration heartbeat,
            @DefaultValue("16MB") DataSize buffer,
            @DefaultValue("200ms") Duration pause) {}
}
