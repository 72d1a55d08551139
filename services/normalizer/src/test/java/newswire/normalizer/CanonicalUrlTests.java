package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import newswire.contract.Feed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalUrlTests {
    private static final URI BASE = URI.create("https://www.a.example/news/feed.xml?x=1");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://A.Example/One/#top                 | https://a.example/One/                 | a.example/One
            HTTP://www.a.example:80/one                | http://www.a.example/one               | a.example/one
            https://a.example:443/one                  | https://a.example/one                  | a.example/one
            https://a.example:8443/one                 | https://a.example:8443/one             | a.example:8443/one
            //b.example/x                              | https://b.example/x                    | b.example/x
            /one                                       | https://www.a.example/one              | a.example/one
            one                                        | https://www.a.example/news/one         | a.example/news/one
            ../one                                     | https://www.a.example/one              | a.example/one
            ../../../one                               | https://www.a.example/one              | a.example/one
            ./a/./b/../c                               | https://www.a.example/news/a/c         | a.example/news/a/c
            ?p=2                                       | https://www.a.example/news/feed.xml?p=2 | a.example/news/feed.xml?p=2
            https://a.example                          | https://a.example/                     | a.example
            https://a.example?p=1                      | https://a.example/?p=1                 | a.example?p=1
            https://a.example/?b=2&a=1                 | https://a.example/?b=2&a=1             | a.example?a=1&b=2
            https://a.example/a b                      | https://a.example/a%20b                | a.example/a%20b
            https://a.example/%7euser/%e2%82%ac        | https://a.example/~user/%E2%82%AC      | a.example/~user/%E2%82%AC
            https://a.example/100%                     | https://a.example/100%25               | a.example/100%25
            https://a.example/뉴스                      | https://a.example/%EB%89%B4%EC%8A%A4   | a.example/%EB%89%B4%EC%8A%A4
            https://bücher.example/x                   | https://xn--bcher-kva.example/x        | xn--bcher-kva.example/x
            https://user:secret@a.example/x            | https://a.example/x                    | a.example/x
            https://a.example\\x                       | https://a.example/x                    | a.example/x
            https://a.example/x?utm_source=rss&id=3    | https://a.example/x?id=3               | a.example/x?id=3
            https://a.example/x?UTM_Medium=rss         | https://a.example/x                    | a.example/x
            https://a.example/#!/story/1               | https://a.example/#!/story/1           | a.example#!/story/1
            https://a.example/x?ref=www.a.example      | https://a.example/x                    | a.example/x
            https://a.example/x?ref=3                  | https://a.example/x?ref=3              | a.example/x?ref=3
            https://www.google.com/url?q=https%3A%2F%2Fb.example%2Fx&sa=U | https://b.example/x | b.example/x
            """)
    void resolvesAndCleans(String reference, URI url, String key) {
        var canonical = canonical(reference, Feed.Identity.DEFAULT);
        assertThat(canonical.url()).isEqualTo(url);
        assertThat(canonical.key()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "mailto:a@a.example",
                "http://",
                "https:///x",
                "http://a.example:99999/",
                "http://[::1",
                "ftp://a.example/x",
                "https://www.google.com/url?q=https%3A%2F%2Fb.example%2"
            })
    void isNoWebPage(String reference) {
        var canonical = CanonicalUrl.of(BASE, reference, Feed.Identity.DEFAULT);
        assertThat(canonical == null || canonical.url().getHost().endsWith(".example"))
                .isTrue();
        assertThat(canonical == null ? "" : canonical.url().getScheme()).isIn("", "http", "https");
    }

    @ParameterizedTest
    @CsvSource({"https://a.example/x?ocid=1&sid=2#part, https://a.example/x?ocid=1#part"})
    void feedsDefinitionDecides(String reference, URI url) {
        var rules = new Feed.Identity(null, List.of("ocid"), List.of("sid"), true);
        var canonical = canonical(reference, rules);
        assertThat(canonical.url()).isEqualTo(url);
    }

    private static CanonicalUrl canonical(String reference, Feed.Identity rules) {
        return Objects.requireNonNull(CanonicalUrl.of(BASE, reference, rules), reference);
    }
}
