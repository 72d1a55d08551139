package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryDigestTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # entry                                        | the same, later                                            | equal
        <title>a</title><link>b</link>                 | <title>a</title><link>b</link>                             | true
        <title>a</title><link>b</link>                 | <link>b</link><title>a</title>                             | true
        <title>a  b</title>                            | <title> a b </title>                                       | true
        <title>a</title>                               | <title><![CDATA[a]]></title>                               | true
        <title>a</title>                               | <title>a</title><slash:comments>4</slash:comments>         | true
        <title>a</title>                               | <title>a</title><wfw:commentRss>u</wfw:commentRss>         | true
        <title>a</title>                               | <title>a</title><thr:total>7</thr:total>                   | true
        <media:group><media:title>a</media:title></media:group> | <media:group><media:title>a</media:title><media:community><media:statistics views="9"/></media:community></media:group> | true
        <description>a</description>                   | <description>a&lt;img src="http://feeds.feedburner.com/~r/x/4" height="1"&gt;</description> | true
        <title>a</title>                               | <title>b</title>                                           | false
        <title>a</title>                               | <title>a</title><category>c</category>                     | false
        <enclosure url="a" length="1"/>                | <enclosure url="a" length="2"/>                            | false
        <title>ab</title>                              | <title>a</title><title>b</title>                           | false
        <category>a</category><category>b</category>   | <category>b</category><category>a</category>               | false
        """)
    void countsWhatIsMaterial(String entry, String later, boolean equal) {
        assertThat(digest(entry).equals(digest(later))).isEqualTo(equal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"id":"1","title":"a"}      | {"title":"a","id":"1"}          | true
        {"id":"1","title":"a"}      | {"id":"1","title":" a "}        | true
        {"id":"1","title":"a"}      | {"id":"1","title":"b"}          | false
        {"id":"1","tags":["a","b"]} | {"id":"1","tags":["b","a"]}     | false
        """)
    void ofJson(String entry, String later, boolean equal) {
        assertThat(json(entry).equals(json(later))).isEqualTo(equal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                " a\t\n\13\f\r b\u00A0 c ",
                "\u2003a \u2003",
                "a<img src='https://feeds.feedburner.com/~r/x'/>b<IMG src='https://FEEDSPORTAL.com/x'>",
                "<img src='x'><img src='https://h.example/b.gif?1'><img <img src='https://h.example/B.GIF?1'>c<",
                "<im<img"
            })
    void isTheSameByExpressions(String text) {
        var beacon = Pattern.compile(
                "(?i)<img[^>]{0,300}(feeds?\\.feedburner\\.com/~|feedsportal\\.com|/b\\.gif\\?)[^>]{0,300}>");
        assertThat(EntryDigest.collapsed(text))
                .as("what was remembered of entries must not change with the way in which it is computed")
                .isEqualTo(text.replaceAll("\\s+", " ").strip());
        assertThat(EntryDigest.withoutBeacons(text))
                .isEqualTo(beacon.matcher(text).replaceAll(""));
    }

    private static String json(String item) {
        return read("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[" + item + "]}");
    }

    private static String digest(String content) {
        return read("""
                <rss version="2.0" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
                  xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:media="http://search.yahoo.com/mrss/">
                <channel><item>%s</item></channel></rss>""".formatted(content));
    }

    private static String read(String document) {
        return FeedDocument.read(document.getBytes(StandardCharsets.UTF_8), null, 10)
                        instanceof FeedDocument.Parsed parsed
                ? parsed.entries().getFirst().digest()
                : "unreadable: " + document;
    }
}
