package newswire.normalizer;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an installation decides about the normalizer.
 *
 * @param stateDir folder of the ledger's local copy; the ledger itself is in Kafka
 * @param threads stream threads; more than there are partitions have nothing to do
 * @param standbyReplicas copies of the ledger that other instances keep warm
 * @param ledgerRetention how long an article is remembered after it was last seen
 * @param revisionSpacing shortest time between two revisions of an article, where its feed's updates.minSeconds does not say;
 *     a change that comes sooner waits
 */
@ConfigurationProperties("normalizer")
record NormalizerProperties(
        @DefaultValue("data/normalizer") Path stateDir,
        @DefaultValue("1") int threads,
        @DefaultValue("0") int standbyReplicas,
        @DefaultValue("365d") Duration ledgerRetention,
        @DefaultValue("60s") Duration revisionSpacing) {}
