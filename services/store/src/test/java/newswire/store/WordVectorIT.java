package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the store writes as words PostgreSQL takes, and finds by what the store makes of a query. */
class WordVectorIT {
    private final TestDatabase database = new TestDatabase();
    private final JdbcClient jdbc = database.jdbc();

    @AfterEach
    void close() {
        database.close();
    }

    private static String vector(String language, String title, String text) {
        var vector = new WordVector(WordAnalyzers.of(language));
        vector.title(title);
        vector.text(text, WordVector.Weight.D);
        return vector.toString();
    }

    /** Those of some queries that do not find a text. */
    private List<String> missed(String vector, List<String> queries) {
        return jdbc.sql("""
                        select q from unnest(:queries::text[]) as q where not (:vector::tsvector @@ q::tsquery)
                        """)
                .param("vector", vector)
                .param("queries", queries.toArray(String[]::new))
                .query((row, _) -> row.getString(1))
                .list();
    }

    private boolean finds(String vector, String typed, String... languages) {
        var analyzers = Stream.of(languages).map(WordAnalyzers::of).toList();
        return missed(vector, List.of(WordQuery.of(SearchText.of(typed), analyzers)))
                .isEmpty();
    }

    private static String query(String word, String language) {
        var clause = new SearchText.Clause(false, SearchText.Field.TEXT, word, false);
        return WordQuery.of(new SearchText(List.of(List.of(clause))), List.of(WordAnalyzers.of(language)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
        # typed               | found
        flood                 | true
        floods rivers         | true
        flood rain            | false
        flood or rain         | true
        "river rises slowly"  | true
        "rises river"         | false
        -rain                 | true
        -flood                | false
        -title:flood          | false
        -title:river          | true
        title:river           | false
        title:flood -rain     | true
        riv*                  | true
        title:riv*            | false
        publisher:"DAILY  nk" | true
        publisher:daily       | false
        subject:"sea ports"   | true
        -subject:"sea ports"  | false
        -publisher:other      | true
        … flood —             | true
        """)
    void everySignDoesWhatItSays(String typed, boolean found) {
        var vector = new WordVector(WordAnalyzers.of("en"));
        vector.title("Flood");
        vector.text("The river rises slowly", WordVector.Weight.D);
        vector.name(WordVector.publisher("Daily NK"));
        vector.name(WordVector.subject("Sea ports"));
        assertThat(finds(vector.toString(), typed, "de", "en", "ja", "und")).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        en | “We were told in March that the bridge was safe,” said Maria Keller, who can't run Exports of 4.2 percent.
        de | Die Stadtwerke haben am Montag mitgeteilt, dass die Arbeiten an der Straßenbahn-Hauptleitung noch dauern.
        fr | L'incendie s'est déclaré lundi soir dans un entrepôt d'Évry; aujourd'hui, les négociateurs n'ont rien dit.
        ru | Представитель компании отказался комментировать доклад, опубликованный местной газетой ещё в мае.
        ar | قال المتحدث باسم الشركة إن التقرير الذي نشرته صحيفة محلية غير صحيح
        hi | कंपनी के प्रवक्ता ने रिपोर्ट पर टिप्पणी करने से इनकार कर दिया
        tr | İstanbul'da yangın pazartesi gecesi başladı ve Iğdır'dan gelen ekipler söndürdü.
        uk | Речник компанії відмовився коментувати доповідь, яку першою опублікувала місцева газета.
        ko | 서울에서 크레인이 이달 말까지 다시 운영된다고 화요일 발표했다
        und | Người phát ngôn của công ty từ chối bình luận về báo cáo
        """)
    void anyWordOfATextFindsIt(String language, String text) {
        var words = text.split("\\s+");
        assertThat(missed(
                        vector(language, "", text),
                        Stream.of(words)
                                .map(word -> query(word, language))
                                .filter(query -> !query.isEmpty())
                                .toList()))
                .isEmpty();
        assertThat(Stream.of(words)
                        .filter(word -> query(word, language).isEmpty())
                        .toList())
                .as("words of no meaning")
                .hasSizeLessThan(2);
    }

    /** Where nothing parts the words, those that the analyzer sees. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ja | 会社の広報担当者は、地元紙が最初に報じた報告書についてコメントを避けた。関西国際空港は閉鎖された。
        zh | 公司发言人拒绝对当地报纸首先发表的报告发表评论。北京大学的学生们在周一晚上离开了。
        und | โฆษกของบริษัทปฏิเสธที่จะแสดงความคิดเห็นเกี่ยวกับรายงาน
        """)
    void anyWordThatIsSeenFindsIt(String language, String text) {
        var words = WordAnalyzers.of(language).words(text);
        assertThat(words).hasSizeGreaterThan(8);
        assertThat(missed(
                        vector(language, "", text),
                        words.stream()
                                .map(word -> query(text.substring(word.start(), word.end()), language))
                                .filter(query -> !query.isEmpty())
                                .toList()))
                .isEmpty();
    }

    static Stream<String> hostile() {
        return WordAnalyzersTests.hostile();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void whateverATextIsPostgresTakesIt(String text) {
        for (var language : WordAnalyzersTests.LANGUAGES) {
            assertThat(missed(vector(language, text, text), List.of("'" + language + "'")))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void whateverIsMixedPostgresTakesAndFindsIt(int seed) {
        var random = new Random(seed);
        for (var language : WordAnalyzersTests.LANGUAGES) {
            var words = new ArrayList<String>();
            for (int i = 0; i < 60; i++) {
                words.add(word(random));
            }
            var vector = vector(language, "", String.join(" ", words));
            assertThat(missed(vector, List.of("!'none'"))).isEmpty();
            if (!List.of("ja", "ko", "zh").contains(language)) {
                assertThat(missed(
                                vector,
                                words.stream()
                                        .map(word -> query(word, language))
                                        .filter(query -> !query.isEmpty())
                                        .toList()))
                        .as(language)
                        .isEmpty();
            }
        }
    }

    private static String word(Random random) {
        var signs = "abcABC'\\\"\0:*&|!()<>-_.@,;123éßİıøЖщאعกक한の字🚀\ud83d\u0301\u200d\u00ad";
        var word = new StringBuilder();
        for (int length = 1 + random.nextInt(8); length > 0; length--) {
            word.append(
                    random.nextInt(6) == 0
                            ? Character.toString(1 + random.nextInt(0x2FFF)).strip()
                            : String.valueOf(signs.charAt(random.nextInt(signs.length()))));
        }
        return word.toString();
    }

    @Test
    void aTextTooLongForATsvectorIsCutNotRefused() {
        var text = new StringBuilder("first ");
        for (int i = 0; i < 60_000; i++) {
            text.append("word").append(Integer.toString(i, 36)).append(' ');
        }
        var vector = vector("en", "flood", text + "flood " + "again ".repeat(20_000));
        assertThat(finds(vector, "flood first word1", "en")).isTrue();
        assertThat(finds(vector, "wordzz", "en")).isTrue();
    }
}
