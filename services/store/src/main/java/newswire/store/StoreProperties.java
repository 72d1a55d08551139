package newswire.store;

import java.nio.file.Path;
import java.time.Duration;
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
 */
@ConfigurationProperties("store")
record StoreProperties(
        @Nullable Path feeds,
        @DefaultValue("10s") Duration projectionTimeout,
        @DefaultValue("10MB") DataSize maxBody) {}
