package newswire.bench;

import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedInput;
import com.rometools.rome.io.XmlReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import newswire.contract.Feed;
import newswire.contract.RawArticle;
import newswire.contract.kafka.Encoding;
import newswire.fetcher.FetcherApplication;
import newswire.normalizer.NormalizerApplication;
import newswire.normalizer.NormalizerApplication.Normalized;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How fast feed documents become articles, beside how fast plain Rome reads them. */
@Command(
        name = "normalize",
        description =
                "Makes articles of feed documents, with and without their pages, and lets Rome read the same in the"
                        + " same run: documents and bytes a second of one thread's processor time, the ratio, what is"
                        + " allocated, and which parts time and memory go to.",
        mixinStandardHelpOptions = true)
final class NormalizeCommand implements Callable<Integer> {
    private static final URI FEED = URI.create("https://news.example.org/feed/");
    private static final Instant FETCHED = Instant.parse("2026-03-02T08:05:00Z");

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "RSS or Atom documents; default: made up")
    private List<Path> files = List.of();

    @Option(names = "--seed", defaultValue = "1", description = "of what is made up (${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--documents", defaultValue = "36", description = "made up, of ten entries each (${DEFAULT-VALUE})")
    private int count;

    @Option(names = "--warm-up", defaultValue = "15", description = "rounds that do not count (${DEFAULT-VALUE})")
    private int warmUp;

    @Option(names = "--rounds", defaultValue = "15", description = "rounds that count (${DEFAULT-VALUE})")
    private int rounds;

    @Override
    public Integer call() throws IOException {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        var made = new NewsDocuments(seed, 10);
        var documents = files.isEmpty() ? made.documents(count) : read();
        var raws = documents.stream().flatMap(each -> entries(each).stream()).toList();
        var pages = List.of(made.page(), made.page(), made.page(), made.page());
        var paged = new ArrayList<RawArticle>();
        for (int at = 0; at < raws.size(); at++) {
            paged.add(withPage(raws.get(at), pages.get(at % pages.size())));
        }
        long bytes = documents.stream().mapToLong(each -> each.length).sum();
        out.printf("%d documents, %d entries, %d bytes%n", documents.size(), raws.size(), bytes);
        var works = works(documents, raws, paged);
        var costs = Cost.of(works, warmUp, rounds);
        table(out, costs, documents.size(), raws.size(), bytes, bytes + pageBytes(paged));
        shares(out, "articles", Shares.of(() -> repeated(raws, 4 * rounds)));
        shares(out, "articles with pages", Shares.of(() -> repeated(paged, rounds)));
        return 0;
    }

    private List<byte[]> read() throws IOException {
        var documents = new ArrayList<byte[]>();
        for (var file : files) {
            documents.add(Files.readAllBytes(file));
        }
        return documents;
    }

    private static Map<String, Runnable> works(List<byte[]> documents, List<RawArticle> raws, List<RawArticle> paged) {
        Map<String, Runnable> works = new LinkedHashMap<>();
        works.put("Rome as documented", () -> documents.forEach(each -> rome(each, true)));
        works.put("Rome without its healer", () -> documents.forEach(each -> rome(each, false)));
        works.put("document to articles", () -> documents.forEach(each -> repeated(entries(each), 1)));
        works.put(
                "document to JSON",
                () -> documents.forEach(each -> entries(each).forEach(NormalizeCommand::json)));
        works.put("  its reading alone", () -> documents.forEach(NormalizeCommand::entries));
        works.put("  its normalizing alone", () -> repeated(raws, 1));
        works.put("normalizing with pages", () -> repeated(paged, 1));
        return works;
    }

    private static List<RawArticle> entries(byte[] document) {
        return FetcherApplication.read(Feed.of(FEED, FETCHED), document, null, FETCHED)
                .entries();
    }

    private static void json(RawArticle raw) {
        if (NormalizerApplication.normalize(raw) instanceof Normalized(var article)) {
            Encoding.encode(article);
        }
    }

    private static void repeated(List<RawArticle> raws, int times) {
        for (int at = 0; at < times; at++) {
            raws.forEach(NormalizerApplication::normalize);
        }
    }

    private static RawArticle withPage(RawArticle raw, String html) {
        var page = new RawArticle.Page(
                FEED.resolve("/1/"), null, 200, FETCHED, "text/html", html, raw.entryDigest(), false);
        return new RawArticle(
                raw.schemaVersion(),
                raw.rawId(),
                raw.feed(),
                raw.fetch(),
                raw.repairs(),
                raw.format(),
                raw.document(),
                raw.entryDigest(),
                page);
    }

    private static long pageBytes(List<RawArticle> paged) {
        return paged.stream()
                .map(raw -> Objects.requireNonNull(raw.page()).html())
                .mapToLong(html -> Objects.requireNonNull(html).getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private static void rome(byte[] document, boolean healer) {
        try {
            var input = new SyndFeedInput();
            input.setXmlHealerOn(healer);
            input.build(new XmlReader(new ByteArrayInputStream(document), true));
        } catch (IOException ex) {
            throw new UncheckedIOException("memory does not fail", ex);
        } catch (FeedException ex) {
            // Rome cannot read it: the time counts all the same
        }
    }

    private static void table(
            PrintWriter out, Map<String, Cost> costs, int documents, int entries, long bytes, long withPages) {
        double rome = Objects.requireNonNull(costs.get("Rome as documented")).nanos();
        out.printf("%-26s %12s %12s %8s %14s %8s%n", "", "documents/s", "ms a doc.", "MB/s", "KB an entry", "of Rome");
        costs.forEach((what, cost) -> out.printf(
                Locale.ROOT,
                "%-26s %12.1f %12.3f %8.2f %14.1f %8.3f%n",
                what,
                documents / (cost.nanos() / 1e9),
                cost.nanos() / 1e6 / documents,
                (what.endsWith("pages") ? withPages : bytes) * 1e3 / cost.nanos(),
                cost.bytes() / 1e3 / entries,
                rome / cost.nanos()));
    }

    private static void shares(PrintWriter out, String what, Shares shares) {
        out.printf("%n%-26s %8s %8s%n", what, "time", "memory");
        shares.time()
                .forEach((part, share) -> out.printf(
                        Locale.ROOT,
                        "%-26s %7.1f%% %7.1f%%%n",
                        part,
                        100 * share,
                        100 * shares.memory().getOrDefault(part, 0.0)));
    }
}
