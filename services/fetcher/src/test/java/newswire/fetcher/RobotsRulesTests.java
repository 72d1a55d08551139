package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RobotsRulesTests {
    private static final URI ROBOTS = URI.create("https://news.example/robots.txt");

    private static RobotsRules parse(String text) {
        var lines = text.replace(';', '\n').getBytes(StandardCharsets.UTF_8);
        return RobotsRules.parse(ROBOTS, lines);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # robots.txt, ; ends a line                                    | path                  | allowed
            ''                                                             | /a                    | true
            User-agent: *; Disallow:                                       | /a                    | true
            User-agent: *; Disallow: /                                     | /a                    | false
            User-agent: *; Disallow: /private                              | /private/1            | false
            User-agent: *; Disallow: /private                              | /public               | true
            User-agent: other; Disallow: /                                 | /a                    | true
            User-agent: newswire; Disallow: /                              | /a                    | false
            User-agent: NewsWire/2.0; Disallow: /                          | /a                    | false
            User-agent: *; Disallow: /;; User-agent: newswire; Allow: /    | /a                    | true
            User-agent: newswire; User-agent: other; Disallow: /x          | /x                    | false
            User-agent: newswire; Disallow: /x;; User-agent: newswire; Disallow: /y | /y           | false
            User-agent: *; Disallow: /a; Allow: /a/b                       | /a/b/c                | true
            User-agent: *; Allow: /a/b; Disallow: /a/b/c                   | /a/b/c                | false
            User-agent: *; Disallow: /a; Allow: /a                         | /a                    | true
            User-agent: *; Disallow: /*.pdf$                               | /x/y.pdf              | false
            User-agent: *; Disallow: /*.pdf$                               | /x/y.pdf?a=b          | true
            User-agent: *; Disallow: /*/print                              | /news/1/print         | false
            User-agent: *; Disallow: /*?sort=                              | /news?sort=up         | false
            User-agent: *; Disallow: /%ED%95%9C                            | /%ed%95%9c/1          | false
            User-agent: *; Disallow: /a # so; Disallow: /b                 | /b                    | false
            user-AGENT : * ; DISALLOW : /a                                 | /a                    | false
            Disallow: /                                                    | /a                    | true
            <html><body>Not here</body></html>                             | /a                    | true
            """)
    void allows(String robots, String path, boolean allowed) {
        assertThat(parse(robots).allows(ROBOTS.resolve(path))).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # status of the answer, allowed
            404, true
            401, true
            403, true
            410, true
            429, false
            500, false
            503, false
                 , false
            """)
    void isStrictOnlyIfTheServerIsNotWell(@Nullable Integer status, boolean allowed) {
        assertThat(RobotsRules.without(status).allows(URI.create("https://news.example/a")))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            User-agent: *; Disallow: /x                     | PT0S
            User-agent: *; Crawl-delay: 10; Disallow: /x    | PT10S
            User-agent: *; Crawl-delay: 0.5; Disallow: /x   | PT0.5S
            User-agent: *; Crawl-delay: 86400; Disallow: /x | PT2M
            User-agent: *; Crawl-delay: -1; Disallow: /x    | PT0S
            User-agent: *; Crawl-delay: soon; Disallow: /x  | PT0S
            """)
    void readsDelay(String robots, Duration delay) {
        assertThat(parse(robots).crawlDelay()).isEqualTo(delay);
        assertThat(parse(robots).allows(URI.create("https://news.example/a"))).isTrue();
    }

    @Test
    void namesSitemaps() {
        assertThat(parse("Sitemap: https://news.example/1.xml; sitemap: /2.xml").sitemaps())
                .contains("https://news.example/1.xml");
    }
}
