package newswire.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherScopeTests {

    @ParameterizedTest
    @CsvSource(textBlock = """
            https://www.dailynk.com/english/feed/     , dailynk.com
            https://WWW.DailyNK.com./feed             , dailynk.com
            https://rss.news.bbc.co.uk:8443/x         , bbc.co.uk
            https://feeds.example.co.jp/              , example.co.jp
            # two blogs of one platform are two publishers
            https://alice.github.io/feed              , alice.github.io
            https://www.bob.blogspot.com/             , bob.blogspot.com
            https://github.io/feed                    , github.io
            # names beyond ASCII, and names that java.net.URI does not take for a host
            https://www.bücher.example.de/            , example.de
            https://bücher.de/                        , xn--bcher-kva.de
            https://BÜCHER.de:8080/                   , xn--bcher-kva.de
            https://user@my_blog.example.org/feed     , example.org
            # no registrable domain: the host, with its port unless that is the scheme's own
            http://localhost/feed                     , localhost
            http://localhost:8000/feed                , localhost:8000
            https://localhost:443/feed                , localhost
            http://localhost:443/feed                 , localhost:443
            http://news.server.lan:81/                , news.server.lan:81
            http://127.0.0.1:8000/feed                , 127.0.0.1:8000
            http://192.0.2.7/feed                     , 192.0.2.7
            http://[2001:DB8:0::1]:8000/feed          , [2001:db8::1]:8000
            http://[2001:db8::1]/feed                 , [2001:db8::1]
            """)
    void isTheRegistrableDomain(URI url, String scope) {
        assertThat(PublisherScope.of(url)).hasToString(scope);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailto:x@a.example", "file:///etc/passwd", "feed.xml", "urn:isbn:1"})
    void refusesWhatHasNoHost(URI url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublisherScope.of(url))
                .withMessageContaining("'" + url + "'");
    }
}
