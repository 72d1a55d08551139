package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import newswire.contract.Feed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackingTests {
    private static final URI FEED = URI.create("https://www.a.example/feed");

    static Stream<String> names() {
        return Tracking.NAMES.stream().sorted();
    }

    static Stream<String> prefixes() {
        return Tracking.PREFIXES.stream().sorted();
    }

    private static String cleaned(String query) {
        var url = CanonicalUrl.of(FEED, "https://a.example/x?" + query, Feed.Identity.DEFAULT);
        return String.valueOf(Objects.requireNonNull(url).url().getRawQuery());
    }

    @ParameterizedTest
    @MethodSource("names")
    void nameIsDroppedInAnyCaseAndNothingBesideIt(String name) {
        assertThat(name).isEqualTo(name.toLowerCase(Locale.ROOT));
        assertThat(cleaned("a=1&" + name + "=v&b=2")).isEqualTo("a=1&b=2");
        assertThat(cleaned(name.toUpperCase(Locale.ROOT) + "=v&b=2")).isEqualTo("b=2");
        assertThat(cleaned("b=2&" + name)).isEqualTo("b=2");
        assertThat(cleaned("a" + name + "=v")).isEqualTo("a" + name + "=v");
        assertThat(cleaned("q=" + name)).isEqualTo("q=" + name);
    }

    @ParameterizedTest
    @MethodSource("prefixes")
    void prefixDropsWhateverBeginsWithIt(String prefix) {
        assertThat(prefix).isEqualTo(prefix.toLowerCase(Locale.ROOT)).endsWith("_");
        assertThat(cleaned("a=1&" + prefix + "anything=v&b=2")).isEqualTo("a=1&b=2");
        assertThat(cleaned(prefix.toUpperCase(Locale.ROOT) + "X=v&b=2")).isEqualTo("b=2");
        assertThat(cleaned("a" + prefix + "x=v")).isEqualTo("a" + prefix + "x=v");
        assertThat(cleaned(prefix.replace("_", "") + "=v")).isEqualTo(prefix.replace("_", "") + "=v");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "p",
                "page",
                "page_id",
                "article",
                "articleId",
                "story",
                "story_fbid",
                "newsid",
                "nid",
                "sid",
                "aid",
                "cid",
                "eid",
                "gid",
                "oid",
                "tid",
                "pid",
                "key",
                "no",
                "num",
                "idx",
                "idxno",
                "seq",
                "code",
                "date",
                "day",
                "year",
                "campaign",
                "campaign_year",
                "campaigns",
                "medium",
                "source",
                "src",
                "from",
                "term",
                "content",
                "tag",
                "cat",
                "category",
                "section",
                "topic",
                "type",
                "format",
                "view",
                "lang",
                "locale",
                "edition",
                "q",
                "query",
                "search",
                "s",
                "t",
                "v",
                "w",
                "itok",
                "xt",
                "at",
                "fb",
                "pk",
                "ns",
                "utm",
                "hsa",
                "cmpage",
                "item",
                "items",
                "smidge",
                "site",
                "ref",
                "referendum",
                "reference",
                "feature",
                "share",
                "si",
                "trk",
                "token"
            })
    void meaningfulNameIsKept(String name) {
        assertThat(cleaned(name + "=7&b=2")).isEqualTo(name + "=7&b=2");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ref=a.example      , null
            ref=www.a.example  , null
            REF=A.example      , null
            ref=b.example      , ref=b.example
            ref=3              , ref=3
            """)
    void referrerIsDroppedIfItIsTheSite(String query, String kept) {
        assertThat(cleaned(query)).isEqualTo(kept);
    }
}
