package newswire.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import newswire.contract.Article;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.Test;

class NewsArticlesTests {
    private final NewsArticles articles = new NewsArticles();

    private Article article(int number) {
        if (Encoding.decode(articles.record(number), Article.class) instanceof Decoded.Value<Article>(var article)) {
            return article;
        }
        throw new AssertionError("no article: " + number);
    }

    @Test
    void theNumberDecidesEverything() {
        assertThat(new NewsArticles().record(77)).isEqualTo(articles.record(77)).isNotEqualTo(articles.record(78));
        assertThat(article(77).id()).hasToString(NewsArticles.id(77));
    }

    @Test
    void languagesPublishersAndLengthsAreSpreadAsInNews() {
        var languages = new HashMap<String, Integer>();
        int shortest = Integer.MAX_VALUE;
        int longest = 0;
        for (int number = 0; number < 500; number++) {
            var article = article(number);
            int length = article.bodies().getFirst().value().length();
            shortest = Math.min(shortest, length);
            longest = Math.max(longest, length);
            languages.merge(article.language(), 1, Integer::sum);
        }
        assertThat(languages).hasSize(11);
        assertThat(languages.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .orElseThrow()
                        .getKey())
                .isEqualTo("en");
        assertThat(shortest).isLessThan(800);
        assertThat(longest).isGreaterThan(4_000);
    }

    @Test
    void wordsOfLowRankAreFrequent() {
        int frequent = 0;
        int rare = 0;
        for (int number = 0; number < 300; number++) {
            var article = article(number);
            if (article.language().equals("en")) {
                var text = article.bodies().getFirst().value();
                frequent += text.contains(articles.vocabulary("en").word(1)) ? 1 : 0;
                rare += text.contains(articles.vocabulary("en").word(50_000)) ? 1 : 0;
            }
        }
        assertThat(frequent).isGreaterThan(50);
        assertThat(rare).isLessThan(3);
    }
}
