package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import newswire.contract.Article;
import newswire.contract.Format;
import newswire.contract.kafka.Encoding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference article, from plain text and from what WordPress makes of it. */
class SeedTests {
    static String resource(String name) {
        try (var stream = SeedTests.class.getResourceAsStream(name)) {
            assertThat(stream).as(name).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    private static final URI PAGE =
            URI.create("https://www.dailynk.com/english/north-korea-cracks-down-smugglers-south-korean-goods/");

    static Article article(String file) {
        return file.equals("page.html")
                ? article("", resource("seed/" + file))
                : article(resource("seed/" + file), null);
    }

    private static Article article(String content, @Nullable String page) {
        var item = """
                <title>North Korea cracks down on smugglers of South Korean goods</title>
                <link>https://www.dailynk.com/english/north-korea-cracks-down-smugglers-south-korean-goods/</link>
                <pubDate>Tue, 31 Mar 2020 08:00:00 +0000</pubDate>
                <guid isPermaLink="false">https://www.dailynk.com/english/?p=123456</guid>
                <content:encoded><![CDATA[%s]]></content:encoded>
                """.formatted(content);
        var raw = Raw.of(Format.RSS_2_0, Raw.rss(item));
        return Raw.normalized(page == null ? raw : Raw.withPage(raw, PAGE, page))
                .article();
    }

    @ParameterizedTest
    @ValueSource(strings = {"article.txt", "figure.html", "wp-caption.html", "page.html"})
    void tellsTheStoryFromWhatStandsAroundIt(String file) {
        var article = article(file);
        var body = article.bodies().getFirst();
        assertThat(body.value().split("\n\n", -1)).hasSize(10);
        assertThat(body.wordCount()).isEqualTo(416);
        assertThat(body.charCount()).isEqualTo(2664);
        assertThat(body.value()).startsWith("Having closed").endsWith("buy these items.”");
        assertThat(article.by()).isNull();
        assertThat(article.located()).isNull();
        assertThat(article.contributors())
                .containsExactly(new Article.Contributor("Kathryn Beaver", "translator", null, null, "body-text"));
        var picture = article.associations().getFirst();
        assertThat(article.associations()).hasSize(1);
        assertThat(picture.name()).isEqualTo("image-1");
        assertThat(picture.by()).isEqualTo("Daily NK");
        assertThat(picture.descriptions())
                .containsExactly(new Article.Description(
                        "caption",
                        "text/plain",
                        "North Korean smugglers taking goods across the Yalu River in August 2019."));
        assertThat(article.infoSources().getFirst().contactInfo())
                .containsExactly(new Article.Contact("email", "editorial", "en", null, "dailynkenglish@uni-media.net"));
        assertThat(article.mentionedDates())
                .containsExactly(new Article.MentionedDate("Mar. 27", 226, "2020-03-27", null, "datePublished"));
        assertThat(article.language()).isEqualTo("en-US");
    }

    @Test
    void isAsTheContractShowsIt() throws IOException {
        check("article.txt", "seed/article.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"figure", "wp-caption"})
    void hasMoreFromHtml(String name) throws IOException {
        check(name + ".html", "seed/" + name + ".json");
        var article = article(name + ".html");
        assertThat(article.languageVersions())
                .containsExactly(new Article.LanguageVersion(
                        "ko",
                        "original",
                        URI.create("https://www.dailynk.com/%EB%B0%80%EC%88%98/"),
                        null,
                        List.of("translator-credit", "language-link")));
        assertThat(article.notices())
                .extracting(Article.Notice::role)
                .containsExactly("translator-credit", "contact", "language-link", "syndication");
        assertThat(article.bodies().get(1).value())
                .contains("<figure data-assoc-ref=\"image-1\">")
                .doesNotContain("appeared first", "Translated by", "Read in Korean", "class=", "srcset");
        assertThat(article.associations().getFirst().renditions().getFirst().href())
                .isEqualTo(URI.create("https://www.dailynk.com/english/wp-content/uploads/2020/03/yalu-800x533.jpg"));
    }

    @Test
    void hasAsMuchFromItsPage() throws IOException {
        check("page.html", "seed/page.json");
        var page = article("page.html");
        var feed = article("figure.html");
        assertThat(page.bodies().getFirst()).isEqualTo(feed.bodies().getFirst());
        assertThat(page.languageVersions()).isEqualTo(feed.languageVersions());
        assertThat(page.contributors()).isEqualTo(feed.contributors());
        assertThat(page.notices())
                .extracting(Article.Notice::role)
                .startsWith("translator-credit", "contact", "language-link");
        assertThat(page.provenance().contentSource()).isEqualTo("page");
    }

    @Test
    void takesNothingFromItsPageThatTheFeedHas() {
        var page = resource("seed/page.html");
        var both = article(resource("seed/article.txt"), page);
        assertThat(both.fingerprints()).isEqualTo(article("article.txt").fingerprints());
        assertThat(both.provenance().contentSource()).isEqualTo("feed-content");
        var half = article(resource("seed/article.txt").substring(0, 800), page);
        assertThat(half.fingerprints()).isEqualTo(article("article.txt").fingerprints());
    }

    @Test
    void hasTheSameFingerprintsFromTextAndFromHtml() {
        var text = article("article.txt").fingerprints();
        assertThat(article("figure.html").fingerprints()).isEqualTo(text);
        assertThat(article("wp-caption.html").fingerprints()).isEqualTo(text);
        assertThat(article("page.html").fingerprints()).isEqualTo(text);
    }

    private static void check(String file, String golden) throws IOException {
        var json = Encoding.json().writerWithDefaultPrettyPrinter().writeValueAsString(article(file)) + "\n";
        if (Boolean.getBoolean("newswire.golden.write")) {
            Files.writeString(Path.of("src/test/resources/newswire/normalizer/" + golden), json);
        }
        assertThat(json).isEqualTo(resource(golden));
    }
}
