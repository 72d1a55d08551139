package newswire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import newswire.contract.Article;
import newswire.contract.Feed;
import newswire.contract.FeedId;
import newswire.contract.NewsRecord;
import newswire.contract.RawArticle;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import newswire.contract.kafka.RecordSerializer;
import newswire.fetcher.FetcherApplication;
import newswire.normalizer.NormalizerApplication;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code newswire replay}, at a broker of its own and at a Newswire that runs. */
class ReplayIT {
    private static final Instant FETCHED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Feed FEED = Feed.of(URI.create("https://a.example/feed"), FETCHED);
    private static final Feed OTHER = Feed.of(URI.create("https://b.example/feed"), FETCHED);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private static List<RawArticle> raws(Feed feed, int entries) {
        var items = new StringBuilder();
        for (int at = 0; at < entries; at++) {
            items.append("<item><guid>%d</guid><title>Story %d</title><description>Text.</description></item>"
                    .formatted(at, at));
        }
        var document = "<rss version=\"2.0\"><channel><title>A</title>" + items + "</channel></rss>";
        return FetcherApplication.read(feed, document.getBytes(StandardCharsets.UTF_8), null, FETCHED)
                .entries();
    }

    /** As rules of an earlier generation may have made it. */
    private static Article older(RawArticle raw, String title) {
        if (!(NormalizerApplication.normalize(raw) instanceof NormalizerApplication.Normalized(var article))) {
            throw new AssertionError("rejected");
        }
        var json = Encoding.json()
                .writeValueAsString(article)
                .replace("\"generation\":0", "\"generation\":-1")
                .replace("Story", title);
        return Encoding.json().readValue(json, Article.class);
    }

    private static void send(String servers, String topic, String key, NewsRecord value) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", servers),
                new StringSerializer(),
                new RecordSerializer("test"))) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        } catch (ExecutionException ex) {
            throw new AssertionError(ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new AssertionError(ex);
        }
    }

    private static void sendRaw(String servers, Feed feed, int entries) {
        for (var raw : raws(feed, entries)) {
            send(servers, Topics.RAW_ARTICLES, feed.publisher().scope().value(), raw);
        }
    }

    private static void createTopics(String servers) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(
                            new NewTopic(Topics.RAW_ARTICLES, 3, (short) 1),
                            new NewTopic(Topics.ARTICLES, 3, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(String servers) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var reader = TopicReader.open(servers, Topics.RAW_ARTICLES)) {
            reader.all(records::add);
        }
        return records;
    }

    private static boolean isCopy(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(Topics.REPLAY_HEADER) != null;
    }

    private static Replay replay(String servers, FeedId... feeds) {
        return new Replay(servers, Instant.EPOCH, Instant.now().plusSeconds(60), List.of(feeds));
    }

    @Test
    void reportsByFieldAndSendsOnlyOriginalsAgain() throws ExecutionException, InterruptedException {
        try (var kafka = TestServices.freshKafka()) {
            var servers = kafka.bootstrapServers();
            createTopics(servers);
            sendRaw(servers, FEED, 4);
            sendRaw(servers, OTHER, 2);
            for (var raw : raws(FEED, 4)) {
                var article = older(raw, raw.document().contains("Story 3") ? "Story" : "Tale");
                send(servers, Topics.ARTICLES, article.id().toString(), article);
            }
            var report = replay(servers).report();
            assertThat(report.willChange()).isEqualTo(3);
            assertThat(report.byField()).containsEntry("title", 3).containsEntry("headlines", 3);
            assertThat(report.text()).contains("6 raw articles", "3 come out different", "3 will be published");
            assertThat(replay(servers, FEED.feedId()).send(2)).isEqualTo(4);
            assertThat(replay(servers).send(100)).as("no copies of copies").isEqualTo(6);
            checkCopies(records(servers));
        }
    }

    private static void checkCopies(List<ConsumerRecord<byte[], byte[]>> records) {
        assertThat(records).hasSize(16);
        var originals = records.stream().filter(record -> !isCopy(record)).toList();
        for (var record : records) {
            assertThat(originals).anySatisfy(original -> {
                assertThat(record.value()).isEqualTo(original.value());
                assertThat(record.key()).isEqualTo(original.key());
                assertThat(record.partition()).isEqualTo(original.partition());
                assertThat(record.headers().lastHeader("ce_id"))
                        .isEqualTo(original.headers().lastHeader("ce_id"));
            });
        }
    }

    @Test
    void takesOnlyWhatWasReceivedInTheTime() throws ExecutionException, InterruptedException {
        try (var kafka = TestServices.freshKafka()) {
            var servers = kafka.bootstrapServers();
            createTopics(servers);
            sendRaw(servers, FEED, 1);
            sendRaw(servers, OTHER, 1);
            var times = records(servers).stream()
                    .map(ConsumerRecord::timestamp)
                    .sorted()
                    .map(Instant::ofEpochMilli)
                    .toList();
            assertThat(new Replay(
                                    servers,
                                    times.getLast().plusMillis(1),
                                    Instant.now().plusSeconds(9),
                                    List.of())
                            .report()
                            .isEmpty())
                    .isTrue();
            assertThat(new Replay(servers, Instant.EPOCH, times.getFirst(), List.of())
                            .report()
                            .isEmpty())
                    .isTrue();
        }
    }

    /** The command as it is typed. */
    private static String replay(int exitCode, String... arguments) {
        var out = new StringWriter();
        var command = new CommandLine(new ReplayCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out));
        assertThat(command.execute(arguments)).as(out::toString).isEqualTo(exitCode);
        return out.toString();
    }

    @Test
    void aRunningNewswireReadsAgainAndPublishesNothingNew() {
        var data = folder.resolve("data");
        try (var feed = new NumberedFeed();
                var newswire = RunningNewswire.launch(data, RunningNewswire.freePort(), feed.url())) {
            for (int at = 0; at < 5; at++) {
                newswire.awaitArticle(NumberedFeed.word(feed.add()));
            }
            feed.correctOne();
            newswire.awaitArticle(NumberedFeed.word(0) + "%20%22edition%202%22");
            var dry = replay(0, "--from", "2026-01-01", "--dry-run", "--data", data.toString());
            assertThat(dry).contains("6 raw articles", "0 come out different").doesNotContain("Sent");
            var report = replay(0, "--from", "2026-01-01", "--data", data.toString());
            assertThat(report).contains("Sent 6 raw articles again");
            newswire.awaitArticle(NumberedFeed.word(feed.add()));
            var events = ArticleEvents.read(newswire.broker());
            assertThat(events).hasSize(6);
            assertThat(events.values().stream().mapToInt(List::size).sum()).isEqualTo(7);
        }
        assertThat(replay(1, "--from", "2026-01-01", "--data", data.toString())).contains("No Newswire works on");
    }
}
