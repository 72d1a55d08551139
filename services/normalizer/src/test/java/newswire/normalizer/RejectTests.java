package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import newswire.contract.DeadLetter;
import newswire.contract.Feed;
import newswire.contract.Format;
import newswire.contract.RawArticle;
import newswire.contract.kafka.Decoded;
import newswire.contract.kafka.Encoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reason for which the normalizer gives a record up, and a record that gives it. */
class RejectTests {
    private static final Path DOCUMENTATION = Path.of("..", "..", "docs", "contract.md");
    private static final Feed FEED = Raw.feed(URI.create("https://www.a.example/feed"));
    private static final String JSON_FEED = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[%s]}";
    private static final RawArticle GOOD =
            rss("<guid>1</guid><title>A title</title><description>Boats and nets.</description>");

    /**
     * A record that becomes a dead letter.
     *
     * @param detail what the dead letter says of it
     * @param rules that read it: for faults of ours, rules that have one
     */
    record Row(String reason, DeadLetter.Stage stage, String detail, String record, Normalizer.Rules rules) {
        static Row undecodable(String reason, String detail, String record) {
            return new Row(reason, DeadLetter.Stage.CONSUME, detail, record, Normalizer::normalize);
        }

        static Row of(RejectCode code, String detail, RawArticle raw, Normalizer.Rules rules) {
            return new Row(code.toString(), DeadLetter.Stage.NORMALIZE, detail, json(raw), rules);
        }

        static Row of(RejectCode code, String detail, Format format, String document) {
            return of(code, detail, Raw.of(FEED, format, document, Ledgers.START), Normalizer::normalize);
        }

        @Override
        public String toString() {
            return reason + ": " + detail;
        }
    }

    private static String json(RawArticle raw) {
        return new String(Encoding.encode(raw), StandardCharsets.UTF_8);
    }

    private static RawArticle rss(String item) {
        return Raw.of(FEED, Format.RSS_2_0, Raw.rss(item), Ledgers.START);
    }

    static Stream<Row> rows() {
        return Stream.of(
                Row.undecodable("undecodable", "empty", ""),
                Row.undecodable("undecodable", "Unrecognized token 'no'", "no json"),
                Row.undecodable(
                        "undecodable", "Unexpected end-of-input", json(GOOD).substring(0, 200)),
                Row.undecodable("undecodable", "nesting depth", "[".repeat(5_000)),
                Row.undecodable("schema-violation", "null", "null"),
                Row.undecodable("schema-violation", "schemaVersion", "{}"),
                Row.undecodable("schema-violation", "format", json(GOOD).replace("\"rss-2.0\"", "\"gopher\"")),
                Row.undecodable(
                        "schema-violation",
                        "out of range of `int`",
                        json(GOOD).replace("\"entryIndex\":0", "\"entryIndex\":99999999999")),
                Row.undecodable(
                        "unsupported-version",
                        "version '2.0'",
                        json(GOOD).replace("\"schemaVersion\":\"1.0\"", "\"schemaVersion\":\"2.0\"")),
                Row.of(RejectCode.MALFORMED_XML, "must start and end", Format.RSS_2_0, "<rss><channel>"),
                Row.of(RejectCode.MALFORMED_XML, "DOCTYPE", Format.ATOM_1_0, "<!DOCTYPE feed><feed/>"),
                Row.of(RejectCode.MALFORMED_XML, "depth", Format.RSS_2_0, "<a>".repeat(300) + "</a>".repeat(300)),
                Row.of(RejectCode.MALFORMED_JSON, "end-of-input", Format.JSON_FEED_1_1, "{\"version\":"),
                Row.of(RejectCode.NOT_A_FEED, "no channel", Format.RSS_2_0, "<html/>"),
                Row.of(RejectCode.NOT_A_FEED, "no item", Format.RSS_1_0, "<rss><channel/></rss>"),
                Row.of(RejectCode.NOT_A_FEED, "no entry", Format.ATOM_0_3, "<html/>"),
                Row.of(RejectCode.NOT_A_FEED, "no url", Format.NEWS_SITEMAP, "<urlset/>"),
                Row.of(RejectCode.NOT_A_FEED, "not a JSON object", Format.JSON_FEED_1_0, "[1]"),
                Row.of(RejectCode.NOT_A_FEED, "no item", Format.JSON_FEED_1_1, JSON_FEED.formatted("")),
                Row.of(
                        RejectCode.ITEM_WITHOUT_ID,
                        "must be ignored",
                        Format.JSON_FEED_1_1,
                        JSON_FEED.formatted("{\"title\":\"T\",\"url\":\"https://www.a.example/1\"}")),
                Row.of(RejectCode.ITEM_WITHOUT_IDENTITY, "neither guid", Format.RSS_2_0, Raw.rss("")),
                Row.of(RejectCode.TOO_LARGE, "an article of", Format.RSS_2_0, Raw.rss(large())),
                Row.of(RejectCode.NORMALIZER_OVERFLOW, "nested too deep", GOOD, RejectTests::endless),
                Row.of(RejectCode.NORMALIZER_FAILURE, "out of order", GOOD, _ -> {
                    throw new IllegalStateException("out of order");
                }),
                Row.of(RejectCode.LEDGER_FAILURE, "NumberFormatException", GOOD, RejectTests::unreadable));
    }

    /** Each part is small enough, and the whole is not. */
    private static String large() {
        var picture = "<media:content url=\"https://a.example/%d.jpg\"><media:description>" + "ü".repeat(20_000)
                + "</media:description></media:content>";
        var paragraph = "&lt;p&gt;" + "ü".repeat(1_000) + "&lt;/p&gt;";
        return "<guid>1</guid><title>T</title><description>" + paragraph.repeat(500) + "</description>"
                + IntStream.range(0, 20).mapToObj(picture::formatted).collect(Collectors.joining());
    }

    @SuppressWarnings("InfiniteRecursion") // it is the fault
    private static Normalizer.Result endless(RawArticle raw) {
        return endless(raw);
    }

    /** An article that cannot be weighed. */
    private static Normalizer.Result unreadable(RawArticle raw) {
        var normalized = Raw.normalized(raw);
        var text = Encoding.json().writeValueAsString(normalized.article());
        var simHash = normalized.article().fingerprints().simHash();
        var broken =
                Encoding.json().readValue(text.replace(simHash, "no simHash at all"), newswire.contract.Article.class);
        return new Normalizer.Normalized(broken, normalized.identity());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void recordIsKeptWithItsReasonAndTheNextOneGoesOn(Row row) {
        var good = json(GOOD);
        Normalizer.Rules rules = raw -> json(raw).equals(row.record) ? row.rules.read(raw) : Normalizer.normalize(raw);
        try (var ledger = new Ledgers(raw -> Normalizer.total(rules, raw))) {
            ledger.send("a.example".getBytes(StandardCharsets.UTF_8), row.record.getBytes(StandardCharsets.UTF_8));
            var other = good.replace("<guid>1<", "<guid>2<");
            ledger.send("a.example".getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
            var letters = ledger.deadLetters();
            assertThat(letters).hasSize(1);
            var letter = letters.getFirst();
            assertThat(letter.reason()).isEqualTo(row.reason);
            assertThat(letter.stage()).isEqualTo(row.stage);
            assertThat(letter.problem().detail()).contains(row.detail);
            assertThat(letter.payload().value()).isEqualTo(row.record);
            assertThat(letter.record()).isNotNull();
            assertThat(ledger.published()).hasSize(1);
        }
    }

    @Test
    void everyReasonIsShownAndDocumented() throws IOException {
        var possible = new TreeSet<>(Decoded.Undecodable.REASONS);
        Arrays.stream(RejectCode.values()).map(RejectCode::toString).forEachOrdered(possible::add);
        var shown = new TreeSet<String>();
        rows().map(Row::reason).forEachOrdered(shown::add);
        assertThat(shown).as("in this table").isEqualTo(possible);
        assertThat(documented()).as("in %s", DOCUMENTATION).isEqualTo(possible);
    }

    /** The reasons that the documentation says any reader or the normalizer gives. */
    private static Set<String> documented() throws IOException {
        var reasons = new TreeSet<String>();
        for (var line : Files.readAllLines(DOCUMENTATION)) {
            var cells = line.split("\\|", -1);
            if (cells.length == 5 && cells[2].matches(".*(?:any reader|normalizer).*")) {
                Pattern.compile("`([a-z-]+)`")
                        .matcher(cells[1])
                        .results()
                        .map(found -> found.group(1))
                        .forEachOrdered(reasons::add);
            }
        }
        return reasons;
    }
}
