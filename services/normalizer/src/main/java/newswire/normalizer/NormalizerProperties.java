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
 */
@ConfigurationProperties("normalizer")
record NormalizerProperties(
        @DefaultValue("data/normalizer") Path stateDir,
        @DefaultValue("1") int threads,
        @DefaultValue("0") int standbyReplicas,
        @DefaultValue("365d") Duration ledgerRetention) {}
