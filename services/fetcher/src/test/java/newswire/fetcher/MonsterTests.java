package newswire.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import newswire.contract.Feed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Documents that are too much of something, too large to be kept. The time limit ends a test that would run for ever. */
@Timeout(30)
class MonsterTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Feed FEED = Feed.of(URI.create("https://news.example/feed"), NOW);

    @Test
    void moreThanHundredThousandReferencesAreNothingSpecial() {
        var reading = read(rss(items(60, "&lt;p&gt;A &amp; B&lt;/p&gt; ".repeat(500))));
        assertThat(reading.problem()).isNull();
        assertThat(reading.entries()).hasSize(60);
        assertThat(reading.repairs()).isEmpty();
    }

    @Test
    void manyUndeclaredEntitiesAreMended() {
        var reading = read(rss(items(60, "caf&eacute;&nbsp;".repeat(2_000))));
        assertThat(reading.entries()).hasSize(60);
        assertThat(reading.repairs()).containsExactly("undeclared-entity");
    }

    @Test
    void nestedTagsHarmOnlyTheirEntry() {
        int depth = 200_000;
        var reading =
                read(rss(items(1, "") + item(1, "<b>".repeat(depth) + "deep" + "</b>".repeat(depth)) + item(2, "")));
        assertThat(reading.problem()).isNull();
        assertThat(reading.entries().stream()
                        .map(raw -> OneEntry.read(raw.document(), raw.format()).title()))
                .contains("Entry 0", "Entry 2");
    }

    @Test
    void nestedTagsThatNeverEndAreBounded() {
        var reading = read(rss(items(1, "") + item(1, "<b>".repeat(200_000))));
        assertThat(reading.entries().stream()
                        .map(raw -> OneEntry.read(raw.document(), raw.format()).title()))
                .contains("Entry 0");
    }

    @Test
    void nestingWithoutEntriesIsTooDeep() {
        var reading = read("<a>".repeat(200_000));
        assertThat(reading.entries()).isEmpty();
        assertThat(reading.problem()).isNotNull();
    }

    @Test
    void sixtyThousandEntriesAreCapped() {
        var reading = read(rss(items(60_000, "")));
        assertThat(reading.entries()).hasSize(2_000);
        assertThat(reading.repairs()).containsExactly("items-capped");
        assertThat(OneEntry.read(
                                reading.entries().getFirst().document(),
                                reading.entries().getFirst().format())
                        .title())
                .isEqualTo("Entry 0");
    }

    @Test
    void hugeAttributeIsRead() {
        var reading = read(rss(
                "<item><title>Huge</title><guid>huge</guid><enclosure url=\"https://news.example/a.mp3\" length=\"1\" type=\""
                        + "x".repeat(2_000_000) + "\"/></item>" + item(1, "")));
        assertThat(reading.problem()).isNull();
        assertThat(reading.entries()).hasSize(2);
    }

    @Test
    void manyAttributesAreRead() {
        var attributes =
                IntStream.range(0, 1_000).mapToObj(n -> " a" + n + "=\"1\"").collect(Collectors.joining());
        var reading = read(rss("<item><title>Many</title><guid" + attributes + ">many</guid></item>" + item(1, "")));
        assertThat(reading.problem()).isNull();
        assertThat(reading.entries()).hasSize(2);
    }

    @Test
    void longNamesAreRead() {
        var name = "n".repeat(5_000);
        var reading = read(
                rss("<item><title>Long</title><guid>long</guid><" + name + ">x</" + name + "></item>" + item(1, "")));
        assertThat(reading.problem()).isNull();
        assertThat(reading.entries()).hasSize(2);
    }

    @Test
    void manyUnclosedElementsAreBounded() {
        var reading = read(rss(items(20, "<p>one<br>two<li>".repeat(2_000))));
        assertThat(reading.entries()).hasSize(20);
    }

    @Test
    void deepJsonIsRefused() {
        var reading = read("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[" + "[".repeat(100_000));
        assertThat(reading.entries()).isEmpty();
        assertThat(reading.problem()).isNotNull();
    }

    @Test
    void deepJsonInOneItemKeepsTheItemsBefore() {
        var reading = read(
                "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"t\",\"items\":[{\"id\":\"1\",\"title\":\"Entry 1\"},{\"id\":\"2\",\"x\":"
                        + "[".repeat(100_000) + "]".repeat(100_000) + "}]}");
        assertThat(reading.entries()).hasSize(1);
        assertThat(reading.repairs()).contains("truncated");
    }

    @Test
    void tenMegabytesOfBlanksAreNothing() {
        var problem = read(" ".repeat(10_000_000)).problem();
        assertThat(problem).isNotNull().extracting(found -> found.code()).isEqualTo("empty_body");
    }

    @Test
    void tenMegabytesOfTagOpenersAreBounded() {
        assertThat(read("<rss><channel>" + "<".repeat(10_000_000)).entries()).isEmpty();
    }

    @Test
    void linesOfNothingAfterOneLetterAreBounded() {
        assertThat(read("x" + "\n".repeat(10_000_000)).entries()).isEmpty();
    }

    @Test
    void manyCommentsBeforeJsonAreBounded() {
        assertThat(read("// nothing\n".repeat(500_000) + "{}").entries()).isEmpty();
    }

    @Test
    void unclosedQuotesAreBounded() {
        assertThat(read("<rss><channel>" + "<a b=\"".repeat(500_000)).entries()).isEmpty();
    }

    @Test
    void unclosedCommentsAndSectionsAreBounded() {
        assertThat(read("<rss><channel>" + "<!-- <![CDATA[ <? ".repeat(300_000)).entries())
                .isEmpty();
    }

    private static FetcherApplication.Reading read(String document) {
        return FetcherApplication.read(FEED, document.getBytes(StandardCharsets.UTF_8), "text/xml", NOW);
    }

    private static String rss(String items) {
        return "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Monsters</title>" + items
                + "</channel></rss>";
    }

    private static String items(int count, String description) {
        return IntStream.range(0, count).mapToObj(n -> item(n, description)).collect(Collectors.joining());
    }

    private static String item(int number, String description) {
        return "<item><title>Entry " + number + "</title><guid>" + number + "</guid><description>" + description
                + "</description></item>\n";
    }
}
