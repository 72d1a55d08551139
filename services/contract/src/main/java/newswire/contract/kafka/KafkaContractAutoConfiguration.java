package newswire.contract.kafka;

import java.time.InstantSource;
import java.util.Map;
import newswire.contract.DeadLetter;
import newswire.contract.NewsRecord;
import newswire.contract.UnprocessableException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * What the services have in common at the broker. Infrastructure faults are retried for ever; only a record that is itself
 * at fault becomes a dead letter.
 */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@EnableConfigurationProperties(KafkaContractProperties.class)
class KafkaContractAutoConfiguration {

    @Bean
    TopicSetup topicSetup(KafkaAdmin admin, KafkaContractProperties properties) {
        return new TopicSetup(
                admin.getConfigurationProperties(), TopicSettings.of(properties), properties.startupTimeout());
    }

    /** A named instance keeps its partitions over a restart that is quicker than the session timeout. */
    @Bean
    DefaultKafkaConsumerFactoryCustomizer staticMembership(KafkaContractProperties properties) {
        return factory -> {
            var instance = properties.instance();
            if (instance != null && !instance.isBlank()) {
                factory.updateConfigs(Map.of(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance));
            }
        };
    }

    /** Several listeners of one process are several members of its group: with one name they would fence each other. */
    @Bean
    ContainerCustomizer<Object, Object, ConcurrentMessageListenerContainer<Object, Object>> staticMembershipOfListeners(
            KafkaContractProperties properties) {
        return container -> {
            var instance = properties.instance();
            if (instance != null && !instance.isBlank()) {
                var name = instance + "-" + container.getListenerId();
                container
                        .getContainerProperties()
                        .getKafkaConsumerProperties()
                        .setProperty(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name.replaceAll("[^a-zA-Z0-9._-]", "_"));
            }
        };
    }

    @Bean
    DeadLetterPublisher deadLetterPublisher(
            KafkaTemplate<String, NewsRecord> kafka, @Value("${spring.application.name}") String service) {
        return new DeadLetterPublisher(kafka, service, InstantSource.system());
    }

    @Bean
    CommonErrorHandler kafkaErrorHandler(DeadLetterPublisher deadLetters) {
        var patient = new ExponentialBackOff(500, 2);
        patient.setMaxInterval(30_000);
        return new ConsumerErrors(recoverer(deadLetters), patient);
    }

    private static ConsumerRecordRecoverer recoverer(DeadLetterPublisher deadLetters) {
        return (record, failure) -> {
            var unprocessable = unprocessable(failure);
            @SuppressWarnings("unchecked") // the contract's consumers read bytes
            var bytes = (ConsumerRecord<byte[], byte[]>) record;
            deadLetters.send(
                    bytes,
                    DeadLetter.Stage.CONSUME,
                    unprocessable == null ? "unknown" : unprocessable.reason(),
                    String.valueOf(unprocessable == null ? failure.getMessage() : unprocessable.getMessage()));
        };
    }

    private static @Nullable UnprocessableException unprocessable(@Nullable Throwable failure) {
        for (var at = failure; at != null; at = at.getCause()) {
            if (at instanceof UnprocessableException found) {
                return found;
            }
        }
        return null;
    }
}
