package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import newswire.contract.Article;
import newswire.contract.NinjsSchema;
import newswire.contract.Samples;
import newswire.contract.SchemaAssert;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Searches as feeds, read as others read them. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class OutputIT {
    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final Article HOSTILE = TestArticle.of(
            3, 1, "<script>alert(1)</script> & \u0001 \uFFFF ]]> end", "One < two.\n\nThree & \u0002four.");

    private static TestServices.Kafka kafka;
    private static RunningStore store;

    @BeforeAll
    static void start() {
        kafka = TestServices.freshKafka();
        store = RunningStore.start(
                kafka,
                TestServices.postgres(),
                "--store.output.hub=https://hub.example/",
                "--store.output.url=https://news.example/");
        var full = (ObjectNode) Encoding.json().readTree(Samples.bytes("article-full"));
        var withdrawn = RevisionTable.article(
                full.put("uri", TestArticle.id(9).uri().toString()).toString());
        store.send(
                Samples.article("seed"),
                withdrawn,
                TestArticle.of(1, 1),
                TestArticle.of(1, 2),
                HOSTILE,
                TestArticle.of(4, 1));
        store.takeDown(TestArticle.id(4));
        store.awaitRead(Topics.ARTICLES);
    }

    @AfterAll
    static void stop() {
        store.close();
        kafka.close();
    }

    private static List<JsonNode> articles() {
        var list = new ArrayList<JsonNode>();
        store.json("/api/articles?limit=200").path("items").forEach(item -> {
            if (item.path("pubStatus").asString().equals("usable")) {
                list.add(item);
            }
        });
        return list;
    }

    private static List<String> texts(String property) {
        return articles().stream().map(item -> item.path(property).asString()).toList();
    }

    private static SyndFeed read(String path) throws FeedException {
        return new SyndFeedInput(false, java.util.Locale.ROOT)
                .build(new StringReader(store.get(path).body()));
    }

    /** What XML cannot hold is left out. */
    private static List<String> titles() {
        return texts("title").stream()
                .map(title -> title.replaceAll("[\u0001\uFFFF]", ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"rss, rss_2.0", "atom, atom_1.0"})
    void aReaderOfFeedsSeesTheSameArticles(String format, String type) throws FeedException {
        var feed = read("/api/articles." + format + "?limit=200");
        assertThat(feed.getFeedType()).isEqualTo(type);
        assertThat(feed.getEntries()).extracting(entry -> entry.getTitle()).containsExactlyElementsOf(titles());
        assertThat(feed.getEntries()).extracting(entry -> entry.getLink()).containsExactlyElementsOf(texts("url"));
        assertThat(feed.getEntries()).extracting(entry -> entry.getUri()).containsExactlyElementsOf(texts("uri"));
        assertThat(feed.getEntries())
                .extracting(entry -> entry.getPublishedDate())
                .containsExactlyElementsOf(texts("datePublished").stream()
                        .map(date -> Date.from(Instant.parse(date)))
                        .toList());
        assertThat(store.get("/api/articles." + format).body())
                .contains("rel=\"hub\" href=\"https://hub.example/\"")
                .contains("rel=\"self\" href=\"https://news.example/api/articles." + format + "\"");
    }

    @Test
    void jsonFeedHasTheSameArticles() {
        var feed = store.json("/api/articles.json?limit=200");
        assertThat(feed.path("version").asString()).isEqualTo("https://jsonfeed.org/version/1.1");
        var items = new ArrayList<JsonNode>();
        feed.path("items").forEach(items::add);
        assertThat(items).extracting(item -> item.path("title").asString()).containsExactlyElementsOf(texts("title"));
        assertThat(items).extracting(item -> item.path("id").asString()).containsExactlyElementsOf(texts("uri"));
        assertThat(items)
                .extracting(item -> item.path("date_published").asString())
                .containsExactlyElementsOf(texts("datePublished"));
        assertThat(items).allMatch(item -> item.has("content_html") || item.has("content_text"));
        assertThat(feed.at("/hubs/0/type").asString()).isEqualTo("WebSub");
    }

    /** By a schema of what the specification asks for, written from its text. */
    @Test
    void jsonFeedIsValid() throws IOException {
        var schema = Encoding.json().readTree(resource("jsonfeed-1.1.schema.json"));
        assertThat(SchemaAssert.violations(schema, store.json("/api/articles.json?limit=200")))
                .isEmpty();
        assertThat(SchemaAssert.violations(schema, store.json("/api/articles.json?limit=1")))
                .isEmpty();
        var spoilt = (ObjectNode) store.json("/api/articles.json");
        ((ObjectNode) spoilt.at("/items/0")).put("date_published", "yesterday").remove("content_html");
        assertThat(String.join("\n", SchemaAssert.violations(schema, spoilt.put("home_page_url", "here"))))
                .contains("/home_page_url", "/items/0/date_published");
    }

    private static byte[] resource(String name) throws IOException {
        try (var stream = OutputIT.class.getResourceAsStream(name)) {
            return java.util.Objects.requireNonNull(stream, name).readAllBytes();
        }
    }

    /** What RFC 4287 asks for and a lenient reader does not miss. */
    @Test
    void atomIsComplete() throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        var atom = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(store.getBytes("/api/articles.atom?limit=200")));
        var ids = new ArrayList<String>();
        var parts = new ArrayList<>(List.of(atom.getDocumentElement()));
        var entries = atom.getElementsByTagNameNS(ATOM, "entry");
        for (int i = 0; i < entries.getLength(); i++) {
            parts.add((Element) entries.item(i));
        }
        for (var part : parts) {
            ids.add(only(part, "id"));
            assertThat(only(part, "title")).isNotBlank();
            assertThat(Instant.parse(only(part, "updated"))).isAfter(Instant.EPOCH);
        }
        assertThat(ids)
                .hasSize(articles().size() + 1)
                .doesNotHaveDuplicates()
                .allMatch(id -> URI.create(id).isAbsolute());
        var authors = atom.getElementsByTagNameNS(ATOM, "author");
        assertThat(authors.getLength()).as("each entry has one").isGreaterThanOrEqualTo(entries.getLength());
        assertThat(titles()).anyMatch(title -> title.contains("<script>"));
        assertThat(store.get("/api/articles.atom").body()).doesNotContain("<script");
    }

    /** The text of the only child of a name. */
    private static String only(Element parent, String name) {
        var found = new ArrayList<String>();
        for (var child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (name.equals(child.getLocalName()) && ATOM.equals(child.getNamespaceURI())) {
                found.add(child.getTextContent());
            }
        }
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
    }

    @Test
    void whatIsGoneIsToldToBeGone() {
        var gone = List.of(
                TestArticle.id(4).uri().toString(), TestArticle.id(9).uri().toString());
        var atom = store.get("/api/articles.atom?limit=200").body();
        assertThat(gone).allMatch(id -> atom.contains("<at:deleted-entry ref=\"" + id + "\" when=\""));
        assertThat(store.json("/api/articles.json").at("/_newswire/deleted").toString())
                .contains(gone);
        assertThat(store.get("/api/articles.rss").body()).doesNotContain(gone);
    }

    @ParameterizedTest
    @CsvSource({
        "application/rss+xml, <rss ",
        "application/atom+xml, <feed ",
        "application/feed+json, https://jsonfeed.org/",
        "application/json, \"items\":["
    })
    void theFormatCanBeAskedFor(String type, String start) {
        var response = store.get("/api/articles", "Accept", type);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(type);
        assertThat(response.body()).contains(start);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rss", "atom", "json"})
    void aFeedThatDidNotChangeIsNotSentAgain(String format) {
        var first = store.get("/api/articles." + format);
        var tag = first.headers().firstValue("ETag").orElseThrow();
        var again = store.get("/api/articles." + format, "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(store.get("/api/articles." + format + "?q=smugglers", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aLongSearchGoesOnInTheNextDocument() throws FeedException {
        var first = store.json("/api/articles.json?limit=1");
        assertThat(first.path("next_url").asString())
                .startsWith("https://news.example/api/articles.json?limit=1&cursor=");
        assertThat(store.get("/api/articles.atom?limit=1").body()).contains("rel=\"next\"");
        assertThat(read("/api/articles.rss?q=smugglers").getTitle()).isEqualTo("Newswire: smugglers");
    }

    @Test
    void anArticleIsNinjs() {
        var ninjs = store.get("/api/articles/" + Samples.article("seed").id() + ".ninjs");
        var document = Encoding.json().readTree(ninjs.body());
        assertThat(document.at("/standard/name").asString()).isEqualTo("ninjs");
        assertThat(document.has("provenance") || document.has("url")).isFalse();
        assertThat(document.at("/bodies/0/wordCount").asInt()).isEqualTo(416);
    }

    @Test
    void ninjsIsValidByIptcsSchema() {
        var schema = NinjsSchema.find();
        assumeThat(schema).as(NinjsSchema.FILE).isPresent();
        for (var article : List.of(Samples.article("seed"), HOSTILE, TestArticle.of(9, 1), TestArticle.of(1, 2))) {
            var ninjs = store.json("/api/articles/" + article.id() + ".ninjs");
            assertThat(schema.orElseThrow().violations(ninjs)).isEmpty();
        }
    }

    @Test
    void anArticleIsSchemaOrg() {
        var seed = Samples.article("seed");
        var json = accepting("/api/articles/" + seed.id(), "application/ld+json");
        var document = Encoding.json().readTree(json.body());
        assertThat(Map.of(
                        "@context", document.path("@context").asString(),
                        "@type", document.path("@type").asString(),
                        "headline", document.path("headline").asString(),
                        "publisher", document.at("/publisher/name").asString(),
                        "translator", document.at("/translator/0/name").asString(),
                        "caption", document.at("/image/0/caption").asString()))
                .isEqualTo(Map.of(
                        "@context", "https://schema.org",
                        "@type", "NewsArticle",
                        "headline", seed.title(),
                        "publisher", "Daily NK",
                        "translator", "Kathryn Beaver",
                        "caption", "North Korean smugglers taking goods across the Yalu River in August 2019."));
    }

    @Test
    void anArticleIsAPageThatRunsNothing() {
        var page = accepting("/api/articles/" + HOSTILE.id(), "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.body()).contains("<h1>&lt;script&gt;").doesNotContain("<script");
    }

    private static HttpResponse<String> accepting(String path, String type) {
        return store.get(path, "Accept", type);
    }
}
