package newswire.normalizer;

import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.SyndFeedInput;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import newswire.contract.Article;
import newswire.contract.Format;
import newswire.contract.RawArticle;
import newswire.contract.kafka.Encoding;

/** How many one-entry documents a second one thread normalizes, where the time goes, and what Rome takes for reading alone. */
final class NormalizeBenchmark {
    private static final int DOCUMENTS = 500;
    private static final int ROUNDS = 7;

    private NormalizeBenchmark() {}

    /** Prints a table. */
    @SuppressWarnings("SystemOut") // its whole purpose
    public static void main(String... args) throws Exception {
        var raws = raws();
        long bytes = raws.stream()
                .mapToLong(raw -> raw.document().getBytes(StandardCharsets.UTF_8).length)
                .sum();
        var articles = new ArrayList<Article>();
        for (var raw : raws) {
            articles.add(Raw.normalized(raw).article());
        }
        System.out.printf("%d documents, %d bytes each%n", raws.size(), bytes / raws.size());
        report("normalize", bytes, () -> raws.forEach(Normalizer::normalize));
        report("  XML tree", bytes, () -> raws.forEach(NormalizeBenchmark::tree));
        report("  entry", bytes, () -> raws.forEach(NormalizeBenchmark::entry));
        report("  entry and HTML", bytes, () -> raws.forEach(NormalizeBenchmark::html));
        report(
                "  fingerprints",
                bytes,
                () -> articles.forEach(it -> Fingerprints.of(
                        it.title(), List.of(it.bodies().getFirst().value()))));
        report("  JSON of the article", bytes, () -> articles.forEach(Encoding::encode));
        var paged = raws.stream().map(NormalizeBenchmark::withPage).toList();
        long more = paged.stream()
                .mapToLong(raw -> Objects.requireNonNull(
                                Objects.requireNonNull(raw.page()).html())
                        .getBytes(StandardCharsets.UTF_8)
                        .length)
                .sum();
        report("normalize with pages", bytes + more, () -> paged.forEach(Normalizer::normalize));
        report("Rome, healer off", bytes, () -> raws.forEach(raw -> rome(raw, false)));
        report("Rome as documented", bytes, () -> raws.forEach(raw -> rome(raw, true)));
    }

    private static List<RawArticle> raws() {
        var html = SeedTests.resource("seed/figure.html");
        var words = new Random(7);
        var raws = new ArrayList<RawArticle>();
        for (int at = 0; at < DOCUMENTS; at++) {
            int number = words.nextInt(1_000_000);
            var item = """
                    <title>Title %d</title><link>https://www.dailynk.com/english/%d/</link><guid isPermaLink="false">%d</guid>
                    <pubDate>Tue, 31 Mar 2020 08:00:00 +0000</pubDate><content:encoded><![CDATA[%s]]></content:encoded>
                    """.formatted(number, at, at, html.replace("smugglers", "smugglers" + number));
            raws.add(Raw.of(Format.RSS_2_0, Raw.rss(item)));
        }
        return raws;
    }

    private static RawArticle withPage(RawArticle raw) {
        return Raw.withPage(raw, Raw.FEED.resolve("/english/1/"), SeedTests.resource("seed/page.html"));
    }

    private static void tree(RawArticle raw) {
        try {
            XmlTree.parse(raw.document());
        } catch (XmlTree.Unreadable ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static Entry entry(RawArticle raw) {
        try {
            return EntryReader.entry(raw.format(), raw.document(), raw.fetch().feedUrl());
        } catch (XmlTree.Unreadable ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static void html(RawArticle raw) {
        Content.of(entry(raw), raw, Raw.FEED);
    }

    private static SyndFeed rome(RawArticle raw, boolean healer) {
        try {
            var input = new SyndFeedInput();
            input.setXmlHealerOn(healer);
            return input.build(new StringReader(raw.document()));
        } catch (com.rometools.rome.io.FeedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @SuppressWarnings("SystemOut") // its whole purpose
    private static void report(String what, long bytes, Runnable round) {
        for (int at = 0; at < 5; at++) {
            round.run();
        }
        var nanos = new ArrayList<Long>();
        for (int at = 0; at < ROUNDS; at++) {
            long begin = System.nanoTime();
            round.run();
            nanos.add(System.nanoTime() - begin);
        }
        nanos.sort(null);
        double seconds = nanos.get(ROUNDS / 2) / 1e9;
        System.out.printf(
                "%-22s %8.0f documents/s %8.1f µs each %6.1f MB/s%n",
                what, DOCUMENTS / seconds, seconds / DOCUMENTS * 1e6, bytes / seconds / 1e6);
    }
}
