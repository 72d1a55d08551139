package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import newswire.contract.Article;
import newswire.contract.Feed;
import newswire.contract.Samples;
import newswire.contract.SchemaAssert;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import newswire.contract.kafka.ScopePartition;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Records on real topics, rows in a real database, answers over real HTTP. */
class TopicToApiIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static TestServices.Kafka kafka;
    private static TestServices.Postgres postgres;
    private static ConfigurableApplicationContext store;
    private static KafkaProducer<String, byte[]> producer;

    @BeforeAll
    static void start() {
        kafka = TestServices.freshKafka();
        postgres = TestServices.postgres();
        store = run();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        store.close();
        kafka.close();
    }

    private static ConfigurableApplicationContext run() {
        var arguments = new ArrayList<>(List.of(postgres.springArguments()));
        arguments.addAll(List.of(
                "--server.port=0",
                "--newswire.kafka.partitions=2",
                "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers()));
        return StoreApplication.run(arguments.toArray(String[]::new));
    }

    @Test
    void anArticleIsFoundByItsWordsAndKeepsItsRevisions() {
        var seed = Samples.article("seed");
        send(seed);
        await().untilAsserted(
                        () -> assertThat(titles("/api/articles?q=smugglers")).containsExactly(seed.title()));
        assertThat(titles("/api/articles?q=smuggler")).as("stemmed").containsExactly(seed.title());
        assertThat(titles("/api/articles?q=smugglers%20-coronavirus"))
                .as("excluded")
                .isEmpty();
        assertThat(get("/api/articles/" + seed.id())
                        .path("bodies")
                        .path(0)
                        .path("wordCount")
                        .asInt())
                .isEqualTo(416);
        var second = revised(seed, 2, "Another headline");
        send(second);
        await().untilAsserted(() -> assertThat(
                        get("/api/articles/" + seed.id()).path("title").asString())
                .isEqualTo("Another headline"));
        send(seed); // an old revision that comes again changes nothing
        send(second);
        settle();
        assertThat(get("/api/articles/" + seed.id()).path("title").asString()).isEqualTo("Another headline");
        assertThat(texts(get("/api/articles/" + seed.id() + "/revisions").path("items"), "version"))
                .containsExactly("2.0", "1.0");
    }

    @Test
    void aTombstoneTakesAnArticleDownForGood() {
        var article = Samples.article("minimal");
        send(article);
        await().untilAsserted(() ->
                assertThat(status("/api/articles/" + article.id())).isEqualTo(200));
        send(Topics.ARTICLES, article.id().toString(), null);
        await().untilAsserted(() ->
                assertThat(status("/api/articles/" + article.id())).isEqualTo(404));
        send(revised(article, 7, "It is back"));
        settle();
        assertThat(status("/api/articles/" + article.id())).isEqualTo(404);
    }

    @Test
    void whatCannotBeReadOrKeptIsPutAsideAlone() {
        var good = revised(renamed(Samples.article("minimal"), "beside"), 3, "Beside the broken one");
        send(Topics.ARTICLES, "broken", "{\"uri\":".getBytes(StandardCharsets.UTF_8));
        send(Topics.ARTICLES, good.id().toString(), Encoding.encode(revised(good, 4, "with \0 in it")));
        send(good);
        await().untilAsserted(() -> assertThat(
                        get("/api/articles/" + good.id()).path("title").asString())
                .isEqualTo("Beside the broken one"));
        await().untilAsserted(() -> assertThat(texts(get("/api/dead-letters").path("items"), "reason"))
                .contains("undecodable", "constraint-violation"));
    }

    @Test
    void aRestartGoesOnWhereTheRowsEnd() {
        var article = renamed(Samples.article("minimal"), "kept over a restart");
        send(article);
        settle();
        var before = rows();
        store.close();
        store = run();
        settle();
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void feedsAreWrittenToTheTopicAndReadFromTheTable() throws Exception {
        var added = post(
                "/api/feeds", "application/json", "{\"xmlUrl\":\"https://blog.example.co.uk/feed\",\"title\":\"B\"}");
        assertThat(added.statusCode()).isEqualTo(201);
        var id = Encoding.json().readTree(added.body()).path("feedId").asString();
        assertThat(get("/api/feeds/" + id).path("feed").path("title").asString())
                .isEqualTo("B");
        assertThat(post("/api/feeds", "application/json", "{\"xmlUrl\":\"https://blog.example.co.uk/feed\"}")
                        .statusCode())
                .as("the second time it is known")
                .isEqualTo(200);
        var record = firstOf(Topics.FEEDS, id);
        assertThat(record.partition())
                .isEqualTo(ScopePartition.of(new newswire.contract.PublisherScope("example.co.uk"), 2));
        assertThat(Encoding.decode(record.value(), Feed.class))
                .isInstanceOfSatisfying(Decoded.Value.class, value -> SchemaAssert.assertValid((Feed) value.value()));
        assertThat(send("DELETE", "/api/feeds/" + id).statusCode()).isEqualTo(204);
        assertThat(status("/api/feeds/" + id)).isEqualTo(404);
    }

    @Test
    void anOpmlListIsAddedOnceAndItsFoldersAreKept() throws Exception {
        var opml = """
                <?xml version="1.0"?><opml version="2.0"><head/><body>
                <outline text="Asia"><outline text="Korea">
                  <outline text="One" xmlUrl="https://one.example/feed"/>
                  <outline text="Again" xmlUrl="https://one.example/feed/"/>
                  <outline text="Bad" xmlUrl="ftp://two.example/feed"/>
                </outline></outline>
                </body></opml>
                """;
        var report = Encoding.json()
                .readTree(post("/api/feeds/opml", "text/x-opml", opml).body());
        assertThat(report.path("added").asInt()).isEqualTo(1);
        assertThat(report.path("refused").path(0).path("line").asInt()).isEqualTo(5);
        await().untilAsserted(() -> assertThat(get("/api/feeds").toString()).contains("\"/Asia/Korea\""));
        assertThat(Encoding.json()
                        .readTree(post("/api/feeds/opml", "text/x-opml", opml).body())
                        .path("known")
                        .asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # path                                                      , status , type
        /api/articles/00000000-0000-5000-8000-000000000000           , 404    , not_found
        /api/articles/x                                              , 400    , bad_request
        /api/articles?cursor=abc                                     , 400    , bad_request
        /api/articles?from=yesterday                                 , 400    , bad_request
        /api/articles?feed=1                                         , 400    , bad_request
        /api/articles?limit=abc                                      , 400    , bad_request
        /api/articles?q=%00                                          , 400    , bad_request
        /api/nothing                                                 , 404    , not_found
        """)
    void badRequestsSayWhatIsWrong(String path, int status, String type) throws Exception {
        var response = send("GET", path);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(Encoding.json().readTree(response.body()).path("type").asString())
                .isEqualTo("urn:newswire:problem:" + type);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"xmlUrl":"ftp://a.example/"}            | xmlUrl
        {"xmlUrl":"https://u:p@a.example/"}      | xmlUrl
        {"title":"no address"}                   | xmlUrl
        {"xmlUrl":"https://a.example","language":"!"} | language
        """)
    void badFeedsAreRefusedByField(String body, String field) throws Exception {
        var response = post("/api/feeds", "application/json", body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Encoding.json()
                        .readTree(response.body())
                        .path("errors")
                        .path(0)
                        .path("field")
                        .asString())
                .isEqualTo(field);
    }

    @Test
    void pagesStayInOrderWhileArticlesComeIn() {
        for (int i = 0; i < 5; i++) {
            send(renamed(Samples.article("minimal"), "page " + i));
        }
        await().untilAsserted(
                        () -> assertThat(titles("/api/articles?limit=200")).contains("page 0", "page 4"));
        var all = titles("/api/articles?limit=200");
        var paged = new ArrayList<String>();
        String cursor = "";
        do {
            var page = get("/api/articles?limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            paged.addAll(texts(page.path("items"), "title"));
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
        assertThat(paged).containsExactlyElementsOf(all);
    }

    private static Article renamed(Article article, String title) {
        var json = new String(Encoding.encode(revised(article, 1, title)), StandardCharsets.UTF_8)
                .replace(
                        article.id().toString(),
                        java.util
                                .UUID
                                .nameUUIDFromBytes(title.getBytes(StandardCharsets.UTF_8))
                                .toString());
        return read(json);
    }

    private static Article revised(Article article, int revision, String title) {
        var tree = (tools.jackson.databind.node.ObjectNode) Encoding.json().readTree(Encoding.encode(article));
        tree.put("title", title).put("version", revision + ".0");
        ((tools.jackson.databind.node.ObjectNode) tree.path("revision")).put("number", revision);
        return read(tree.toString());
    }

    private static Article read(String json) {
        return switch (Encoding.decode(json.getBytes(StandardCharsets.UTF_8), Article.class)) {
            case Decoded.Value<Article>(var article) -> article;
            default -> throw new AssertionError(json);
        };
    }

    /** When a later record of each partition has arrived, earlier ones have too. */
    private static void settle() {
        var marks = List.of(renamed(Samples.article("minimal"), "mark " + System.nanoTime()));
        for (var mark : marks) {
            for (int partition = 0; partition < 2; partition++) {
                var article = renamed(mark, mark.title() + " " + partition);
                confirmed(new ProducerRecord<>(
                        Topics.ARTICLES, partition, article.id().toString(), Encoding.encode(article)));
                await().untilAsserted(() ->
                        assertThat(status("/api/articles/" + article.id())).isEqualTo(200));
            }
        }
    }

    private static List<Map<String, @Nullable Object>> rows() {
        return store.getBean(JdbcClient.class)
                .sql(
                        "select id, revision, kind, document::text from article_revision where document->>'title' not like 'mark%' order by 1, 2")
                .query()
                .listOfRows();
    }

    private static void send(Article article) {
        send(Topics.ARTICLES, article.id().toString(), Encoding.encode(article));
    }

    private static void send(String topic, String key, byte @Nullable [] value) {
        confirmed(new ProducerRecord<>(topic, key, value));
    }

    private static void confirmed(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (java.util.concurrent.ExecutionException ex) {
            throw new IllegalStateException(ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    private static org.apache.kafka.clients.consumer.ConsumerRecord<String, byte[]> firstOf(String topic, String key) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return await().until(
                            () -> {
                                for (var record : consumer.poll(Duration.ofMillis(200))) {
                                    if (key.equals(record.key())) {
                                        return record;
                                    }
                                }
                                return null;
                            },
                            java.util.Objects::nonNull);
        }
    }

    private static List<String> titles(String path) {
        return texts(get(path).path("items"), "title");
    }

    private static List<String> texts(JsonNode items, String property) {
        var list = new ArrayList<String>();
        items.forEach(item -> list.add(item.path(property).asString()));
        return list;
    }

    private static JsonNode get(String path) {
        return Encoding.json().readTree(send("GET", path).body());
    }

    private static int status(String path) {
        return send("GET", path).statusCode();
    }

    private static HttpResponse<String> send(String method, String path) {
        return exchange(HttpRequest.newBuilder(uri(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private static HttpResponse<String> post(String path, String type, String body) {
        return exchange(HttpRequest.newBuilder(uri(path))
                .header("content-type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> exchange(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    private static URI uri(String path) {
        int port = java.util.Objects.requireNonNull(((ServletWebServerApplicationContext) store).getWebServer())
                .getPort();
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
