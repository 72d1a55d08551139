package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import newswire.contract.Article;
import newswire.contract.TestServices;
import newswire.contract.Topics;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is found, in which order, and what is told about it. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class SearchIT {
    private static final String LONG = "In the capital the river rose above the highest mark that anybody remembers. "
            + "Hundreds of families left their houses before night came, and soldiers carried the old and the sick. "
            + "The mayor said on the radio that the bridge had been closed and that trains would not run before Friday. ";

    private static final int ARTICLES = 12;

    private static TestServices.Kafka kafka;
    private static RunningStore store;

    @BeforeAll
    static void start() {
        kafka = TestServices.freshKafka();
        store = RunningStore.start(kafka, TestServices.postgres());
        store.send(
                article(1, "Flood in the capital", "Water everywhere.", "Daily NK", "en", null),
                article(
                        2,
                        "Smugglers arrested",
                        "After the flood the flood of goods: flood, flood, flood.",
                        "Example",
                        "en-US",
                        null),
                article(
                        3,
                        "Something else",
                        "A flood is mentioned once <script>alert(1)</script> here & there.",
                        "Example",
                        "en",
                        null),
                article(4, "Hochwasser in der Stadt", "Die Fluten stiegen.", "Beispiel", "de", null),
                article(5, "River rises", LONG, "Agency A", "en", "00ff00ff00ff00ff"),
                article(6, "Agency copy", LONG + "More.", "Agency B", "en", "00ff00ff00ff00fe"),
                article(7, "Half a copy", LONG.replace("radio", "wire"), "Agency C", "en", "00ff00ff00ffffff"),
                article(
                        8,
                        "Chance",
                        "word ".repeat(3) + LONG.replaceAll("[aeiou]", "x"),
                        "Agency D",
                        "en",
                        "00ff00ff00ff0fff"),
                article(9, "서울시장, 북한을 비판", "서울시장은 화요일 북한을 비판했다. Samsung은 침묵했다.", "한국일보", "ko", null),
                article(10, "台風で関西国際空港が閉鎖", "台風が近づき、人々は東京へ行きました。", "新聞", "ja", null),
                article(11, "北京大学的学生", "学生们学习中文。三星公司没有发表评论。", "报纸", "zh", null),
                article(12, "Samsung stays silent", "Not a word from Seoul (서울) or Łódź.", "Beobachter", "vi", null));
        store.awaitRead(Topics.ARTICLES);
    }

    @AfterAll
    static void stop() {
        store.close();
        kafka.close();
    }

    private static Article article(
            int number,
            String title,
            String text,
            String publisher,
            String language,
            @org.jspecify.annotations.Nullable String hash) {
        ObjectNode json = Encoding.json().valueToTree(TestArticle.of(number, 1, title, text));
        json.put("language", language);
        json.putArray("subjects").addObject().put("name", "Sea Ports").put("creator", "publisher");
        ((ObjectNode) json.at("/infoSources/0")).put("name", publisher);
        if (hash != null) {
            ((ObjectNode) json.get("fingerprints")).put("simHash", hash);
        } else {
            ((ObjectNode) json.get("fingerprints")).put("simHash", "123456789abcdef" + number);
        }
        return RevisionTable.article(json.toString());
    }

    private static JsonNode found(String q, String more) {
        return store.json("/api/articles?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8) + more);
    }

    private static List<String> numbers(JsonNode found) {
        var numbers = new ArrayList<String>();
        found.path("items").forEach(item -> {
            for (int number = 1; number <= ARTICLES; number++) {
                if (TestArticle.id(number)
                        .uri()
                        .toString()
                        .equals(item.path("uri").asString())) {
                    numbers.add(String.valueOf(number));
                }
            }
        });
        return numbers;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
        # typed                      | found
        flood                        | 3 2 1
        floods                       | 3 2 1
        flood -goods                 | 3 1
        "flood of goods"             | 2
        title:flood                  | 1
        title:flood water            | 1
        title:smugglers flood        | 2
        title:goods                  | §§
        publisher:"daily nk"         | 1
        flood publisher:example      | 3 2
        smugg*                       | 2
        smuggler*                    | 2
        hochwasser                   | 4
        Flut                         | 4
        flo* wat*                    | 1
        flood or hochwasser          | 4 3 2 1
        flood or -agency publisher:x | 3 2 1
        publisher:example -goods     | 3
        -flood publisher:example     | §§
        -"flood of goods" flood      | 3 1
        title:flood or title:chance  | 8 1
        subject:"no such"            | §§
        flood -subject:"no such"     | 3 2 1
        subject:"sea ports" goods    | 2
        서울                           | 12 9
        서울시장이                       | 9
        "북한 비판"                     | 9
        title:북한                     | 9
        행く or 行く                    | 10
        関西                           | 10
        空港 -東京                      | §§
        中文                           | 11
        学生 学习                        | 11
        samsung                      | 12 9
        łódź                         | 12
        lodz                         | 12
        … —                          | §§
        """)
    void wordsPhrasesPrefixesExclusionsAndFields(String typed, String numbers) {
        assertThat(String.join(" ", numbers(found(typed, "")))).isEqualTo(numbers);
    }

    @Test
    void theBestMatchComesFirstAndPagesGoOnFromThere() {
        assertThat(numbers(found("flood", "&sort=relevance"))).containsExactly("1", "2", "3");
        var paged = new ArrayList<String>();
        var cursor = "";
        do {
            var page = found("flood", "&sort=relevance&limit=1" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            paged.addAll(numbers(page));
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
        assertThat(paged).containsExactly("1", "2", "3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"seen", "published"})
    void everyOrderCanBePaged(String sort) {
        var all = numbers(store.json("/api/articles?sort=" + sort));
        var first = store.json("/api/articles?limit=6&sort=" + sort);
        var rest = store.json("/api/articles?limit=6&sort=" + sort + "&cursor="
                + first.path("next").asString());
        assertThat(all).hasSize(ARTICLES);
        var paged = numbers(first);
        paged.addAll(numbers(rest));
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void facetsCountWhatWasFound() {
        var facets = found("flood", "&facets=true&limit=1").path("facets");
        assertThat(facets.path("publisher").toString())
                .isEqualTo("[{\"value\":\"Example\",\"count\":2},{\"value\":\"Daily NK\",\"count\":1}]");
        assertThat(facets.path("language").toString())
                .isEqualTo("[{\"value\":\"en\",\"count\":2},{\"value\":\"en-US\",\"count\":1}]");
        assertThat(facets.at("/day/0/value").asString()).isEqualTo("2026-03-01");
        assertThat(found("flood", "").path("facets").isNull()).isTrue();
    }

    @Test
    void highlightsMarkTheWordsAndTrustNothing() {
        var highlights = found("flood", "&highlight=true").path("highlights");
        assertThat(highlights.path(TestArticle.id(1).toString()).asString())
                .contains("<mark>Flood</mark> in the capital");
        assertThat(highlights.path(TestArticle.id(3).toString()).asString())
                .contains("<mark>flood</mark>")
                .contains("here &amp; there")
                .doesNotContain("<script");
    }

    @Test
    void highlightsAreOfTheArticlesOwnLanguage() {
        var highlights = found("서울시장", "&highlight=true").path("highlights");
        assertThat(highlights.path(TestArticle.id(9).toString()).asString()).contains("<mark>서울시장</mark>은 화요일");
    }

    @Test
    void aLanguageReadsTheWordsItsOwnWay() {
        assertThat(numbers(found("flooding", "&language=en"))).containsExactly("3", "2", "1");
        assertThat(numbers(found("flooding", "&language=de"))).isEmpty();
        assertThat(numbers(found("Stadt", "&language=de"))).containsExactly("4");
    }

    @Test
    void aSubjectIsFoundByItsName() {
        var all = store.json("/api/articles?facets=true");
        var subject = all.at("/facets/subject/0/value").asString();
        assertThat(all.at("/facets/subject/0/count").asInt()).isEqualTo(ARTICLES);
        var name = URLEncoder.encode(subject.toUpperCase(java.util.Locale.ROOT), StandardCharsets.UTF_8);
        assertThat(numbers(store.json("/api/articles?subject=" + name))).hasSize(ARTICLES);
        assertThat(numbers(found("flood", "&subject=" + name))).containsExactly("3", "2", "1");
        assertThat(numbers(found("flood", "&subject=other"))).isEmpty();
    }

    @Test
    void nearlyTheSameTextIsLinkedWithScoreAndReason() {
        var related =
                store.json("/api/articles/" + TestArticle.id(5) + "/related").path("items");
        assertThat(List.of(
                        related.at("/0/publisher").asString(),
                        related.at("/0/reason").asString()))
                .containsExactly("Agency B", "same-text");
        assertThat(List.of(
                        related.at("/1/publisher").asString(),
                        related.at("/1/reason").asString()))
                .containsExactly("Agency C", "shared-passages");
        assertThat(related).hasSize(2);
        assertThat(related.at("/1/score").asDouble()).isBetween(0.8, 0.99);
        assertThat(store.json("/api/articles/" + TestArticle.id(1) + "/related").path("items"))
                .as("too short to say")
                .isEmpty();
    }
}
