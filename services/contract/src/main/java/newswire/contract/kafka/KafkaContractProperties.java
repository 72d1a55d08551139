package newswire.contract.kafka;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an installation decides about the topics.
 *
 * @param partitions of every topic but the dead letters'; part of the contract: changing it breaks the order of keys
 * @param replicationFactor of every topic; 3 in production
 * @param minInsyncReplicas of every topic; 2 in production
 * @param startupTimeout longest wait for the broker at start, before giving up
 * @param instance stable name of this process; its partitions wait for it over a quick restart. Absent = others take over
 *     as soon as it is gone
 */
@ConfigurationProperties("newswire.kafka")
record KafkaContractProperties(
        @DefaultValue("12") int partitions,
        @DefaultValue("1") short replicationFactor,
        @DefaultValue("1") int minInsyncReplicas,
        @DefaultValue("2m") Duration startupTimeout,
        @Nullable String instance) {}
