package newswire.store;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an installation decides about the store.
 *
 * @param feeds OPML file whose feeds are added at start; feeds that are known already stay as they are
 * @param readYourWrites longest wait of a change to the feeds for its own appearance in the table
 */
@ConfigurationProperties("store")
record StoreProperties(
        @Nullable Path feeds, @DefaultValue("2s") Duration readYourWrites) {}
