package newswire.fetcher;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import newswire.contract.NewsRecord;
import newswire.contract.kafka.DeadLetterPublisher;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** Puts the fetcher together; its parts know no framework. */
@Configuration(proxyBeanMethods = false)
class FetcherConfiguration {

    @Bean
    FeedClient feedClient(FetcherProperties properties) {
        var guard = new AddressGuard(
                properties.allowedAddresses(),
                properties.ports(),
                new AddressBudget(properties.host().perAddress()));
        return new FeedClient(properties, guard, version());
    }

    @Bean
    FeedShards feedShards(
            FetcherProperties properties,
            FeedClient client,
            KafkaTemplate<String, NewsRecord> kafka,
            ConsumerFactory<byte[], byte[]> consumers,
            DeadLetterPublisher deadLetters,
            MeterRegistry meters) {
        var clock = InstantSource.system();
        var broker = new BrokerGate();
        var publisher =
                new RawArticlePublisher(kafka, properties.limits().entry().toBytes());
        var loop = new PollLoop(
                new Poller(client, publisher, properties.limits().entries()),
                publisher,
                properties.poll(),
                new PollMetrics(meters),
                broker,
                clock,
                properties.maxInFlight());
        meters.gauge("newswire.fetcher.feeds", loop, PollLoop::feeds);
        var newcomers = new Newcomers(
                properties.importBurst(), properties.poll().defaultInterval(), RandomGenerator.getDefault());
        return new FeedShards(
                consumers,
                publisher,
                deadLetters,
                loop,
                broker,
                partition -> new FeedShard(partition, properties, newcomers),
                clock);
    }

    /** Ready as long as feeds are polled: not while the broker is away. */
    @Bean
    HealthIndicator polling(FeedShards shards) {
        return () -> (shards.isWorking() ? Health.up() : Health.outOfService()).build();
    }

    private static String version() {
        @Nullable String version = FetcherConfiguration.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
