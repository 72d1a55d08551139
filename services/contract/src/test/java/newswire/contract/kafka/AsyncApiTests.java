package newswire.contract.kafka;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import newswire.contract.Article;
import newswire.contract.DeadLetter;
import newswire.contract.Feed;
import newswire.contract.FeedPush;
import newswire.contract.FeedState;
import newswire.contract.NewsRecord;
import newswire.contract.RawArticle;
import newswire.contract.Samples;
import newswire.contract.SchemaAssert;
import newswire.contract.Topics;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The AsyncAPI document says what the code does. */
class AsyncApiTests {
    private static final JsonNode DOCUMENT = document();
    private static final Map<String, List<NewsRecord>> RECORDS = Map.of(
            Topics.FEEDS, List.of(Samples.read("feed-full", Feed.class), Samples.read("feed-minimal", Feed.class)),
            Topics.FEED_STATES, List.of(Samples.read("feed-state-full", FeedState.class)),
            Topics.FEED_PUSHES, List.of(Samples.read("feed-push-full", FeedPush.class)),
            Topics.RAW_ARTICLES, List.of(Samples.read("raw-article-full", RawArticle.class)),
            Topics.ARTICLES, List.of(Samples.article("seed"), updated(), Samples.article("full")),
            Topics.DEAD_LETTERS,
                    List.of(
                            Samples.read("dead-letter-full", DeadLetter.class),
                            Samples.read("dead-letter-minimal", DeadLetter.class)));

    @Test
    void namesEveryTopicWithItsSettings() {
        var production = new KafkaContractProperties(12, (short) 3, 2, Duration.ZERO, null);
        var expected = TopicSettings.of(production).stream()
                .collect(Collectors.toMap(NewTopic::name, AsyncApiTests::settings));
        var found = channels().stream()
                .collect(Collectors.toMap(channel -> channel.get("address").stringValue(), AsyncApiTests::settings));
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void everyChannelIsWritten() {
        var written = DOCUMENT.get("operations")
                .valueStream()
                .map(operation -> resolve(operation.get("channel")))
                .toList();
        assertThat(written).containsExactlyInAnyOrderElementsOf(channels());
    }

    @Test
    void namesEveryEventOfATopicAndNoOther() {
        for (var channel : channels()) {
            var topic = channel.get("address").stringValue();
            var events = new TreeSet<String>();
            requireNonNull(RECORDS.get(topic))
                    .forEach(value -> events.add(headers(value).get("ce_type").stringValue()));
            var messages = channel.get("messages")
                    .valueStream()
                    .map(message -> resolve(message).get("name").stringValue())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(messages).as(topic).isEqualTo(events);
        }
    }

    @Test
    void describesTheHeaders() {
        var trait = (ObjectNode)
                DOCUMENT.at("/components/messageTraits/cloudEvent/headers").deepCopy();
        trait.put("additionalProperties", false);
        for (var value : RECORDS.values().stream().flatMap(List::stream).toList()) {
            assertThat(SchemaAssert.violations(trait, headers(value))).isEmpty();
        }
    }

    @Test
    void describesEachValueByItsSchema() {
        for (var channel : channels()) {
            var value = requireNonNull(RECORDS.get(channel.get("address").stringValue()))
                    .getFirst();
            for (var message : channel.get("messages")) {
                var reference = resolve(message).at("/payload/schema/$ref").stringValue();
                var schema = AsyncApiTests.class.getResource("/newswire/contract/" + reference.substring(2));
                assertThat(schema).as(reference).isNotNull();
                assertThat(headers(value).get("ce_dataschema").stringValue())
                        .isEqualTo(SchemaAssert.id(value.getClass(), ""));
                assertThat(reference).isEqualTo("./schemas/" + SchemaAssert.resource(value.getClass(), ""));
            }
        }
    }

    private static List<JsonNode> channels() {
        return DOCUMENT.get("channels").valueStream().toList();
    }

    private static Map<String, String> settings(NewTopic topic) {
        var settings = new TreeMap<>(topic.configs());
        settings.put("partitions", String.valueOf(topic.numPartitions()));
        settings.put("replicas", String.valueOf(topic.replicationFactor()));
        return settings;
    }

    private static Map<String, String> settings(JsonNode channel) {
        var kafka = channel.at("/bindings/kafka");
        var settings = new TreeMap<String, String>();
        for (var setting : kafka.get("topicConfiguration").properties()) {
            var value = setting.getValue();
            settings.put(
                    setting.getKey(),
                    value.isArray()
                            ? value.valueStream().map(JsonNode::stringValue).collect(Collectors.joining(","))
                            : value.asString());
        }
        settings.put("partitions", kafka.get("partitions").asString());
        settings.put("replicas", kafka.get("replicas").asString());
        assertThat(kafka.get("topic")).isEqualTo(channel.get("address"));
        return settings;
    }

    private static JsonNode headers(NewsRecord value) {
        var headers = new RecordHeaders();
        try (var serializer = new RecordSerializer("fetcher")) {
            serializer.serialize("t", headers, value);
        }
        var object = Encoding.json().createObjectNode();
        headers.forEach(header ->
                object.put(header.key(), new String(header.value(), java.nio.charset.StandardCharsets.UTF_8)));
        return object;
    }

    private static Article updated() {
        var article = (ObjectNode) Encoding.json().readTree(Samples.bytes("article-seed"));
        article.withObject("revision").put("kind", "update").put("number", 2);
        return Encoding.json().treeToValue(article, Article.class);
    }

    private static JsonNode resolve(JsonNode node) {
        var found = DOCUMENT.at(node.get("$ref").stringValue().substring(1));
        assertThat(found.isMissingNode()).as("%s", node).isFalse();
        return found;
    }

    private static JsonNode document() {
        try (var stream = requireNonNull(AsyncApiTests.class.getResourceAsStream("/newswire/contract/asyncapi.yaml"))) {
            return Encoding.json().valueToTree(new Yaml().load(stream));
        } catch (java.io.IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }
}
