package newswire.normalizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import net.dankito.readability4j.Readability4J;
import newswire.contract.Feed;
import newswire.contract.Format;

/** How much of the stories of the labelled pages is found, and how much else, by this reader and by readability4j. */
final class PageBenchmark {
    private static final int ROUNDS = 40;

    private PageBenchmark() {}

    /** Prints a table; with an argument, what was found in the pages of that name. */
    @SuppressWarnings("SystemOut") // its whole purpose
    public static void main(String... names) {
        var pages = LabelledPage.all();
        System.out.printf("%-28s %29s %29s%n", "", "ours: precision recall exact", "readability4j");
        var own = new Score();
        var other = new Score();
        for (var page : pages) {
            var mine = own(page);
            var theirs = readability(page);
            System.out.printf("%-28s %s %s%n", page.name(), own.add(page, mine), other.add(page, theirs));
            if (List.of(names).contains(page.name())) {
                System.out.println(String.join("\n¶ ", mine) + "\n--- readability4j\n" + String.join("\n¶ ", theirs));
            }
        }
        System.out.printf("%-28s %s %s%n", "all", own, other);
        System.out.printf("ours %.2f ms a page%n", millis(pages, PageBenchmark::own));
        System.out.printf(
                "readability4j %.2f ms a page%n",
                millis(pages, page -> new Readability4J(LabelledPage.URL.toString(), page.html()).parse()));
    }

    private static double millis(List<LabelledPage> pages, Consumer<LabelledPage> reader) {
        var rounds = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            pages.forEach(reader);
            rounds.add((System.nanoTime() - begin) / 1e6 / pages.size());
        }
        rounds.sort(null);
        return rounds.get(ROUNDS / 4);
    }

    /** The paragraphs of a page's story as they become the article's. */
    static List<String> own(LabelledPage page) {
        return content(PageReader.entry(page.html(), LabelledPage.URL, Feed.Content.DEFAULT, Feed.Identity.DEFAULT));
    }

    private static List<String> content(Entry entry) {
        var raw = Raw.of(Raw.feed(LabelledPage.URL), Format.RSS_2_0, "", Raw.FETCHED);
        return Content.of(entry, raw, LabelledPage.URL).story().paragraphs();
    }

    /** With the same head, and the same sorting out of notices and captions, so that only the finding differs. */
    private static List<String> readability(LabelledPage page) {
        var found = new Readability4J(LabelledPage.URL.toString(), page.html()).parse();
        var html = Objects.requireNonNullElse(found.getContent(), "");
        var head = PageReader.entry(page.html(), LabelledPage.URL, Feed.Content.DEFAULT, Feed.Identity.DEFAULT);
        return content(head.withContents(
                html.isBlank() ? List.of() : List.of(new Entry.Text(html, true, LabelledPage.URL, PageReader.SOURCE))));
    }

    private static final class Score {
        private double precision;
        private double recall;
        private int exact;
        private int pages;

        String add(LabelledPage page, List<String> found) {
            var words = LabelledPage.words(found);
            double one = page.precision(words);
            double two = page.recall(words);
            boolean same = found.equals(page.paragraphs());
            precision += one;
            recall += two;
            exact += same ? 1 : 0;
            pages++;
            return String.format("%15.3f %6.3f %6s", one, two, same ? "yes" : "-");
        }

        @Override
        public String toString() {
            return String.format("%15.3f %6.3f %3d/%-2d", precision / pages, recall / pages, exact, pages);
        }
    }
}
