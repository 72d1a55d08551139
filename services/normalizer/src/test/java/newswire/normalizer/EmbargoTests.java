package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import newswire.contract.Article;
import newswire.contract.Feed;
import newswire.contract.Format;
import newswire.contract.RawArticle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbargoTests {
    private static final String NAMESPACES = "xmlns:prism='http://prismstandard.org/namespaces/basic/2.0/'"
            + " xmlns:nar='http://iptc.org/std/nar/2006-10-01/' xmlns:dcterms='http://purl.org/dc/terms/'";
    private static final Feed FEED = Raw.feed(URI.create("https://www.a.example/feed"));

    /** Fetched on 2020-03-31 at 08:00 UTC. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <prism:embargoDate>2020-04-01T06:00:00+02:00</prism:embargoDate>        | 2020-04-01T04:00:00Z
            <prism:embargoDate>2020-04-01</prism:embargoDate>                       | 2020-04-01T00:00:00Z
            <prism:embargoDate>Wed, 01 Apr 2020 06:00:00 GMT</prism:embargoDate>    | 2020-04-01T06:00:00Z
            <nar:embargoed>2020-04-01T06:00:00Z</nar:embargoed>                     | 2020-04-01T06:00:00Z
            <dcterms:available>2020-04-01T06:00:00Z</dcterms:available>             | 2020-04-01T06:00:00Z
            # over already: told all the same if it was an embargo, not if it may be the day of publication
            <prism:embargoDate>2020-03-31T07:00:00Z</prism:embargoDate>             | 2020-03-31T07:00:00Z
            <dcterms:available>2020-03-31T07:00:00Z</dcterms:available>             |
            # two that disagree
            <prism:embargoDate>2020-04-01T06:00:00Z</prism:embargoDate><nar:embargoed>2020-04-02T06:00:00Z</nar:embargoed> | 2020-04-02T06:00:00Z
            # what cannot be read, or says too little
            <prism:embargoDate>tomorrow</prism:embargoDate>                         |
            <prism:embargoDate>0000-00-00</prism:embargoDate>                       |
            <prism:embargoDate>1970-01-01T00:00:00Z</prism:embargoDate>             |
            <prism:embargoDate>03/04/2020</prism:embargoDate>                       |
            <prism:embargoDate>2020-05</prism:embargoDate>                          |
            <nar:embargoed/>                                                        |
            # no embargo at all
            <pubDate>Wed, 01 Apr 2020 06:00:00 GMT</pubDate>                        |
            <dcterms:issued>2020-04-01T06:00:00Z</dcterms:issued>                   |
            <dcterms:valid>2020-04-01T06:00:00Z</dcterms:valid>                     |
            """)
    void onlyWhatIsSaidForItCounts(String elements, @Nullable Instant until) {
        for (var raw : new RawArticle[] {rss(elements, 0), atom(elements)}) {
            var article = Raw.normalized(raw).article();
            assertThat(article.embargoedUntil()).as("%s", raw.format()).isEqualTo(until);
            assertThat(article.dates())
                    .extracting(Article.DateCandidate::source)
                    .doesNotContain("dcterms:available");
        }
    }

    private static RawArticle rss(String elements, int minute) {
        var document = "<rss version='2.0' %s><channel><item><guid>1</guid><title>T</title>%s</item></channel></rss>"
                .formatted(NAMESPACES, elements);
        return Raw.of(FEED, Format.RSS_2_0, document, Ledgers.START.plus(Duration.ofMinutes(minute)));
    }

    private static RawArticle atom(String elements) {
        var document = "<feed xmlns='http://www.w3.org/2005/Atom' %s><entry><id>1</id><title>T</title>%s</entry></feed>"
                .formatted(NAMESPACES, elements);
        return Raw.of(FEED, Format.ATOM_1_0, document, Ledgers.START);
    }

    @Test
    void embargoThatIsMovedOrLiftedIsTold() {
        var first = "<prism:embargoDate>2020-04-01T06:00:00Z</prism:embargoDate>";
        var later = first.replace("04-01", "04-03");
        try (var ledger = new Ledgers()) {
            ledger.show(rss(first, 0), rss(first + "<category>c</category>", 10), rss(later, 20), rss("", 30));
            var published = ledger.published();
            assertThat(published)
                    .extracting(Article::embargoedUntil)
                    .containsExactly(
                            Instant.parse("2020-04-01T06:00:00Z"), Instant.parse("2020-04-03T06:00:00Z"), null);
            assertThat(published.getLast().revision().changed()).containsExactly("embargoedUntil");
        }
    }
}
