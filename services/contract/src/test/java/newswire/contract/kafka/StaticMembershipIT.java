package newswire.contract.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.KafkaListener;

class StaticMembershipIT {

    @Test
    void twoListenersOfANamedProcessDoNotFenceEachOther() throws Exception {
        try (var kafka = TestServices.freshKafka();
                var service = service(kafka.bootstrapServers());
                var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            send(kafka.bootstrapServers());

            var seen = service.getBean(Listeners.class).seen;
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(seen).containsExactlyInAnyOrder("article", "feed"));
            var group = requireNonNull(
                    admin.describeConsumerGroups(List.of("reader")).all().get().get("reader"));
            assertThat(group.members())
                    .extracting(MemberDescription::groupInstanceId)
                    .extracting(id -> id.orElse("none"))
                    .containsExactlyInAnyOrder("reader-1-articles-0", "reader-1-feeds-0");
        }
    }

    private static ConfigurableApplicationContext service(String servers) {
        return new SpringApplicationBuilder(Service.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.config.import=classpath:kafka-contract.yml",
                        "--spring.application.name=reader",
                        "--spring.kafka.bootstrap-servers=" + servers,
                        "--newswire.kafka.instance=reader-1",
                        "--newswire.kafka.partitions=1");
    }

    private static void send(String servers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            var article = producer.send(new ProducerRecord<>(Topics.ARTICLES, "article", "{}"));
            var feed = producer.send(new ProducerRecord<>(Topics.FEEDS, "feed", "{}"));
            producer.flush();
            assertThat(article.isDone() && feed.isDone()).isTrue();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Listeners.class)
    static class Service {}

    /** Two topics, two containers, one group. */
    static class Listeners {
        final List<String> seen = new CopyOnWriteArrayList<>();

        @KafkaListener(id = "articles", idIsGroup = false, topics = Topics.ARTICLES)
        void onArticles(List<ConsumerRecord<byte[], byte[]>> records) {
            records.forEach(record -> seen.add(new String(record.key(), UTF_8)));
        }

        @KafkaListener(id = "feeds", idIsGroup = false, topics = Topics.FEEDS)
        void onFeeds(List<ConsumerRecord<byte[], byte[]>> records) {
            records.forEach(record -> seen.add(new String(record.key(), UTF_8)));
        }
    }
}
