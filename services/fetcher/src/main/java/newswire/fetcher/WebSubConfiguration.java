package newswire.fetcher;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import newswire.contract.NewsRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** Puts push together, most of it only where hubs can reach us. */
@Configuration(proxyBeanMethods = false)
class WebSubConfiguration {
    private static final Logger log = LoggerFactory.getLogger(WebSubConfiguration.class);
    private static final int SECRET_BYTES = 32;

    @Bean
    PushMetrics pushMetrics(MeterRegistry meters) {
        return new PushMetrics(meters);
    }

    @Bean
    PushPublisher pushPublisher(KafkaTemplate<String, NewsRecord> kafka) {
        return new PushPublisher(kafka);
    }

    @Bean
    Subscriptions subscriptions(
            ObjectProvider<Callbacks> callbacks,
            WebSubProperties settings,
            FetcherProperties properties,
            PushPublisher publisher,
            PushMetrics metrics) {
        return new Subscriptions(
                callbacks.getIfAvailable(),
                settings,
                publisher,
                metrics,
                properties.poll().floor());
    }

    /** What a fetcher has that hubs can reach. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("fetcher.websub.callback")
    static class Reachable {

        @Bean
        Callbacks callbacks(WebSubProperties settings) {
            var base = settings.callback() == null ? URI.create("") : settings.callback();
            return new Callbacks(base, settings.secret() == null ? made() : settings.secret());
        }

        private static String made() {
            log.warn(
                    "No fetcher.websub.secret: one was made for this process. Hubs will be asked anew after its end, and"
                            + " several instances cannot share their subscriptions");
            var bytes = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        }

        @Bean
        HubClient hubClient(FetcherProperties properties, AddressGuard guard) {
            return new HubClient(properties, guard, FetcherConfiguration.version());
        }

        /** It stops before the shards do, and so finishes what it is at. */
        @Bean
        @DependsOn("feedShards")
        PushReader pushReader(
                FetcherProperties properties,
                WebSubProperties settings,
                ConsumerFactory<byte[], byte[]> consumers,
                Callbacks callbacks,
                HubClient client,
                FeedClient feeds,
                PollLoop loop,
                RawArticlePublisher articles,
                PushPublisher publisher,
                PushMetrics metrics,
                PollMetrics entries,
                FollowUps followUps,
                InstantSource clock) {
            var pushes = new Pushes(
                    callbacks,
                    new WebSubPlan(settings),
                    articles,
                    metrics,
                    entries,
                    properties,
                    followUps,
                    loop,
                    feeds.memory());
            var hubs = new Hubs(client, loop, callbacks, publisher, metrics, clock);
            return new PushReader(consumers, loop, pushes, hubs, metrics, clock);
        }

        @Bean
        PushIntake pushIntake(
                FetcherProperties properties,
                WebSubProperties settings,
                Callbacks callbacks,
                FeedClient feeds,
                PollLoop loop,
                PushPublisher publisher,
                PushMetrics metrics,
                InstantSource clock) {
            return new PushIntake(
                    callbacks, settings, properties.limits(), loop, publisher, metrics, clock, feeds.memory());
        }
    }
}
