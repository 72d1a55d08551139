package newswire.standalone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import newswire.contract.Article;
import newswire.contract.Topics;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** All that was published on the topic of articles, as a careful consumer sees it: what was committed. */
final class ArticleEvents {
    private ArticleEvents() {}

    /** Each article's events in order, by key. */
    static Map<String, List<Article>> read(String broker) {
        var settings = new Properties();
        settings.put("bootstrap.servers", broker);
        settings.put("isolation.level", "read_committed");
        settings.put("allow.auto.create.topics", "false");
        var events = new LinkedHashMap<String, List<Article>>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.ARTICLES).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var event : consumer.poll(Duration.ofSeconds(1))) {
                    events.computeIfAbsent(event.key(), _ -> new ArrayList<>()).add(article(event.value()));
                }
            }
        }
        return events;
    }

    private static Article article(byte[] value) {
        if (Encoding.decode(value, Article.class) instanceof Decoded.Value<Article>(var article)) {
            return article;
        }
        throw new AssertionError("not an article on the topic");
    }
}
