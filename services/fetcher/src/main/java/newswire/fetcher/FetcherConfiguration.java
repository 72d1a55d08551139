package newswire.fetcher;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import newswire.contract.NewsRecord;
import newswire.contract.Topics;
import newswire.contract.kafka.DeadLetterPublisher;
import newswire.contract.operation.Traces;
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
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    AddressGuard addressGuard(FetcherProperties properties) {
        return new AddressGuard(
                properties.allowedAddresses(),
                properties.ports(),
                new AddressBudget(properties.host().perAddress()));
    }

    @Bean
    FeedClient feedClient(FetcherProperties properties, AddressGuard guard) {
        return new FeedClient(properties, guard, version());
    }

    @Bean
    BrokerGate brokerGate() {
        return new BrokerGate();
    }

    @Bean
    PollMetrics pollMetrics(MeterRegistry meters) {
        return new PollMetrics(meters);
    }

    @Bean
    RawArticlePublisher rawArticlePublisher(
            FetcherProperties properties, KafkaTemplate<String, NewsRecord> kafka, Traces traces, PollMetrics metrics) {
        return new RawArticlePublisher(kafka, properties.limits().entry().toBytes(), traces, metrics);
    }

    @Bean
    Visits visits(
            FetcherProperties properties,
            FeedClient client,
            InstantSource clock,
            KafkaTemplate<String, NewsRecord> kafka) {
        return new Visits(
                client,
                clock,
                () -> kafka.partitionsFor(Topics.FEEDS).size(),
                properties.pages().patience());
    }

    @Bean
    FollowUps followUps(
            FetcherProperties properties,
            Visits visits,
            RawArticlePublisher publisher,
            InstantSource clock,
            MeterRegistry meters) {
        return FollowUps.of(visits, publisher, meters, clock, properties);
    }

    @Bean
    PollLoop pollLoop(
            FetcherProperties properties,
            FeedClient client,
            RawArticlePublisher publisher,
            Subscriptions subscriptions,
            PollMetrics metrics,
            BrokerGate broker,
            InstantSource clock,
            Visits visits,
            FollowUps followUps,
            MeterRegistry meters) {
        var loop = new PollLoop(
                new PollRounds(
                        new Poller(
                                client,
                                publisher,
                                new Sitemaps(visits, properties),
                                followUps,
                                properties.limits().entries()),
                        publisher,
                        properties.poll(),
                        subscriptions,
                        metrics,
                        clock),
                publisher,
                metrics,
                broker,
                clock,
                properties.maxInFlight());
        meters.gauge("newswire.fetcher.feeds", loop, PollLoop::feeds);
        meters.gauge("newswire.fetcher.memory", client.memory(), MemoryBudget::taken);
        meters.gauge("newswire.fetcher.feeds.quiet", loop, PollLoop::quietFeeds);
        return loop;
    }

    @Bean
    FeedShards feedShards(
            FetcherProperties properties,
            ConsumerFactory<byte[], byte[]> consumers,
            RawArticlePublisher publisher,
            DeadLetterPublisher deadLetters,
            Subscriptions subscriptions,
            PollLoop loop,
            BrokerGate broker,
            InstantSource clock) {
        var newcomers = new Newcomers(
                properties.importBurst(), properties.poll().defaultInterval(), RandomGenerator.getDefault());
        return new FeedShards(
                consumers,
                publisher,
                deadLetters,
                subscriptions,
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

    static String version() {
        @Nullable String version = FetcherConfiguration.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
