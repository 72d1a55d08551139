package newswire.contract.kafka;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TopicSetupIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final KafkaContractProperties PROPERTIES =
            new KafkaContractProperties(4, (short) 1, 1, TIMEOUT, null);

    private static TestServices.Kafka kafka;
    private static Admin admin;

    @BeforeAll
    static void start() {
        kafka = TestServices.freshKafka();
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterEach
    void clear() {
        kafka.clear();
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    @Test
    void createsEveryTopicWithItsSettingsAndWaitsForItsLeaders() throws Exception {
        setup(PROPERTIES).start();

        var topics = TopicSettings.of(PROPERTIES);
        var names = topics.stream().map(NewTopic::name).toList();
        var found = admin.describeTopics(names).allTopicNames().get();
        assertThat(found).containsOnlyKeys(names);
        for (var topic : topics) {
            assertThat(requireNonNull(found.get(topic.name())).partitions()).hasSize(topic.numPartitions());
            assertThat(settings(topic.name())).containsAllEntriesOf(topic.configs());
        }
        assertThat(admin.listOffsets(latest(topics)).all().get().values()).allMatch(end -> end.offset() == 0);
    }

    @Test
    void leavesAloneWhatIsThere() throws Exception {
        setup(PROPERTIES).start();
        var articles = new ConfigResource(ConfigResource.Type.TOPIC, Topics.ARTICLES);
        var longer = new AlterConfigOp(new ConfigEntry("retention.ms", "1234567890"), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(articles, List.of(longer))).all().get();
        var before =
                admin.describeTopics(List.of(Topics.ARTICLES)).allTopicNames().get();

        var again = setup(PROPERTIES);
        again.start();

        assertThat(again.isRunning()).isTrue();
        assertThat(admin.describeTopics(List.of(Topics.ARTICLES))
                        .allTopicNames()
                        .get())
                .isEqualTo(before);
        assertThat(settings(Topics.ARTICLES)).containsEntry("retention.ms", "1234567890");
    }

    @Test
    void refusesAnotherNumberOfPartitions() throws Exception {
        admin.createTopics(List.of(new NewTopic(Topics.ARTICLES, 7, (short) 1)))
                .all()
                .get();

        assertThatIllegalStateException()
                .isThrownBy(setup(PROPERTIES)::start)
                .withMessageContainingAll("'news.article.v1'", "7 partitions", "asks for 4");
    }

    @Test
    void saysWhichBrokerDidNotCome() {
        var properties = new KafkaContractProperties(4, (short) 1, 1, Duration.ZERO, null);
        var nobody = new TopicSetup(
                Map.of("bootstrap.servers", "127.0.0.1:1"), TopicSettings.of(properties), properties.startupTimeout());

        assertThatIllegalStateException()
                .isThrownBy(nobody::start)
                .withMessageContainingAll("127.0.0.1:1", "list topics");
        assertThat(nobody.isRunning()).isFalse();
    }

    private static TopicSetup setup(KafkaContractProperties properties) {
        return new TopicSetup(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                TopicSettings.of(properties),
                properties.startupTimeout());
    }

    private static Map<String, String> settings(String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var config = requireNonNull(
                admin.describeConfigs(List.of(resource)).all().get().get(resource));
        return config.entries().stream().collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private static Map<TopicPartition, OffsetSpec> latest(List<NewTopic> topics) {
        return topics.stream()
                .flatMap(topic -> IntStream.range(0, topic.numPartitions())
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
    }
}
